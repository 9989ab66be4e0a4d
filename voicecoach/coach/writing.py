"""Text files that a person asks for."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from voicecoach.model import DEFAULT_LANGUAGE, Language
from voicecoach.output.files import write_whole
from voicecoach.reading_files import expanded
from voicecoach.resources import shipped


def write_template(path: Path, language: Language, head: str = "") -> None:
    """Writes a commented routine in a language to start from, with `head` above it. Raises `OutputError`."""
    template = shipped("scripts", "template.yaml").read_text(encoding="utf-8")
    write_text(path, head + template.replace(f"\nlanguage: {DEFAULT_LANGUAGE} ", f"\nlanguage: {language} ", 1))


def write_text(path: Path, text: str) -> None:
    """Writes a text file, whole or not at all. Raises `OutputError`."""
    write_whole(path, writer(text.encode()))


def writer(content: bytes) -> Callable[[BinaryIO], None]:
    """What writes just that, for the functions that put files into their places."""

    def write(file: BinaryIO) -> None:
        file.write(content)

    return write


def other_text(path: Path, text: str) -> list[tuple[Path, str]]:
    """The file, and what it is, if something else than `text` is there."""
    with contextlib.suppress(OSError):
        path = expanded(path)
        if os.path.isfile(path) and path.read_bytes() != text.encode():
            return [(path, "not what would be written")]
    return []
