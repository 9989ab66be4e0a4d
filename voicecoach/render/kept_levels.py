"""Levels that were measured before: the gains of a whole programme, kept under all that decides them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from voicecoach.disk_cache import DiskCache, digest
from voicecoach.model import levelled
from voicecoach.provenance import code_digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.model import Audio, LevelledTimeline, Sound, Timeline

TARGET_LUFS = -19.0
"""A mono file reads about 3 LU lower than stereo: -19 LUFS mono sits beside podcasts at -16 LUFS stereo."""


def with_kept_levels(
    timeline: Timeline,
    audio_of: Callable[[Sound], Audio],
    identity: Callable[[Sound], bytes],
    kept: DiskCache,
    **options: float,
) -> LevelledTimeline:
    """`levels.with_levels`, the same to the last bit, with its `options`. No audio is touched if they were
    asked for before.

    `identity` names a sound: equal for two only if their audio is the same and they are meant to be as loud.
    """
    sounds = {sound: identity(sound) for sound in dict.fromkeys(clip.sound for clip in timeline.clips)}
    placed = ((sounds[clip.sound], clip.start_ms, clip.duration_ms) for clip in timeline.clips)
    key = digest("levels", code_digest(__name__), tuple(sorted(options.items())), timeline.duration_ms, *placed).hex()
    gains = array("d")
    gains.frombytes(kept.load(key) or b"")
    if len(gains) != len(timeline.clips):
        from voicecoach.render.levels import with_levels

        made = with_levels(timeline, audio_of, **options)
        kept.store(key, array("d", (clip.gain_db for clip in made.clips)).tobytes())
        return made
    return levelled(timeline, gains)
