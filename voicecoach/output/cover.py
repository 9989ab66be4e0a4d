"""The picture that a player shows: title, phase and length on a calm ground, drawn when it is wanted.

A square PNG in RGB, which every player and podcast directory takes, of one colour and its shades up to white: small
in bytes, the same bytes each time (with one Pillow), and readable at a fifth of its size. The colour tells the phase
before a word is read.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import ImageFont

    from voicecoach.model import Phase

SIZE = 1400
_MARGIN = 112
_FONT = Path(__file__).parent / "fonts" / "Inter-SemiBold.otf"
_LETTERS = [(0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2026), (0x20AC, 0x20AC), (0x2190, 0x2193)]
"""What the font can draw; anything else (an emoji) is left out."""
_TITLE_SIZES = (196, 168, 145, 126, 107, 93)
_TITLE_LINES = 4
_GROUNDS: dict[Phase, str] = {
    "warm-up": "#b4531f",
    "core": "#1f5f8b",
    "cool-down": "#22694f",
    "heat": "#a03048",
    "screening": "#5a5470",
    "training": "#6b4a1c",
    "mixed": "#37508c",
}
_INK, _SOFT_INK, _WAVE = 255, 230, 51
"""Shades: 0 is the ground, 255 is white."""
_WAVES = 5


def cover_png(title: str, phase: Phase, words: str) -> bytes:
    """A PNG of 1400 × 1400: `title` large, and `words` (the phase and the length) under it."""
    from PIL import Image, ImageColor, ImageDraw

    image = Image.new("L", (SIZE, SIZE), 0)
    draw = ImageDraw.Draw(image)
    _waves(draw)
    draw.text((_MARGIN, _MARGIN), "voicecoach", font=_font(84), fill=_SOFT_INK)
    lines, font = _wrapped(_drawable(title) or "voicecoach")
    step = round(font.size * 1.14)
    top = SIZE - _MARGIN - 140 - step * len(lines)
    for number, line in enumerate(lines):
        draw.text((_MARGIN, top + number * step), line, font=font, fill=_INK)
    draw.text((_MARGIN, SIZE - _MARGIN - 93), _drawable(words), font=_font(89), fill=_SOFT_INK)
    ground = ImageColor.getrgb(_GROUNDS[phase])[:3]
    bands = [image.point([part + (255 - part) * shade // 255 for shade in range(256)]) for part in ground]
    file = BytesIO()
    Image.merge("RGB", bands).save(file, "PNG")
    return file.getvalue()


def _waves(draw: Any) -> None:
    """Sound that spreads from the upper right corner."""
    for number in range(1, _WAVES + 1):
        reach = 140 * number
        draw.arc((SIZE - reach, -reach, SIZE + reach, reach), 90, 180, fill=_WAVE, width=47)


def _wrapped(title: str) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The title in lines, in the largest size that holds it; the last line of a very long one ends in “…”."""
    lines: list[str] = []
    font = _font(_TITLE_SIZES[-1])
    for size in _TITLE_SIZES:
        font = _font(size)
        lines = _lines(title, font)
        if len(lines) <= (3 if size > _TITLE_SIZES[-2] else _TITLE_LINES) and _fits(lines, font):
            return lines, font
    kept = lines[:_TITLE_LINES]
    if len(lines) > _TITLE_LINES:
        kept[-1] += "…"
    return [_cut(line, font) for line in kept], font


def _lines(title: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= _room():
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _cut(line: str, font: ImageFont.FreeTypeFont) -> str:
    if font.getlength(line) <= _room():
        return line
    while font.getlength(line + "…") > _room():
        line = line[:-1]
    return line.rstrip() + "…"


def _fits(lines: list[str], font: ImageFont.FreeTypeFont) -> bool:
    return all(font.getlength(line) <= _room() for line in lines)


def _room() -> int:
    return SIZE - 2 * _MARGIN


def _drawable(text: str) -> str:
    """`text` without what the font cannot draw: other accents lose their mark, other scripts and emoji go."""
    drawn = (letter if _known(letter) else unicodedata.normalize("NFKD", letter) for letter in text)
    return " ".join("".join(letter for part in drawn for letter in part if _known(letter)).split())


def _known(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _LETTERS)


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)
