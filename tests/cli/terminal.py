"""A person at a terminal: a pseudo-terminal with a program on it, its keys and its window."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_S = 30
"""However busy the machine is. Nobody waits so long where all is well."""


class Terminal:
    def __init__(self, program: subprocess.Popen[bytes], master: int) -> None:
        self.program, self._master = program, master
        self.heard = b""
        """All that was shown so far."""
        self._looked = 0

    def press(self, *keys: bytes, apart_s: float = 0.0) -> None:
        """Send the pieces, one after another."""
        for key in keys:
            os.write(self._master, key)
            time.sleep(apart_s)

    def shows(self, pattern: str) -> re.Match[str]:
        """Wait until something new is shown that matches; what comes after it is new the next time."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            text = self.heard[self._looked :].decode("utf-8", "replace")
            if found := re.search(pattern, text):
                self._looked += len(text[: found.end()].encode())
                return found
            assert time.monotonic() < deadline, f"{pattern} was not shown in …{text[-500:]}"
            assert self._read(), f"it ended without {pattern}: …{text[-500:]}"

    def ends(self) -> int:
        """Wait for its end; the exit code."""
        while self._read():
            pass
        return self.program.wait(PATIENCE_S)

    def resize(self, columns: int, rows: int = 24) -> None:
        self._looked = len(self.heard)
        set_size(self._master, columns, rows)

    def settings(self) -> int:
        """The local modes: whether keys are echoed, and come at once."""
        modes: int = termios.tcgetattr(self._master)[3]
        return modes & (termios.ECHO | termios.ICANON)

    def _read(self) -> bool:
        """Whether there can be more."""
        if not select.select([self._master], [], [], 0.1)[0]:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:  # on Linux: the last one that had it open is gone
            return False
        self.heard += data
        return bool(data)


def set_size(descriptor: int, columns: int, rows: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


@contextmanager
def terminal(*command: str, columns: int = 80) -> Iterator[Terminal]:
    """`command` on a terminal of its own; ended in the end, whatever happens."""
    master, slave = pty.openpty()
    set_size(slave, columns, 24)
    environment = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1", "PS1": "$ "}
    for name in ("COLUMNS", "LINES", "PROMPT_COMMAND"):
        environment.pop(name, None)
    program = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )  # fmt: skip
    os.close(slave)
    try:
        yield Terminal(program, master)
    finally:
        os.close(master)  # a hang-up: all that runs on it ends
        try:
            program.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()


VOICECOACH = (sys.executable, "-m", "voicecoach")
