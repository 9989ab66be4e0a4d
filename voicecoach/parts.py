"""Names for what is half-written, by which it is known later whether its writer still lives.

A name carries the process that writes, when that began (numbers of processes are used again) and a mark of the
machine (folders are shared). What a killed process left is swept by the next one that writes there.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from functools import cache
from pathlib import Path

_NAME = re.compile(r"(?P<process>\d+)-(?P<began>\d*)-(?P<machine>[0-9a-f]{8})-[0-9a-f]{16}")
_STALE_S = 3600
"""Where nothing is known of its writer, what was not written to for so long was left."""


def new_name() -> str:
    """One that nobody else gives to a part."""
    process = os.getpid()
    return f"{process}-{_began(process)}-{_machine()}-{os.urandom(8).hex()}"


def is_left(name: str, changed_s: float) -> bool:
    """Whether a part with that in its name, last written to at `changed_s`, has no writer any more."""
    match = _NAME.search(name)
    if match is None or match["machine"] != _machine() or sys.platform == "win32":
        return time.time() - changed_s > _STALE_S
    process = int(match["process"])
    return not _lives(process) or (match["began"] != "" and _began(process) != match["began"])


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def _began(process: int) -> str:
    """In ticks since the machine started; empty where that is not told."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


@cache
def _machine() -> str:
    """Another one after each start of the machine."""
    import platform

    try:
        start = Path("/proc/sys/kernel/random/boot_id").read_text()
    except OSError:
        start = ""
    return hashlib.blake2b(f"{platform.node()} {start}".encode(), digest_size=4).hexdigest()
