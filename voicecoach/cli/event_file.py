"""`play --events`: what happens, an object a line, each as soon as it has happened."""

from __future__ import annotations

import json
import os
import stat
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.cli.standard_output import told_of_output
from voicecoach.errors import OutputError
from voicecoach.reading_files import expanded

if TYPE_CHECKING:
    from voicecoach import Event

STDOUT = "-"
_FIRST_BYTES = 65536
"""In so many stands the first line."""
_PATIENCE_S = 2
"""So long the end waits for what is still to be written: a pipe that nobody reads takes nothing."""


class EventFile:
    """Writes events in a thread of its own. A context manager: leaving it waits until all are written.

    It writes to the system itself: a thread that waits in here keeps no lock that Python wants when it ends.
    """

    def __init__(self, path: str, read: str | None = None) -> None:
        """`read` is a file that is read meanwhile. Raises `OutputError` if it is this one, or if this one holds
        something else or cannot be written."""
        self.error: BaseException | None = None
        """What kept an event from being written."""
        self._path = path
        self._descriptor = sys.stdout.fileno() if path == STDOUT else _opened(path, read)
        self._thread: threading.Thread | None = None

    def follow(self, events: Iterable[Event]) -> None:
        self._thread = threading.Thread(target=self._write_all, args=(events,), name="events", daemon=True)
        self._thread.start()

    def __enter__(self) -> EventFile:
        return self

    def __exit__(self, *error: object) -> None:
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)

    def _write_all(self, events: Iterable[Event]) -> None:
        try:
            for event in events:
                self._write(json.dumps(event.as_json()).encode() + b"\n")
        except BaseException as error:  # a thread has no one to raise it to
            self.error = error

    def _write(self, line: bytes) -> None:
        try:
            with told_of_output():
                while line:
                    line = line[os.write(self._descriptor, line) :]
        except OutputError as error:
            if self._path != STDOUT and isinstance(error.__cause__, OSError):
                raise _unwritten(self._path, error.__cause__) from error
            raise


def _opened(given: str, read: str | None) -> int:
    path = expanded(Path(given))
    try:
        if os.path.exists(path):
            _check(given, path, read)
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except (OSError, ValueError) as error:
        raise _unwritten(given, error) from error


def _check(given: str, path: Path, read: str | None) -> None:
    """No output is ever an input: what is read here never begins with an event."""
    found = os.stat(path)
    if read and os.path.exists(read) and os.path.samestat(found, os.stat(read)):
        raise OutputError(f"{given} is read for commands", hint="Choose another name.")
    if stat.S_ISREG(found.st_mode) and found.st_size and not _begins_with_an_event(path):
        raise OutputError(f"{given} is already there, and holds something else", hint="Choose another name.")


def _begins_with_an_event(path: Path) -> bool:
    with open(path, "rb") as file:
        first = file.read(_FIRST_BYTES).split(b"\n")[0]
    try:
        found = json.loads(first)
    except ValueError:
        return False
    return isinstance(found, dict) and {"event", "wall_ms"} <= found.keys()


def _unwritten(path: str, error: Exception) -> OutputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return OutputError(f"{path} could not be written: {reason}")
