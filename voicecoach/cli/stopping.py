"""A program that is told to end (SIGTERM), whose terminal goes (SIGHUP) or that Ctrl-C ends (SIGINT) cleans up."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name))
_AGAIN_S = 0.02


@contextmanager
def stopped_tidily() -> Iterator[None]:
    """While this lasts, such a signal is `SystemExit` with 128 and its number, or `KeyboardInterrupt`, also where
    Python's own would get lost (see `_is_importing`); what was being written goes.

    One that is ignored (`nohup`) stays ignored. Another one during the cleaning up changes nothing.
    """
    if threading.current_thread() is not threading.main_thread():  # only that one may say what a signal does
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    mine = [number for number, how in before.items() if how in (signal.SIG_DFL, signal.default_int_handler)]

    def stop(number: int, frame: FrameType | None) -> None:
        if _is_importing(frame) and hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, lambda alarm, later: stop(number, later))
            signal.setitimer(signal.ITIMER_REAL, _AGAIN_S)
            return
        for other in mine:
            signal.signal(other, signal.SIG_IGN)
        raise ended_by(number)

    try:
        for number in mine:
            signal.signal(number, stop)
        yield
    finally:
        for number in mine:  # after one of them all stay ignored: the next would meet Python on its way out
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, before[number])


def ended_by(number: int) -> BaseException:
    """What such a signal raises: Ctrl-C its own, any other the exit code of 128 and its number."""
    return KeyboardInterrupt() if number == signal.SIGINT else SystemExit(128 + number)


def _is_importing(frame: FrameType | None) -> bool:
    """Then an exception may get lost: numpy's modules, while they set themselves up in C, swallow any."""
    while frame is not None:
        if frame.f_globals.get("__name__") in ("importlib._bootstrap", "_frozen_importlib"):
            return True
        frame = frame.f_back
    return False
