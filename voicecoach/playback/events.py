"""What happened while a routine was played, and who is told: every guest hears the same, from the beginning."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

EventKind: TypeAlias = Literal[
    "started", "command", "step", "said", "paused", "resumed", "moved", "waiting",
    "device-lost", "device-back", "late", "ended", "stopped", "failed",
]  # fmt: skip
Refusal: TypeAlias = Literal["unknown", "not-begun"]
"""Why a command is not done: there is none of that name, or nothing is played yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened."""

    kind: EventKind
    wall_ms: int
    """Since the device took the first frame; 0 before."""
    position_ms: int | None
    """Of the programme; `None` for what has no place in it."""
    step: int | None
    """The index in the timeline; `None` if there are no steps."""
    text: str = ""
    """What was said, the title of the step, the command, or what went wrong."""
    accepted: bool | None = None
    """Whether the command is done (`command` only)."""
    refusal: Refusal | None = None
    """Why it is not."""
    late_ms: int | None = None
    """The silence that the device was given because nothing was ready (`late` only)."""

    def as_json(self) -> dict[str, Any]:
        """The keys of a line of `play --events`."""
        own = {"accepted": self.accepted, "refusal": self.refusal, "late_ms": self.late_ms}
        return {
            "wall_ms": self.wall_ms,
            "position_ms": self.position_ms,
            "event": self.kind,
            "step": self.step,
            "text": self.text,
            **{key: value for key, value in own.items() if value is not None},
        }


class EventLog:
    """All events of a session. Adding one never waits for who listens."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._over = False
        self._changed = threading.Condition()

    def add(self, event: Event) -> None:
        with self._changed:
            if not self._over:
                self._events.append(event)
                self._changed.notify_all()

    def end(self) -> None:
        """Nothing more will happen."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def listen(self) -> Listener:
        """A listener of its own, which hears everything from the beginning."""
        return Listener(self)

    def after(self, count: int, *, wait: bool) -> list[Event]:
        """What came after the first `count`; with `wait` at least one, unless it is over."""
        with self._changed:
            if wait:
                self._changed.wait_for(lambda: self._over or len(self._events) > count)
            return self._events[count:]


class Listener(Iterator[Event]):
    """Events one after another; waits for the next, and ends with the session. For one thread."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._heard = 0

    def __next__(self) -> Event:
        for event in self._log.after(self._heard, wait=True):
            self._heard += 1
            return event
        raise StopIteration

    def pending(self) -> list[Event]:
        """Those that were not heard yet, without waiting."""
        found = self._log.after(self._heard, wait=False)
        self._heard += len(found)
        return found
