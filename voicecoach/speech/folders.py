"""Where the speech room keeps things: what it can make again, and what is a person's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from voicecoach.reading_files import expanded


def cache_folder() -> Path:
    """`$VOICECOACH_CACHE_DIR`, or the system's place for a user's caches. Not made here, and may not be writable."""
    return _folder("VOICECOACH_CACHE_DIR", "user_cache_dir")


def data_folder() -> Path:
    """`$VOICECOACH_DATA_DIR`, or the system's place for a user's data. Not made here."""
    return _folder("VOICECOACH_DATA_DIR", "user_data_dir")


def _folder(variable: str, usual: Literal["user_cache_dir", "user_data_dir"]) -> Path:
    if chosen := os.environ.get(variable):
        return expanded(chosen)
    import platformdirs

    return Path(getattr(platformdirs, usual)("voicecoach", appauthor=False))
