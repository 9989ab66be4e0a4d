"""The formats of a sheet, by their endings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from voicecoach.errors import OptionError
from voicecoach.sheet import html, markdown, text
from voicecoach.sheet.sheet import Sheet

FORMATS: Mapping[str, Callable[[Sheet, str], str]] = {
    ".html": html.written,
    ".md": markdown.written,
    ".txt": text.written,
}
"""Each writes the sheet, with the mark of our files in it."""


def format_of(path: str) -> Callable[[Sheet, str], str]:
    """Raises `OptionError` for an ending that no sheet has."""
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        *others, last = FORMATS
        hint = f"Name a file that ends in {', '.join(others)} or {last}."
        raise OptionError(f"{path}: a sheet cannot be written as “{suffix}”", hint=hint)
    return FORMATS[suffix]
