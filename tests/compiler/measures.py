"""Fake clip lengths: a `model.Measure` that is given, not spoken, and as odd as a test wants it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from voicecoach.model import Sound, SoundLength, Tone


@dataclass(frozen=True)
class Lengths:
    """Every sound has its own length between `shortest_ms` and `longest_ms`, the same whenever it is asked for."""

    shortest_ms: int
    longest_ms: int
    latest_onset_ms: int = 300
    seed: int = 0

    def __call__(self, sound: Sound) -> SoundLength:
        key = sound.name if isinstance(sound, Tone) else f"{sound.text}{sound.pace}"
        number = zlib.crc32(f"{self.seed}{key}".encode("utf-8", "replace"))
        if isinstance(sound, Tone) and sound.duration_ms:
            return SoundLength(duration_ms=sound.duration_ms, onset_ms=0)
        # Nobody's tone is longer than a second; a word may be as long as it likes.
        longest_ms = min(self.longest_ms, 1000) if isinstance(sound, Tone) else self.longest_ms
        shortest_ms = min(self.shortest_ms, longest_ms)
        duration_ms = shortest_ms + number % (longest_ms - shortest_ms + 1)
        onset_ms = (number >> 16) % (min(duration_ms, self.latest_onset_ms + 1))
        return SoundLength(duration_ms=duration_ms, onset_ms=onset_ms)


def simple(sound: Sound) -> SoundLength:
    """50 ms a character at pace 1, a tone of 300 ms: timelines of it can be checked in one's head."""
    if isinstance(sound, Tone):
        return SoundLength(duration_ms=sound.duration_ms or 300, onset_ms=0)
    return SoundLength(duration_ms=round(50 * len(sound.text) / sound.pace), onset_ms=20)
