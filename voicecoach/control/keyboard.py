"""Single keys from the terminal, without waiting for Enter, and a terminal that is sane again afterwards.

It is sane too while the program is stopped (Ctrl-Z) and after it goes on, in front or in the background.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from voicecoach.control.key_codes import KeyCodes

STOP = "stop"
"""Not a key of its own: the person wants the shell back, by Ctrl-Z. Answer it with `Keys.stop`."""
_REPEAT_S = 0.15
"""The same key again within this was not pressed again but held: keyboards repeat 10 to 30 times a second."""


@dataclass(frozen=True, slots=True)
class Press:
    key: str
    repeated: bool = False
    """The key is held down."""


class Keys(Protocol):
    def wait(self, timeout_s: float) -> list[Press]:
        """What is pressed by then; returns as soon as there is something."""

    def in_front(self) -> bool:
        """Nobody else, such as the shell, is using the terminal."""

    def stop(self) -> None:
        """Give the shell its terminal and stop; returns when the shell lets the program go on."""


class Presses:
    """Tells a key that is held from one that is pressed again."""

    def __init__(self) -> None:
        self._last: tuple[str, float] = ("", 0.0)

    def press(self, key: str, now_s: float) -> Press:
        last, self._last = self._last, (key, now_s)
        return Press(key, repeated=key == last[0] and now_s - last[1] < _REPEAT_S)


@contextmanager
def keys(*, wanted: bool = True) -> Iterator[Keys]:
    """The keys of the terminal on standard input, if it is one and they are `wanted`; its settings are restored
    whatever happens."""
    terminal = wanted and bool(sys.stdin and sys.stdin.isatty())
    if sys.platform == "win32":
        yield _WindowsKeys(terminal)
    else:
        with _posix_keys(sys.stdin.fileno() if terminal else None) as found:
            yield found


if sys.platform == "win32":
    _NAMES = {"H": "up", "P": "down", "K": "left", "M": "right", "I": "page-up", "Q": "page-down", "G": "home", "O": "end"}  # fmt: skip # noqa: E501

    class _WindowsKeys:
        _LOOK_EVERY_S = 0.02

        def __init__(self, terminal: bool) -> None:
            self._terminal = terminal
            self._presses = Presses()

        def wait(self, timeout_s: float) -> list[Press]:
            until_s = time.monotonic() + timeout_s
            while not (found := self._pressed()) and time.monotonic() < until_s:
                time.sleep(self._LOOK_EVERY_S)
            return found

        def in_front(self) -> bool:
            return True

        def stop(self) -> None:
            return

        def _pressed(self) -> list[Press]:
            import msvcrt

            found = []
            while self._terminal and msvcrt.kbhit():
                key = msvcrt.getwch()
                if key in "\0\xe0" and msvcrt.kbhit():  # two characters are one special key
                    key = _NAMES.get(msvcrt.getwch(), "unknown")
                found.append(self._presses.press("escape" if key == "\x1b" else key, time.monotonic()))
            return found

else:
    import select
    import signal
    import termios
    import tty
    from types import FrameType

    _PASTE_ON, _PASTE_OFF = b"\x1b[?2004h", b"\x1b[?2004l"
    """What is pasted then comes in brackets: it is no key, whatever letters are in it."""

    class _PosixKeys:
        def __init__(self, terminal: int | None) -> None:
            self._terminal = terminal
            self._codes, self._presses = KeyCodes(), Presses()
            self._before = termios.tcgetattr(terminal) if terminal is not None else None
            self._ours = False
            """The terminal is set as it is wanted here."""
            self._stopping = False

        def wait(self, timeout_s: float) -> list[Press]:
            if self._stopping:
                return [Press(STOP)]
            if self._terminal is None or not self.in_front():
                self._ours = False
                time.sleep(timeout_s)
            elif not self._ours:
                self.take()
            else:
                self._read(timeout_s)
            now_s = time.monotonic()
            found = []
            while (key := self._codes.next(now_s)) is not None:
                found.append(self._presses.press(key, now_s))
            return found

        def in_front(self) -> bool:
            """Who sets or reads the terminal from the background is stopped by it."""
            try:
                return self._terminal is None or os.tcgetpgrp(self._terminal) == os.getpgrp()
            except OSError:
                return False

        def stop(self) -> None:
            self._stopping = False
            self.leave()
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, self.on_signal)
            self._presses = Presses()
            self.take()

        def take(self) -> None:
            """Keys come at once and unseen; Ctrl-C still interrupts."""
            if self._terminal is not None and self.in_front():
                tty.setcbreak(self._terminal, termios.TCSADRAIN)
                self._tell(_PASTE_ON)
                self._ours = True

        def leave(self) -> None:
            if self._terminal is not None and self._before is not None and self.in_front():
                self._tell(_PASTE_OFF)
                termios.tcsetattr(self._terminal, termios.TCSAFLUSH, self._before)
            self._ours = False

        def on_signal(self, number: int, frame: FrameType | None) -> None:
            """All that is done about a signal happens between two looks: here some lock may be held."""
            self._stopping = self._stopping or number == signal.SIGTSTP
            self._ours = self._ours and number != signal.SIGCONT  # the shell has had the terminal

        def _read(self, timeout_s: float) -> None:
            if (terminal := self._terminal) is None or not select.select([terminal], [], [], timeout_s)[0]:
                return
            try:
                data = os.read(terminal, 4096)
            except OSError:
                data = b""
            if not data:  # it is gone
                self._terminal = None
            self._codes.feed(data, time.monotonic())

        def _tell(self, sequence: bytes) -> None:
            if self._terminal is not None and os.environ.get("TERM", "dumb") != "dumb":
                os.write(self._terminal, sequence)

    @contextmanager
    def _posix_keys(terminal: int | None) -> Iterator[Keys]:
        made = _PosixKeys(terminal)
        before = {number: signal.signal(number, made.on_signal) for number in (signal.SIGTSTP, signal.SIGCONT)}
        try:
            made.take()
            yield made
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            made.leave()
