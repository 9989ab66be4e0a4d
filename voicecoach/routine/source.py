"""Reads the text of a file that somebody named, whatever that turns out to be."""

from __future__ import annotations

import errno
from pathlib import Path

from voicecoach.advice import Advice, do
from voicecoach.model import Problem, SourceLocation
from voicecoach.reading_files import TooLargeError, UnfitFileError, read_limited

MAX_BYTES = 1_000_000
"""A routine is text that a person writes: the longest that ships is a hundredth of this."""


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """The file's text, or the one problem that kept it from being read. Never blocks, never reads without a limit."""
    try:
        return _decoded(path, read_limited(path, MAX_BYTES))
    except TooLargeError as error:
        return None, [_problem(path, "too-large", f"{error.strerror}", "Is it a routine?")]
    except OSError as error:
        return None, [_problem(path, "unreadable-file", f"{error.strerror}", _hint(error))]


def _decoded(path: Path, data: bytes) -> tuple[str | None, list[Problem]]:
    if b"\0" in data:
        line, column = _place(data, data.index(b"\0"))
        return None, [
            _problem(path, "not-text", "a NUL byte: this is not a text file", "Save it as UTF-8 text.", line, column)
        ]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        byte = data[error.start]
        hint = "Save the file as UTF-8 (it looks like Latin-1 or Windows-1252)."
        return None, [_problem(path, "not-utf-8", f"the byte 0x{byte:02x} is not UTF-8", hint, line, column)]


def _place(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset]
    line_start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[line_start:].decode("utf-8", "replace")) + 1


def _hint(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return Advice("Check the name, or see what there is: ", do("routines"))
    if isinstance(error, PermissionError):
        return "Change its permissions, or copy it to your own folder."
    if error.errno == errno.EISDIR:
        return "Name a YAML file in it."
    return "Name a YAML file." if isinstance(error, UnfitFileError) else "Check the name."


def _problem(path: Path, rule: str, message: str, hint: str, line: int = 1, column: int = 1) -> Problem:
    location = SourceLocation(path=str(path), line=line, column=column)
    return Problem(rule=rule, severity="error", message=message, location=location, hint=hint)
