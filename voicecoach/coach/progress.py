"""How far long work is, and whether it is to go on."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from voicecoach.errors import CancelledError

log = logging.getLogger("voicecoach")

Stage: TypeAlias = Literal["files", "reading", "speaking", "levels", "music", "writing"]
"""What takes time, in the order in which it is done."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done, and how much of it is done."""

    stage: Stage
    done: int = 0
    """Of `speaking` lines, of `writing` milliseconds."""
    total: int = 0
    """0: nobody knows."""

    def __str__(self) -> str:
        return f"{self.stage}: {self.done} of {self.total}" if self.total else self.stage


Report: TypeAlias = "Callable[[Progress], object]"
"""Is told of progress, in the thread that works. What it raises ends the work, and nothing is half-written."""
Cancelled: TypeAlias = "Callable[[], bool]"
"""Asked between the pieces of long work: whether to give it up."""


def quiet(progress: Progress) -> None:
    """Tells nobody."""


def cancellable(report: Report | None, cancelled: Cancelled | None) -> Report:
    """`report`, which raises `CancelledError` once `cancelled` says so."""
    tell = report or quiet
    if cancelled is None:
        return tell

    def told(progress: Progress) -> None:
        if cancelled():
            raise CancelledError("it was cancelled")
        tell(progress)

    return told


@contextlib.contextmanager
def timed(stage: str) -> Iterator[None]:
    """Logs how long a stage took."""
    start = time.perf_counter()
    try:
        yield
    finally:
        log.debug("%-10s %6.0f ms", stage, (time.perf_counter() - start) * 1000)
