"""Answers a person gives one at a time: keys of a terminal, or lines of the standard input where it is none."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from voicecoach.control.keyboard import STOP, Keys, keys
from voicecoach.control.lines import lines

ENTER, LEAVE = "", "q"
_ENTER_KEYS, _LEAVE_KEYS = ("\n", "\r"), ("escape", "\x04")
_WAIT_S = 0.2
_MEANT_S = 0.3
"""What comes so soon after something began was not meant to end it: a key that bounces, lines that all lie ready."""


class Answers:
    """Letters are small; the end of the input is `LEAVE`."""

    def __init__(self, pressed: Keys | None) -> None:
        """From `pressed`, or else from lines."""
        self._pressed = pressed
        self._given: queue.SimpleQueue[tuple[str, float]] = queue.SimpleQueue()
        self._first: tuple[str, float] | None = None
        """It came, and was not taken yet."""
        self._began_s = 0.0
        if pressed is None:
            threading.Thread(target=self._read_lines, name="answers", daemon=True).start()

    def next(self) -> str:
        """Waits for the next one."""
        while (found := self._come(_WAIT_S)) is None:
            pass
        self._first = None
        return found[0]

    def begin(self) -> None:
        """Something begins that an answer may end."""
        self._began_s = time.monotonic()

    def ends(self) -> bool:
        """Whether an answer ends what began. `ENTER` is taken with that; another one is the next answer too."""
        found = self._come(0)
        if found is None or found[1] < self._began_s + _MEANT_S:
            if found and found[0] == ENTER and self._pressed:
                self._first = None
            return False
        if found[0] == ENTER:
            self._first = None
        return True

    @property
    def is_waiting(self) -> bool:
        """Whether one came that says more than that it is over."""
        return self._first is not None and self._first[1] >= self._began_s + _MEANT_S

    def _come(self, timeout_s: float) -> tuple[str, float] | None:
        """The first that is not taken yet, if there is one by then."""
        if self._first is None and self._pressed is not None and self._given.empty():
            self._press(self._pressed, timeout_s)
            timeout_s = 0
        if self._first is None:
            with suppress(queue.Empty):
                self._first = self._given.get(timeout=timeout_s) if timeout_s else self._given.get_nowait()
        return self._first

    def _press(self, pressed: Keys, timeout_s: float) -> None:
        for press in pressed.wait(timeout_s):
            if press.key == STOP:
                pressed.stop()
            elif not press.repeated:
                self._given.put((_meaning(press.key), time.monotonic()))

    def _read_lines(self) -> None:
        for line in lines(0):
            self._given.put((line.strip().lower(), time.monotonic()))
        self._given.put((LEAVE, time.monotonic()))


def _meaning(key: str) -> str:
    if key in _ENTER_KEYS:
        return ENTER
    return LEAVE if key in _LEAVE_KEYS else key.lower()


@contextmanager
def answers(*, terminal: bool) -> Iterator[Answers]:
    """Those of whoever sits at the terminal, or of the program at the other end of the standard input."""
    if not terminal:
        yield Answers(None)
        return
    with keys() as pressed:
        yield Answers(pressed)
