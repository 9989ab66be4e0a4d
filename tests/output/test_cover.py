"""The cover: a small square PNG, the same each time, whose words stay inside."""

from __future__ import annotations

from io import BytesIO
from typing import get_args

import pytest
from PIL import Image

from voicecoach.model import Phase
from voicecoach.output.cover import SIZE, cover_png

TITLES = [
    "Nedkøling for ryggen",
    "Opvarmning før løft, stræk, ålegræs og ærtesuppe på en meget lang dag i København og omegn i regnvejr",
    "Lændehvirvelsøjlestrækningsøvelsesprogram",
    "🧘",
    "",
]


def picture(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("title", TITLES)
def test_it_is_square_small_and_whole(title: str) -> None:
    png = cover_png(title, "cool-down", "Nedkøling · 15 min")
    assert png == cover_png(title, "cool-down", "Nedkøling · 15 min")
    assert len(png) <= 150_000
    assert Image.open(BytesIO(png)).mode == "RGB"
    image = picture(png)
    assert SIZE == 1400
    assert image.size == (SIZE, SIZE)
    ground = image.getpixel((5, 300))
    edge = image.crop((SIZE - 93, 760, SIZE, SIZE))  # below the waves
    assert edge.getcolors() == [(edge.width * edge.height, ground)]


def test_danish_letters_are_drawn_and_not_boxes() -> None:
    drawn = {letter: picture(cover_png(letter, "core", "")).tobytes() for letter in "æøåÆØÅüé\ue000"}
    assert len(set(drawn.values())) == len(drawn)


def test_each_phase_has_its_ground() -> None:
    grounds = {picture(cover_png("x", phase, "")).getpixel((5, 300)) for phase in get_args(Phase)}
    assert len(grounds) == len(get_args(Phase))
