"""Commands as lines of a file, a pipe or the standard input: for programs, and for who does not look at a screen."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

from voicecoach.playback.commands import Command

_LONGEST = 4096
"""Bytes of a line that are kept; the rest of it is no command anyhow."""


def lines(descriptor: int) -> Iterator[str]:
    """The lines as they come. Read from the system itself: a thread that waits in here keeps no lock that Python
    wants when it ends."""
    begun = b""
    while data := _read(descriptor):
        *whole, begun = (begun + data).split(b"\n")
        begun = begun[:_LONGEST]
        yield from map(_text, whole)
    if begun:
        yield _text(begun)


def send_lines(path: str, send: Callable[[Command], object]) -> None:
    """Send a command a line of the file, “-” being the standard input, in a thread of its own. At the end of input
    nothing more is sent. A line that says nothing is none."""

    def work() -> None:
        with suppress(OSError):  # it went away: that is the end of input
            descriptor = 0 if path == "-" else os.open(path, os.O_RDONLY)
            for line in lines(descriptor):
                if line.strip():
                    send(Command.of(line))

    threading.Thread(target=work, name="command lines", daemon=True).start()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace")
