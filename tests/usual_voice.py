"""The voice of the tests in a folder of a person's own: with another configuration, or none, a natural one speaks."""

from __future__ import annotations

import shutil
from pathlib import Path

from voicecoach.coach.places import places


def with_usual_voice(own: Path) -> Path:
    """The folder, made if it is not there. To be called before the environment names it."""
    own.mkdir(parents=True, exist_ok=True)
    shutil.copy(places().config_file, own)
    return own
