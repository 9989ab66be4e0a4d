"""Bytes by key on disk, for what can be made again: whole or not there, and never an error.

A file is a head (magic word, sizes, digests), a label of a few bytes that can be had without the rest, and the rest.
It is written beside its place, flushed to the disk and renamed into it; what is damaged all the same fails its
digest, is deleted and is made again. Nothing is locked: whoever writes a key writes the same bytes. A folder that
cannot be read or written, or that goes away at any moment, finds nothing and keeps nothing.

Where room is short, what was not used for longest goes first; every doubling of its uses counts for a week. The whole
seconds of a file's time are when it was used last, the thousandths how often (a disk that keeps no thousandths knows
the former alone).

The key must name everything that decides the bytes, the code included: see `provenance.code_digest`.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import math
import os
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from voicecoach import parts
from voicecoach.forking import renew_after_fork
from voicecoach.reading_files import open_ordinary

log = logging.getLogger(__name__)

MEMORY_BYTES = 16_000_000
_T = TypeVar("_T")
_MAGIC = b"VCK2"
_DIGEST_BYTES = 16
_HEAD = struct.Struct(f"<4sHQ{_DIGEST_BYTES}s")
"""Magic, bytes of the label, bytes of the data, digest of the data. Behind it the label, then a digest of both."""
_MOST_USES = 999
_A_DOUBLING_S = 7 * 24 * 3600


class Kept(NamedTuple):
    label: bytes
    data: bytes


class Label(NamedTuple):
    label: bytes
    digest: bytes
    """Of the data: equal only if they are."""


class DiskCache:
    """Safe for several threads and processes, and in a process that was forked. What was asked for lately is held in
    memory too, up to `memory_bytes`."""

    def __init__(
        self, folder: Path, limit_bytes: int, *, suffix: str = ".kept", memory_bytes: int = MEMORY_BYTES
    ) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self.problem = ""
        """Why nothing can be kept here; empty while all is well."""
        self._suffix = suffix
        self._memory_bytes = memory_bytes
        self._memory: dict[str, Kept] = {}
        self._held_bytes = 0
        self._uses: dict[str, int] = {}
        self._written_bytes: int | None = None  # since the last look at the folder; None: it was not looked at yet
        self.after_fork()
        renew_after_fork(self)

    def after_fork(self) -> None:
        """A lock may have been held by a thread that a forked process has not."""
        self._lock = threading.Lock()

    def is_new(self) -> bool:
        """Whether nothing was ever kept here."""
        return not os.path.exists(self.folder)

    def load(self, key: str) -> bytes | None:
        """What was kept under `key`, or None. A damaged file is deleted."""
        return None if (kept := self.load_labelled(key)) is None else kept.data

    def load_labelled(self, key: str) -> Kept | None:
        """`load`, with its label."""
        if (held := self._memory.get(key)) is None:
            held = self._found(key, _read)
            if held is not None:
                self._hold(key, held)
        if held is not None:
            self.use(key)
        return held

    def label(self, key: str) -> Label | None:
        """The label of what was kept under `key`, without reading the rest, or None. A damaged file is deleted."""
        found = self._found(key, lambda file: _read_head(file)[0])
        if found is not None:
            self.use(key)
        return found

    def store(self, key: str, data: bytes, label: bytes = b"") -> bool:
        """Keeps `data` if that is possible. False, and `problem` says why, if not; it never raises."""
        self._hold(key, Kept(label, data))
        head = _head(label, data)
        if len(head) + len(data) > self.limit_bytes:
            return False
        path = self._path(key)
        beside = path.with_name(f"{key}.{parts.new_name()}.part")
        try:
            write_new(beside, head + data)
            beside.replace(path)
        except OSError as error:
            _delete(beside)
            self.problem = (
                f"the {self.folder.name} cache in {self.folder} cannot be written: {error.strerror or error}"
            )
            return False
        _mark(path, 1)
        self._make_room(len(head) + len(data))
        return True

    def made(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What was kept under `key`, else what `make` makes, which is kept."""
        if (data := self.load(key)) is None:
            self.store(key, data := make())
        return data

    def use(self, key: str) -> None:
        """What is kept under `key` was wanted once more. Told to the disk at the first time and at each doubling."""
        with self._lock:
            uses = self._uses[key] = self._uses.get(key, 0) + 1
        if uses & (uses - 1) == 0:
            with contextlib.suppress(OSError):
                path = self._path(key)
                _mark(path, _uses(path.stat()) + max(uses // 2, 1))

    # --- inside ---

    def _hold(self, key: str, kept: Kept) -> None:
        with self._lock:
            self._held_bytes += len(kept.data)
            if self._held_bytes > self._memory_bytes:
                self._memory, self._held_bytes = {}, len(kept.data)
            if self._held_bytes <= self._memory_bytes:
                self._memory[key] = kept
            else:
                self._held_bytes = 0

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{self._suffix}"

    def _found(self, key: str, read: Callable[[IO[bytes]], _T]) -> _T | None:
        """What `read` makes of the file; None, and no file any more, if it raises ValueError."""
        path = self._path(key)
        try:
            with open_ordinary(path, self.limit_bytes) as file:
                return read(file)
        except OSError:
            return None
        except ValueError:
            log.info("damaged, deleted and made again: %s", path)
            _delete(path)
            return None

    def _make_room(self, added_bytes: int) -> None:
        """Looks at the folder at the first entry and then once for every 20th of the limit."""
        if self._written_bytes is not None and self._written_bytes + added_bytes < self.limit_bytes // 20:
            self._written_bytes += added_bytes
            return
        self._written_bytes = 0
        total = 0
        for _, size, path in sorted(self._entries(), reverse=True):  # the most useful first
            total += size
            if total > self.limit_bytes * 0.95:
                _delete(path)

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """(worth, bytes, path) of each; deletes what killed writers left."""
        for path in self._files():
            with contextlib.suppress(OSError):
                found = path.lstat()
                if path.suffix == self._suffix:
                    yield found.st_mtime + _A_DOUBLING_S * math.log2(max(_uses(found), 1)), found.st_size, path
                elif path.suffix == ".part" and parts.is_left(path.name, found.st_mtime):
                    _delete(path)

    def _files(self) -> Iterable[Path]:
        try:
            return list(self.folder.glob("??/*"))
        except OSError:  # it went away while it was looked at
            return ()


def write_new(path: Path, data: bytes) -> None:
    """Makes a file that was not there, and its folder if need be. It is on the disk when this returns: after a power
    cut, a name without its bytes might be all that was kept. Raises OSError.
    """
    try:
        file = path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb")
    with file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def digest(*parts: object) -> bytes:
    """Equal for equal parts only: of bytes, numbers, texts, None and tuples of them."""
    found = hashlib.blake2b(digest_size=20)
    for part in parts:  # bytes as they are: to write out those of a large file takes longer than to read it
        kind, data = (b"b", part) if isinstance(part, bytes) else (b"r", repr(part).encode())
        found.update(b"%s%d:" % (kind, len(data)))
        found.update(data)
    return found.digest()


# --- one file ---


def _head(label: bytes, data: bytes) -> bytes:
    head = _HEAD.pack(_MAGIC, len(label), len(data), data_digest(data)) + label
    return head + data_digest(head)


def data_digest(data: bytes) -> bytes:
    """The digest of some data, as `DiskCache.label` tells it."""
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()


def _read_head(file: IO[bytes]) -> tuple[Label, int]:
    """The label, and how long the data is. Raises ValueError if anything is wrong, the file's length included."""
    head = file.read(_HEAD.size)
    if len(head) != _HEAD.size:
        raise ValueError("damaged")
    magic, label_bytes, data_bytes, digest_ = _HEAD.unpack(head)
    rest = file.read(label_bytes + _DIGEST_BYTES)
    label, head_digest = rest[:label_bytes], rest[label_bytes:]
    whole = os.fstat(file.fileno()).st_size == _HEAD.size + label_bytes + _DIGEST_BYTES + data_bytes
    if magic != _MAGIC or not whole or head_digest != data_digest(head + label):
        raise ValueError("damaged")
    return Label(label, digest_), data_bytes


def _read(file: IO[bytes]) -> Kept:
    label, data_bytes = _read_head(file)
    data = file.read(data_bytes)
    if data_digest(data) != label.digest:
        raise ValueError("damaged")
    return Kept(label.label, data)


def _uses(found: os.stat_result) -> int:
    return found.st_mtime_ns // 1_000_000 % 1000


def _mark(path: Path, uses: int) -> None:
    """Used just now, and so often in all."""
    with contextlib.suppress(OSError):
        ns = int(time.time()) * 1_000_000_000 + min(uses, _MOST_USES) * 1_000_000
        os.utime(path, ns=(ns, ns))


def _delete(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
