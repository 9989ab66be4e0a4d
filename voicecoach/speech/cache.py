"""Finished speech on disk: one file an utterance, named by a hash of all that decides how it sounds.

A file is a header (struct `_HEADER`, then its digest) and float32 samples. It is written beside and renamed, so it
is whole or not there; whatever is damaged all the same (a full disk, a power cut) fails its digest, is deleted and
is made again. Nothing is locked: two processes write the same bytes under the same name.

A folder that cannot be read or written is no error: `load` finds nothing, `store` keeps nothing, `problem` says why.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import struct
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from voicecoach.disk_cache import write_new
from voicecoach.model import Audio, Utterance
from voicecoach.reading_files import open_ordinary
from voicecoach.speech.folders import cache_folder
from voicecoach.speech.processing import PROCESSING_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_LIMIT_MB = 500
SUFFIX = ".speech"
_MAGIC = b"VCS1"
_HEADER = struct.Struct("<4sIId16s")
"""Magic, rate in Hz, number of frames, onset in ms, digest of the samples."""
_DIGEST_BYTES = 16
_MAX_ENTRY_BYTES = 200_000_000
"""Far above the longest text: what is larger is nothing of ours."""
_HEAD_BYTES = _HEADER.size + _DIGEST_BYTES
_STALE_S = 3600
"""A file beside that is older was left by a process that was killed."""


def cache_key(engine: str, version: str, utterance: Utterance) -> str:
    """A file name: equal for two utterances only if they sound the same.

    The text is what the engine gets, so a change in a lexicon asks anew for just the words that it changes.
    """
    parts = [engine, version, PROCESSING_VERSION, utterance.text, utterance.language, utterance.voice, utterance.pace]
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=20).hexdigest()


class SpeechCache:
    """Safe for several threads and processes. `folder` and `limit_bytes` default to the user's
    (`VOICECOACH_CACHE_DIR`, `VOICECOACH_CACHE_MB`; 0 MB keeps nothing)."""

    def __init__(self, folder: Path | None = None, limit_bytes: int | None = None) -> None:
        self.folder = folder or cache_folder() / "speech"
        self.limit_bytes = cache_limit_bytes() if limit_bytes is None else limit_bytes
        self.problem = ""
        """Why nothing can be kept here; empty while all is well."""
        self._written_bytes: int | None = None  # since the last look at the folder; None: it was not looked at yet
        self._counter = itertools.count()

    def is_new(self) -> bool:
        """Whether nothing was ever kept here."""
        return not os.path.exists(self.folder)

    def load(self, key: str) -> Audio | None:
        """The sound, or None. A damaged entry is deleted."""
        import numpy as np

        path = self._path(key)
        try:
            with open_ordinary(path, _MAX_ENTRY_BYTES) as file:
                rate_hz, _, onset_ms, digest = _read_head(file)
                data = file.read()
            if _digest(data) != digest:
                raise ValueError("damaged")
        except OSError:
            return None
        except ValueError:
            _delete(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # used just now: what was not used for longest goes first
        return Audio(samples=np.frombuffer(data, dtype="<f4"), sample_rate_hz=rate_hz, onset_ms=onset_ms)

    def head(self, key: str) -> tuple[int, int, float, bytes] | None:
        """(frames, rate in Hz, onset in ms, `samples_digest`) without reading the sound, or None. A damaged entry is
        deleted."""
        path = self._path(key)
        try:
            with open_ordinary(path, _MAX_ENTRY_BYTES) as file:
                rate_hz, frames, onset_ms, digest = _read_head(file)
        except OSError:
            return None
        except ValueError:
            _delete(path)
            return None
        return frames, rate_hz, onset_ms, digest

    def store(self, key: str, audio: Audio) -> bool:
        """Keeps the sound. False, and `problem` says why, if that is impossible; it never raises."""
        data = audio.samples.astype("<f4").tobytes()
        if _HEAD_BYTES + len(data) > self.limit_bytes:
            return False
        path = self._path(key)
        beside = path.with_name(f"{key}.{os.getpid()}-{next(self._counter)}.part")
        try:
            write_new(beside, _head(audio, data) + data)
            beside.replace(path)
        except OSError as error:
            _delete(beside)
            self.problem = f"the speech cache in {self.folder} cannot be written: {error.strerror or error}"
            return False
        self._make_room(_HEAD_BYTES + len(data))
        return True

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{SUFFIX}"

    def _make_room(self, added_bytes: int) -> None:
        """Looks at the folder at the first entry and then once for every 20th of the limit."""
        if self._written_bytes is not None and self._written_bytes + added_bytes < self.limit_bytes // 20:
            self._written_bytes += added_bytes
            return
        self._written_bytes = 0
        entries = sorted(self._entries(), reverse=True)
        total = 0
        for _, size, path in entries:  # the last used first
            total += size
            if total > self.limit_bytes * 0.95:
                _delete(path)

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """(last use, bytes, path) of each; deletes what killed writers left."""
        for path in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):
                stat = path.stat()
                if path.suffix == SUFFIX:
                    yield stat.st_mtime, stat.st_size, path
                elif path.suffix == ".part" and time.time() - stat.st_mtime > _STALE_S:
                    _delete(path)


def samples_digest(audio: Audio) -> bytes:
    """Equal for two sounds only if their samples are."""
    return _digest(audio.samples.astype("<f4").tobytes())


def _head(audio: Audio, data: bytes) -> bytes:
    header = _HEADER.pack(_MAGIC, audio.sample_rate_hz, len(audio.samples), audio.onset_ms, _digest(data))
    return header + _digest(header)


def _read_head(file: IO[bytes]) -> tuple[int, int, float, bytes]:
    """(rate in Hz, frames, onset in ms, digest of the samples). Raises ValueError if it or the length is wrong."""
    head = file.read(_HEAD_BYTES)
    header, digest = head[: _HEADER.size], head[_HEADER.size :]
    if len(head) != _HEAD_BYTES or _digest(header) != digest:
        raise ValueError("damaged")
    magic, rate_hz, frames, onset_ms, data_digest = _HEADER.unpack(header)
    if magic != _MAGIC or os.fstat(file.fileno()).st_size != _HEAD_BYTES + 4 * frames:
        raise ValueError("damaged")
    return rate_hz, frames, onset_ms, data_digest


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()


def _delete(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def cache_limit_bytes() -> int:
    """How much the user lets be kept."""
    text = os.environ.get("VOICECOACH_CACHE_MB", "")
    return int(text if text.isdecimal() else DEFAULT_LIMIT_MB) * 1_000_000
