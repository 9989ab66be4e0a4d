"""How wide texts and windows are, in columns."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Sequence
from typing import TextIO

CLEAR = "\x1b[J"
"""From here to the end of the screen: of a line that a narrower window has broken, the rest too."""


def columns(text: str) -> int:
    """How many columns a terminal gives the text."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(bool(unicodedata.combining(character)) for character in text)


def fitting(forms: Sequence[str], width: int) -> str:
    """The first form that fits; else the last, cut."""
    return next((form for form in forms if columns(form) <= width), cut(forms[-1], width))


def cut(text: str, width: int) -> str:
    while columns(text) > width:
        text = text[:-1]
    return text.rstrip()


def room(stream: TextIO) -> int:
    """Of the window as it is now, less the column in which some terminals begin a new line."""
    try:
        size = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        size = 0
    return (size or shutil.get_terminal_size().columns) - 1


def rewrites(stream: TextIO) -> bool:
    """Whether a line can be written over again there."""
    return stream.isatty() and os.environ.get("TERM", "dumb") != "dumb"
