"""Single keys from the terminal, without waiting for Enter, and a terminal that is sane again afterwards."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Keys(Protocol):
    def pressed(self) -> str | None:
        """The next key that was pressed, or `None` at once if there is none."""


class NoKeys:
    """Where nobody sits at a keyboard: a pipe, a service."""

    def pressed(self) -> str | None:
        return None


@contextmanager
def keys() -> Iterator[Keys]:
    """The keys of the terminal on standard input; its settings are restored whatever happens."""
    if not sys.stdin or not sys.stdin.isatty():
        yield NoKeys()
    elif sys.platform == "win32":
        yield _WindowsKeys()
    else:
        with _posix_keys() as found:
            yield found


if sys.platform == "win32":

    class _WindowsKeys:
        def pressed(self) -> str | None:
            import msvcrt

            return msvcrt.getwch() if msvcrt.kbhit() else None

else:

    class _PosixKeys:
        def pressed(self) -> str | None:
            import os
            import select

            ready, _, _ = select.select([sys.stdin], [], [], 0)
            return os.read(sys.stdin.fileno(), 1).decode("latin-1") if ready else None

    @contextmanager
    def _posix_keys() -> Iterator[Keys]:
        import termios
        import tty

        before = termios.tcgetattr(sys.stdin)
        try:
            tty.setcbreak(sys.stdin)  # keys at once and unseen; Ctrl-C still interrupts
            yield _PosixKeys()
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, before)
