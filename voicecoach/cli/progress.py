"""What is being done, while a person waits: a line that is written over and over on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voicecoach.cli import console
from voicecoach.cli.width import cut, rewrites, room

if TYPE_CHECKING:
    from voicecoach.coach.pipeline import Sounds, Stage

_DOING: dict[Stage, str] = {
    "reading": "Reading the routine",
    "speaking": "Speaking the words",
    "levels": "Setting the levels",
    "music": "Fitting the music",
    "writing": "Writing the sound",
}
_IN_PERCENT: frozenset[Stage] = frozenset({"writing"})


@contextmanager
def progress(sounds: Sounds) -> Iterator[None]:
    """Shows what is done with `sounds` meanwhile; afterwards the line is empty again."""
    if not (sys.stderr and rewrites(sys.stderr)):
        yield
        return
    before, sounds.progress = sounds.progress, _Line().show
    try:
        yield
    finally:
        sounds.progress = before
        console.over("", err=True)


class _Line:
    def __init__(self) -> None:
        self._shown = ""

    def show(self, stage: Stage, done: int = 0, total: int = 0) -> None:
        if (text := _text(stage, done, total)) != self._shown:
            console.over(cut(text, room(sys.stderr)), err=True)
            self._shown = text


def _text(stage: Stage, done: int, total: int) -> str:
    """“Speaking the words: 45 of 214”."""
    if not total:
        return f"{_DOING[stage]} …"
    return f"{_DOING[stage]}: " + (f"{100 * done // total} %" if stage in _IN_PERCENT else f"{done} of {total}")
