"""A helper process that answers JSON lines, with a time limit on every answer. It is started again after it failed.

For engines that leak, print, hang or crash: what happens in there stays in there. Not for several threads at once;
an engine keeps one `Worker` a thread.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

_LINE_BYTES, _WAITING_LINES = 1_000_000, 100
"""No answer is so long, and one is waited for at a time."""


class WorkerError(Exception):
    """The process died, took too long, or answered rubbish. It has been killed; the next `ask` starts another."""


class Worker:
    """`command` is run without a shell and gets `--folder PATH` behind it, a folder of its own for its files.

    It must end when its standard input does, and remove the folder then: so it cleans up after a parent that was
    killed.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = tuple(command)
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._folder = Path()
        self._last_id = 0

    def start(self) -> None:
        """Starts the process if it does not run, without waiting for it. Raises OSError."""
        if self._process is not None:
            return
        self._folder = Path(tempfile.mkdtemp(prefix="voicecoach-"))
        self._lines = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [*self._command, "--folder", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **self._environment},
            start_new_session=True,  # so that `kill` reaches the children of the worker too
        )
        assert self._process.stdout is not None
        threading.Thread(target=_pump, args=(self._process.stdout, self._lines), daemon=True).start()

    def new_path(self, suffix: str) -> Path:
        """A file name that was never used before, in the folder of the running process."""
        self.start()
        return self._folder / f"{self._last_id + 1}{suffix}"

    def ask(self, request: Mapping[str, Any], limit_s: float) -> dict[str, Any]:
        """Sends the request and waits for its answer. Raises `WorkerError`, or OSError if nothing can be started."""
        self.start()
        self._last_id += 1
        try:
            self._send({**request, "id": self._last_id})
            return self._reply(limit_s)
        except BaseException:
            self.kill()
            raise

    def _send(self, request: Mapping[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise WorkerError("the speech process ended") from error

    def _reply(self, limit_s: float) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=limit_s)
        except queue.Empty:
            raise WorkerError(f"the speech process took longer than {limit_s:g} s") from None
        if not line:
            raise WorkerError("the speech process ended")
        with contextlib.suppress(ValueError):
            reply = json.loads(line)
            if isinstance(reply, dict) and reply.get("id") == self._last_id:
                return reply
        raise WorkerError("the speech process answered rubbish")

    def kill(self) -> None:
        """Ends the process at once, and all that it started."""
        if self._process is not None:
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()
            self._forget()

    def release(self) -> None:
        """Lets the process end by itself."""
        if self._process is not None:
            assert self._process.stdin is not None
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def close(self) -> None:
        """Lets the process end by itself, and makes sure that it does."""
        self.release()
        if self._process is not None:
            try:
                while self._lines.get(timeout=1):  # its last line is empty; `wait` alone would nap between two looks
                    pass
                self._process.wait(timeout=1)
            except (queue.Empty, subprocess.TimeoutExpired):
                self.kill()
            else:
                self._forget()

    def _forget(self) -> None:
        process, self._process = self._process, None
        assert process is not None
        with contextlib.suppress(OSError), process:
            pass  # waits, and closes the pipes
        shutil.rmtree(self._folder, ignore_errors=True)


def _pump(pipe: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Puts every line of the pipe into the queue, then an empty one: a queue can be waited for with a time limit.

    A process that says more than it was asked is read no further: it waits at its full pipe until it is killed.
    """
    with contextlib.suppress(OSError, ValueError):
        while (line := pipe.readline(_LINE_BYTES)).endswith(b"\n") and lines.qsize() < _WAITING_LINES:
            lines.put(line)
    lines.put(b"")
