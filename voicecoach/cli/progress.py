"""What is being done, while a person waits: a line that is written over and over on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voicecoach.cli import console
from voicecoach.cli.width import cut, rewrites, room

if TYPE_CHECKING:
    from voicecoach.coach.progress import Progress, Report, Stage

_DOING: dict[Stage, str] = {
    "files": "Reading the files",
    "reading": "Reading the routine",
    "speaking": "Speaking the words",
    "levels": "Setting the levels",
    "music": "Fitting the music",
    "writing": "Writing the sound",
}
_IN_PERCENT: frozenset[Stage] = frozenset({"writing"})


@contextmanager
def progress(first: Progress | None = None) -> Iterator[Report | None]:
    """Yields what shows how far the work is, beginning with `first`; afterwards the line is empty again."""
    if not (sys.stderr and rewrites(sys.stderr)):
        yield None
        return
    line = _Line()
    try:
        if first:
            line.show(first)
        yield line.show
    finally:
        line.clear()


class _Line:
    def __init__(self) -> None:
        self._shown = ""

    def clear(self) -> None:
        if self._shown:
            console.over("", err=True)

    def show(self, progress: Progress) -> None:
        if (text := _text(progress)) != self._shown:
            console.over(cut(text, room(sys.stderr)), err=True)
            self._shown = text


def _text(progress: Progress) -> str:
    """“Speaking the words: 45 of 214”."""
    doing, done, total = _DOING[progress.stage], progress.done, progress.total
    if not total:
        return f"{doing} …"
    return f"{doing}: " + (f"{100 * done // total} %" if progress.stage in _IN_PERCENT else f"{done} of {total}")
