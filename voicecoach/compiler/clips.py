"""Cues with their places become clips: those of a timed part, and those that are said one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicecoach.compiler.place import Placed
from voicecoach.compiler.row import in_a_row
from voicecoach.model import Clip, Cue, Dropped, Manner, Measure, Sound, SoundLength, Tone


@dataclass(frozen=True, slots=True)
class Talk:
    """How long sounds are, and how much silence there is between them."""

    measure: Measure
    manner: Manner

    def row(self, cues: Sequence[Cue]) -> list[tuple[int, SoundLength]]:
        return in_a_row(cues, self.measure, self.manner)


def said_in_a_row(cues: Sequence[Cue], start_ms: int, talk: Talk) -> list[Clip]:
    clips = []
    for cue, (at_ms, length) in zip(cues, talk.row(cues), strict=True):
        onset_ms = at_ms + length.onset_ms
        placed = Placed(cue=cue, start_ms=at_ms, duration_ms=length.duration_ms, onset_ms=onset_ms)
        clips.append(clip_of(placed, start_ms))
    return clips


def clip_of(placed: Placed, zero_ms: int) -> Clip:
    cue = placed.cue
    return Clip(
        sound=cue.sound,
        role=cue.role,
        step_index=cue.step_index,
        start_ms=zero_ms + placed.start_ms,
        duration_ms=placed.duration_ms,
        onset_ms=zero_ms + placed.onset_ms,
        location=cue.location,
    )


def dropped_of(cue: Cue, reason: str) -> Dropped:
    text = words(cue.sound)
    return Dropped(
        role=cue.role, text=text, step_index=cue.step_index, reason=reason, location=cue.location, again=cue.again
    )


def shifted(clip: Clip, by_ms: int) -> Clip:
    return replace(clip, start_ms=clip.start_ms + by_ms, onset_ms=clip.onset_ms + by_ms)


def words(sound: Sound) -> str:
    """What is said; for a tone, its name."""
    return sound.name if isinstance(sound, Tone) else sound.text
