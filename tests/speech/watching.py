"""What a program opens and writes, seen from outside: the kernel's own view (strace) where there is one, and in any
case the folders that it might write to, and Python's."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HOOK = """
import sys
def _watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.bind", "socket.sendto"):
        print("SOCKET", event, arguments[1:], file=sys.stderr)
sys.addaudithook(_watch)
"""
_TRACED = "trace=socket,connect,sendto,sendmsg,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,symlink"
_WRITES = re.compile(r"(?:O_WRONLY|O_RDWR|O_CREAT|\b(?:creat|mkdir|mkdirat|rename\w*|link|symlink)\()")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_TRIAL = re.compile(r"/tmp/[a-z0-9_]{8}$")
"""Python's `tempfile` tries out with such a file, which it deletes at once, whether a folder can be written."""
_DEVICES = ("/dev/null", "/dev/tty", "/proc/self/")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was done that may not be done; empty if all is well."""

    sockets: list[str]
    """Any that is not of this machine alone (AF_UNIX)."""
    written: list[str]
    """Outside the folders that are ours."""
    left: list[str]
    """In the fresh home and temporary folders when all was over."""


@cache
def can_trace() -> bool:
    tried = ("strace", "-o", os.devnull, "true")
    return shutil.which("strace") is not None and subprocess.run(tried, capture_output=True).returncode == 0


def watched(code: str, folder: Path, ours: Sequence[Path]) -> Seen:
    """Runs Python `code` with a fresh home and temporary folder below `folder`; it has to succeed.

    `ours` is where it may write, beside `voicecoach-…` in the temporary folder.
    """
    home, temporary, hooks, trace = (folder / name for name in ("home", "tmp", "hooks", "trace"))
    for made in (home, temporary, hooks):
        made.mkdir(parents=True)
    (hooks / "sitecustomize.py").write_text(_HOOK)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "ORT_", "COV_"))}
    environment |= {
        "HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": f"{hooks}{os.pathsep}{Path.cwd()}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    tracing = ["strace", "-f", "-qq", "-s", "500", "-e", _TRACED, "-o", str(trace)] if can_trace() else []
    done = subprocess.run([*tracing, sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    calls = trace.read_text(errors="replace").splitlines() if tracing else []
    sockets = [line for line in done.stderr.splitlines() if line.startswith("SOCKET")]
    sockets += [call for call in calls if "AF_" in call and "AF_UNIX" not in call]
    left = [str(path) for place in (home, temporary) for path in place.rglob("*") if path.is_file()]
    return Seen(sockets=sockets, written=list(_written(calls, [*ours, temporary / "voicecoach-"])), left=left)


def _written(calls: list[str], ours: Sequence[Path]) -> Iterator[str]:
    allowed = (*map(str, ours), *_DEVICES)
    for call in calls:
        if _WRITES.search(call) and " = -1 " not in call:
            for path in _PATH.findall(call)[-1:]:
                if path.startswith("/") and not path.startswith(allowed) and not _TRIAL.search(path):
                    yield call
