"""The command line as a person meets it: a process of its own, or click's runner where that is enough."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from voicecoach.cli.main import main

CODE = {"done": 0, "input": 1, "usage": 2, "machine": 3}


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    """Text in memory that can be reconfigured, as the real ones can."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def text(self) -> str:
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


def run(*arguments: str | Path) -> Done:
    """`voicecoach arguments …` in this process, through `main`: the messages and the exit code of the real thing."""
    out, err = _Stream(), _Stream()
    with _arguments(arguments), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as stop:
            code = stop.code
    return Done(code if isinstance(code, int) else 0, out.text(), err.text())


@contextmanager
def _arguments(arguments: tuple[str | Path, ...]) -> Iterator[None]:
    with patch.object(sys, "argv", ["voicecoach", *map(str, arguments)]):
        yield


def process(*arguments: str, env: Mapping[str, str] | None = None, shell: str = "") -> Done:
    """The same in a process of its own; `shell` is what comes after it in a pipe."""
    command = [sys.executable, "-m", "voicecoach", *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1", **(env or {})}
    if shell:
        line = " ".join([*(f"'{part}'" for part in command), shell])
        done = subprocess.run(["bash", "-o", "pipefail", "-c", line], env=environment, capture_output=True, text=True)
    else:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    return Done(done.returncode, done.stdout, done.stderr)
