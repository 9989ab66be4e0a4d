"""Where only a plain voice speaks: which one command gets a natural one. Told once a day."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from voicecoach.cli import console
from voicecoach.cli.advised import worded
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import Options
from voicecoach.coach.voices import natural_voice_to_get
from voicecoach.model import Language

_A_DAY_S = 24 * 3600


def tell_of_a_natural_voice(coach: Coach, language: Language, options: Options) -> None:
    """One line, to the error stream, if there is such a voice and nobody was told today. Where it cannot be kept that
    somebody was, nobody is: not to be told is better than to be told each time."""
    told = coach.places.cache / f"told-of-a-natural-voice-{language}"
    if _is_fresh(told) or not (advice := natural_voice_to_get(language, coach.sounds, options)):
        return
    with contextlib.suppress(OSError):
        told.parent.mkdir(parents=True, exist_ok=True)
        told.write_bytes(b"")
        console.note(worded(advice))


def _is_fresh(path: Path) -> bool:
    try:
        return 0 <= time.time() - path.stat().st_mtime < _A_DAY_S
    except OSError:
        return False
