"""A helper process that answers JSON lines, with a time limit on every answer. It is started again after it failed.

For engines that leak, print, hang, flood or crash: what happens in there stays in there. Not for several threads at
once; an engine keeps one `Worker` a thread. In a process that was forked, it starts a helper of its own.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from voicecoach.forking import renew_after_fork

log = logging.getLogger(__name__)

MOST_UNREAD_LINES = 16
LONGEST_LINE_BYTES = 1_000_000
"""What says more than it was asked for is not listened to any longer: it blocks, and is killed when it is needed."""
_AT_ONCE_BYTES = 4000
"""So much goes into any pipe, whether it is read or not."""
_CLOSE_S = 1.0


class WorkerError(Exception):
    """The process died, took too long, or answered rubbish. It has been killed; the next `ask` starts another."""


class Worker:
    """`command` is run without a shell and gets `--folder PATH` behind it, a folder of its own for its files.

    It must end when its standard input does, and remove the folder then: so it cleans up after a parent that was
    killed.
    """

    def __init__(self, command: Sequence[str], environment: Callable[[], Mapping[str, str]] = dict) -> None:
        """`environment` gives what is added to ours, whenever a process starts; it may raise OSError."""
        self._command = tuple(command)
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener = threading.Thread()
        self._folder = Path()
        self._last_id = 0
        renew_after_fork(self)

    def after_fork(self) -> None:
        """The process is our parent's: it is left alone, and its pipes are not held open."""
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if pipe is not None:
                        pipe.close()
            process.returncode = 0  # it is not ours to wait for

    def start(self) -> None:
        """Starts the process if it does not run, without waiting for it. Raises OSError."""
        if self._process is not None:
            return
        environment = {**os.environ, **self._environment()}
        self._folder = Path(tempfile.mkdtemp(prefix="voicecoach-"))
        self._lines = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [*self._command, "--folder", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,  # a buffer has a lock, which a forked process would inherit
            env=environment,
            start_new_session=True,  # so that `kill` reaches the children of the worker too
        )
        assert self._process.stdout is not None
        self._listener = threading.Thread(target=_pump, args=(self._process.stdout, self._lines), daemon=True)
        self._listener.start()

    def new_path(self, suffix: str) -> Path:
        """A file name that was never used before, in the folder of the running process."""
        self.start()
        return self._folder / f"{self._last_id + 1}{suffix}"

    def ask(self, request: Mapping[str, Any], limit_s: float) -> dict[str, Any]:
        """Sends the request and waits for its answer. Raises `WorkerError`, or OSError if nothing can be started."""
        self.start()
        self._last_id += 1
        try:
            self._send({**request, "id": self._last_id}, limit_s)
            return self._reply(limit_s)
        except BaseException as error:
            log.info("speech process killed, another will be started: %s", str(error) or type(error).__name__)
            self.kill()
            raise

    def _send(self, request: Mapping[str, Any], limit_s: float) -> None:
        """A long request waits for someone to read it: then too there is a limit."""
        assert self._process is not None
        assert self._process.stdin is not None
        data = memoryview(json.dumps(request).encode() + b"\n")
        watch = threading.Timer(limit_s, self._signal_end)
        if len(data) > _AT_ONCE_BYTES:
            watch.start()
        try:
            while data:
                data = data[self._process.stdin.write(data) :]
        except OSError as error:
            raise WorkerError("the speech process ended") from error
        finally:
            watch.cancel()

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
            self._signal_end()
            self._forget()

    def _signal_end(self) -> None:
        if (process := self._process) is not None:
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()

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
            until = time.monotonic() + _CLOSE_S
            try:
                # Its last line is empty; `wait` alone would nap between two looks.
                while self._lines.get(timeout=max(until - time.monotonic(), 0)):
                    pass
                self._process.wait(timeout=_CLOSE_S)
            except (queue.Empty, subprocess.TimeoutExpired):
                self.kill()
            else:
                self._forget()

    def _forget(self) -> None:
        process, self._process = self._process, None
        assert process is not None
        with contextlib.suppress(OSError), process:  # waits, and closes the pipes
            self._listener.join(_CLOSE_S)
        shutil.rmtree(self._folder, ignore_errors=True)


def _pump(pipe: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Puts every line of the pipe into the queue, then an empty one: a queue can be waited for with a time limit."""
    rest = b""
    with contextlib.suppress(OSError, ValueError):
        while lines.qsize() <= MOST_UNREAD_LINES and len(rest) <= LONGEST_LINE_BYTES and (data := pipe.read(65_536)):
            *whole, rest = (rest + data).split(b"\n")
            for line in whole:
                lines.put(line)
    lines.put(b"")
