"""The code that a telephone's camera reads; made by segno, which comes with an extra."""

from __future__ import annotations

import html
from typing import Any
from urllib.parse import urlsplit

from voicecoach.errors import MissingError, OptionError

_QUIET = 4
"""Modules of white around it, which a camera needs."""


def checked(url: str) -> str:
    """The address, if one can go there and a code can hold it. Raises `OptionError`, and `MissingError` for segno."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        fits = False
    if not fits or any(sign.isspace() or not sign.isprintable() or sign in '<>"' for sign in url):
        raise OptionError(f"{url!r} is no address of a page", hint="Write it whole: https://example.org/routine.mp3")
    _code(url)
    return url


def as_svg(url: str, title: str) -> str:
    made = _code(url).svg_inline(border=_QUIET, omitsize=True, dark="#000", light="#fff", title=html.escape(title))
    return str(made).replace("<svg ", '<svg role="img" ', 1)


def as_data_uri(url: str) -> str:
    return str(_code(url).svg_data_uri(scale=4, border=_QUIET, dark="#000", light="#fff"))


def as_lines(url: str) -> list[str]:
    """Two rows of modules a line, dark on white."""
    rows = [list(row) for row in _code(url).matrix_iter(border=_QUIET)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    signs = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
    return [
        "".join(signs[bool(upper), bool(lower)] for upper, lower in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    ]


def _code(url: str) -> Any:
    try:
        import segno
    except ImportError as error:
        raise MissingError(
            "a code for a telephone needs segno", hint='Install it: pip install "voicecoach[qr]"'
        ) from error
    try:
        return segno.make_qr(url, error="m")
    except segno.DataOverflowError as error:
        raise OptionError("the address is too long for a code", hint="Give a shorter one.") from error
