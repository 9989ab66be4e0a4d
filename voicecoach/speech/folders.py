"""Where the speech room keeps things: what it can make again, and what is a person's own."""

from __future__ import annotations

import os
from pathlib import Path

from voicecoach.reading_files import expanded


def cache_folder() -> Path:
    """`$VOICECOACH_CACHE_DIR`, or the system's place for a user's caches. Not made here, and may not be writable."""
    if chosen := os.environ.get("VOICECOACH_CACHE_DIR"):
        return expanded(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("voicecoach", appauthor=False))


def data_folder() -> Path:
    """`$VOICECOACH_DATA_DIR`, or the system's place for a user's data. Not made here."""
    if chosen := os.environ.get("VOICECOACH_DATA_DIR"):
        return expanded(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("voicecoach", appauthor=False))
