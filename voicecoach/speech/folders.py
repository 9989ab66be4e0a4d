"""Where the speech room keeps what it can make again."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """`$VOICECOACH_CACHE_DIR`, or the system's place for a user's caches. Not made here, and may not be writable."""
    if chosen := os.environ.get("VOICECOACH_CACHE_DIR"):
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("voicecoach", appauthor=False))
