"""What may be chosen of the sound, and what is chosen if nothing is said. Imports nothing, so that help is quick."""

from __future__ import annotations

from typing import Literal, TypeAlias

ProfileName: TypeAlias = Literal["home", "phone", "gym"]
PROFILE_NAMES: tuple[ProfileName, ...] = ("home", "phone", "gym")

TARGET_LUFS = -19.0
"""A mono file reads about 3 LU lower than stereo: -19 LUFS mono sits beside podcasts at -16 LUFS stereo."""

MUSIC_DB = -3.0
"""Music in pauses, beside speech, in LU."""
DUCK_DB = -17.0
"""Music while someone speaks, beside the pauses."""
MUSIC_RANGE_DB, DUCK_RANGE_DB = (-40.0, 0.0), (-40.0, 0.0)

SHORTEST_SOUND_MS, LONGEST_SOUND_MS = 30, 120_000
"""A person's own tone or recording: shorter is a click that was left of one, longer is something else."""
MAX_SOUND_BYTES = 80_000_000
"""Two minutes of two channels at 96 kHz and 24 bits."""
