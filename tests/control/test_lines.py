"""Lines that are commands, however they come."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from voicecoach.control.lines import lines, send_lines
from voicecoach.playback.commands import Command

SENT = [
    (b"pause\nresume\n", ["pause", "resume"]),
    (b"pause\r\nresume\r\n", ["pause", "resume"]),
    (b"pause\nresume", ["pause", "resume"]),
    (b"  Pause\t\n\n \nNEXT\n", ["pause", "next"]),
    ("længere\nstop\n".encode(), ["længere", "stop"]),
    (b"\xff\xfe\nstop\n", ["\ufffd\ufffd", "stop"]),
    (b"\0\nstop\n", ["\0", "stop"]),
    (b"", []),
]


def sent(path: str) -> list[str]:
    """The words that are sent of a file, all of which is there."""
    found: list[Command] = []
    send_lines(path, found.append)
    for thread in threading.enumerate():
        if thread.name == "command lines":
            thread.join(5)
    return [command.word for command in found]


@pytest.mark.parametrize(("text", "words"), SENT)
def test_a_line_is_a_command(tmp_path: Path, text: bytes, words: list[str]) -> None:
    (tmp_path / "commands").write_bytes(text)
    assert sent(str(tmp_path / "commands")) == words


def test_a_line_comes_in_pieces_and_is_sent_when_it_is_whole() -> None:
    reading, writing = os.pipe()
    came = lines(reading)
    os.write(writing, b"pau")
    os.write(writing, b"se\nne")
    assert next(came) == "pause"
    os.write(writing, b"xt\n")
    assert next(came) == "next"
    os.close(writing)
    assert list(came) == []
    os.close(reading)


def test_a_line_without_an_end_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "commands").write_bytes(b"x" * 10_000_000 + b"\nstop\n")
    endless, last = sent(str(tmp_path / "commands"))
    assert len(endless) <= 200
    assert last == "stop"


def test_what_is_gone_sends_nothing(tmp_path: Path) -> None:
    assert sent(str(tmp_path / "nothing")) == []
    assert sent(str(tmp_path)) == []
