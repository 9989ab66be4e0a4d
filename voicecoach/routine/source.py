"""Reads the text of a file that somebody named, whatever that turns out to be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from voicecoach.model import Problem, SourceLocation

MAX_BYTES = 1_000_000
"""A routine is text that a person writes: the longest that ships is a hundredth of this."""


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """The file's text, or the one problem that kept it from being read. Never blocks, never reads without a limit."""
    try:
        # O_NONBLOCK: opening a FIFO that nobody writes to must not wait for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        return None, [_problem(path, "unreadable-file", *_why(path, error))]
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            return None, [_problem(path, "unreadable-file", "this is a folder", "Name a YAML file in it.")]
        if not stat.S_ISREG(status.st_mode):
            return None, [_problem(path, "unreadable-file", "this is not an ordinary file", "Name a YAML file.")]
        if status.st_size > MAX_BYTES:
            message = f"the file is {status.st_size / 1e6:.0f} MB; a routine is at most 1 MB"
            return None, [_problem(path, "too-large", message, "Is it a routine?")]
        data = b""
        while len(data) <= MAX_BYTES and (part := os.read(descriptor, MAX_BYTES)):
            data += part
    finally:
        os.close(descriptor)
    return _decoded(path, data)


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


def _why(path: Path, error: OSError) -> tuple[str, str]:
    if isinstance(error, FileNotFoundError):
        return "there is no such file", "Check the name, or see what there is: voicecoach list"
    if isinstance(error, PermissionError) and not os.path.isdir(path):
        return "no permission to read this file", "Change its permissions, or copy it to your own folder."
    if os.path.isdir(path):
        return "this is a folder", "Name a YAML file in it."
    return f"it cannot be read: {error.strerror or error}", "Check the name."


def _problem(path: Path, rule: str, message: str, hint: str, line: int = 1, column: int = 1) -> Problem:
    location = SourceLocation(path=str(path), line=line, column=column)
    return Problem(rule=rule, severity="error", message=message, location=location, hint=hint)
