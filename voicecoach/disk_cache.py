"""Bytes by key on disk, for what can be made again: whole or not there, and never an error.

A file is a magic word, the digest of the rest, and the rest. It is written beside its place and renamed into it;
what is damaged all the same fails its digest, is deleted and is made again. Nothing is locked: whoever writes a key
writes the same bytes. A folder that cannot be read or written finds nothing and keeps nothing.

The key must name everything that decides the bytes, the code included: see `code_digest`.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from voicecoach.reading_files import read_limited

MEMORY_BYTES = 16_000_000
_MAGIC = b"VCK1"
_DIGEST_BYTES = 16
_MAX_ENTRY_BYTES = 200_000_000
"""What is larger is nothing of ours."""
_HEAD_BYTES = len(_MAGIC) + _DIGEST_BYTES
_SUFFIX = ".kept"
_OF_THIS_PROCESS = os.urandom(20)
_STALE_S = 3600
"""A file beside that is older was left by a process that was killed."""


class DiskCache:
    """Safe for several threads and processes. What was asked for lately is held in memory too."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._memory: dict[str, bytes] = {}
        self._held_bytes = 0
        self._written_bytes: int | None = None  # since the last look at the folder; None: it was not looked at yet
        self._counter = itertools.count()

    def load(self, key: str) -> bytes | None:
        """What was kept under `key`, or None. A damaged file is deleted."""
        if (held := self._memory.get(key)) is not None:
            return held
        path = self._path(key)
        try:
            kept = read_limited(path, _MAX_ENTRY_BYTES)
        except OSError:
            return None
        data = kept[_HEAD_BYTES:]
        if kept[:_HEAD_BYTES] != _head(data):
            _delete(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # used just now: what was not used for longest goes first
        self._hold(key, data)
        return data

    def store(self, key: str, data: bytes) -> None:
        """Keeps `data` if that is possible."""
        self._hold(key, data)
        if _HEAD_BYTES + len(data) > self.limit_bytes:
            return
        path = self._path(key)
        beside = path.with_name(f"{key}.{os.getpid()}-{next(self._counter)}.part")
        try:
            write_new(beside, _head(data) + data)
            beside.replace(path)
        except OSError:
            _delete(beside)
            return
        self._make_room(_HEAD_BYTES + len(data))

    def made(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What was kept under `key`, else what `make` makes, which is kept."""
        if (data := self.load(key)) is None:
            self.store(key, data := make())
        return data

    def _hold(self, key: str, data: bytes) -> None:
        with self._lock:
            self._held_bytes += len(data)
            if self._held_bytes > MEMORY_BYTES:
                self._memory, self._held_bytes = {}, len(data)
            self._memory[key] = data

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_SUFFIX}"

    def _make_room(self, added_bytes: int) -> None:
        """Looks at the folder at the first entry and then once for every 20th of the limit."""
        if self._written_bytes is not None and self._written_bytes + added_bytes < self.limit_bytes // 20:
            self._written_bytes += added_bytes
            return
        self._written_bytes = 0
        total = 0
        for _, size, path in sorted(self._entries(), reverse=True):  # the last used first
            total += size
            if total > self.limit_bytes * 0.95:
                _delete(path)

    def _entries(self) -> Iterable[tuple[float, int, Path]]:
        """(last use, bytes, path) of each; deletes what killed writers left."""
        for path in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):
                stat = path.stat()
                if path.suffix == _SUFFIX:
                    yield stat.st_mtime, stat.st_size, path
                elif path.suffix == ".part" and time.time() - stat.st_mtime > _STALE_S:
                    _delete(path)


def write_new(path: Path, data: bytes) -> None:
    """Makes a file that was not there, and its folder if need be. Raises OSError."""
    try:
        file = path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb")
    with file:
        file.write(data)


def digest(*parts: object) -> bytes:
    """Equal for equal parts only: of bytes, numbers, texts, None and tuples of them."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=20).digest()


@lru_cache
def code_digest(*modules: str) -> bytes:
    """A digest of the text of `modules` of this package (`render/clip.py`), so that no key outlives the code that
    made what it names. They are read, not imported; where there is no text to read, no two processes get the same.
    """
    package = Path(__file__).parent
    try:
        return digest(*((package / module).read_bytes() for module in modules))
    except OSError:
        return _OF_THIS_PROCESS


def _head(data: bytes) -> bytes:
    return _MAGIC + hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()


def _delete(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
