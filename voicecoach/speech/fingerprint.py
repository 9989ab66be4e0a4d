"""What is in large files, told from little of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from voicecoach.reading_files import open_ordinary

_SAMPLES, _SAMPLE_BYTES = 64, 4096


def fingerprint(files: Iterable[Path]) -> str:
    """A hash of 64 blocks of each file: another model is other numbers throughout.

    It tells contents, not dates, and reads a quarter of a megabyte of each. "" if one cannot be read.
    """
    digest = hashlib.blake2b(digest_size=8)
    try:
        for path in files:
            size = path.stat().st_size
            digest.update(size.to_bytes(8, "big"))
            with open_ordinary(path) as file:
                for at in _places(size):
                    file.seek(at)
                    digest.update(file.read(_SAMPLE_BYTES))
    except OSError:
        return ""
    return digest.hexdigest()


def _places(size: int) -> Iterable[int]:
    if size <= _SAMPLES * _SAMPLE_BYTES:
        return range(0, size, _SAMPLE_BYTES)
    return (size * sample // _SAMPLES for sample in range(_SAMPLES))
