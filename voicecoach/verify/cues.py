"""Every cue of the timeline, looked for in the sound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model import LevelledClip, Tone
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames
from voicecoach.verify.match import RISE_BEFORE_FRAMES, Match, match, rise_difference_ms, search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.model import LevelledTimeline, Sound
    from voicecoach.verify.instruments import Instruments
    from voicecoach.verify.reel import Reel

SEARCH_MS = 700
"""A cue is looked for this long before and after its place. The same number may be due again after a second."""
HEARD = 0.6
"""From this similarity on a cue is heard. Another word of the same voice comes to 0.4, a cue cut in half to 0.7."""
_SURE = 0.95
_KEPT_SOUNDS = 32
COUNTS = frozenset({"count"})
"""The roles whose perceived beginning belongs on a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardCue:
    """A clip, and what is heard of it."""

    clip: LevelledClip
    match: Match
    offset_ms: float
    """Later than planned, by correlation."""
    rise_ms: float
    """Later than planned, by the moment at which the level rises."""
    perceived_ms: float | None
    """Where a count is heard to begin; `None` for other cues and for what is not heard."""

    @property
    def found(self) -> bool:
        return self.match.similarity >= HEARD

    @property
    def text(self) -> str:
        return f"({self.clip.sound.name})" if isinstance(self.clip.sound, Tone) else self.clip.sound.text


def listen(timeline: LevelledTimeline, reel: Reel, instruments: Instruments) -> Iterator[HeardCue]:
    """The clips in the order of their starts, each as it is heard."""

    @lru_cache(maxsize=_KEPT_SOUNDS)
    def of(sound: Sound, gain_db: float, duration_ms: int) -> NDArray[np.float32]:
        return instruments.samples_of(sound, gain_db)[: ms_to_frames(duration_ms)]

    def samples_of(clip: LevelledClip) -> NDArray[np.float32]:
        # No longer than the plan says, as it is mixed.
        return of(clip.sound, clip.gain_db, clip.duration_ms)

    before = ms_to_frames(SEARCH_MS)
    for clip, others in _with_others(timeline.clips):
        start, cue = ms_to_frames(clip.start_ms), samples_of(clip)
        window = reel.window(start - before, start + len(cue) + before)
        beside = [(ms_to_frames(other.start_ms) - start + before, samples_of(other)) for other in others]
        yield _heard(clip, cue, window, beside, instruments)


def _heard(
    clip: LevelledClip,
    cue: NDArray[np.float32],
    window: NDArray[np.float32],
    beside: Sequence[tuple[int, NDArray[np.float32]]],
    instruments: Instruments,
) -> HeardCue:
    """`beside`: the cues that sound together with this one, and their places in `window`."""
    alone, lag = _found(cue, window, beside)
    found = match(alone, cue, lag, window - alone if beside else None)
    early = max(lag - RISE_BEFORE_FRAMES, 0)
    rise = rise_difference_ms(alone[early:], cue, found.gain_db, lag - early)
    late = lag - ms_to_frames(SEARCH_MS)
    perceived_ms = None
    if clip.role in COUNTS and found.similarity >= HEARD:
        onset_ms = instruments.perceived_onset_ms(alone[lag : lag + len(cue)], SAMPLE_RATE_HZ)
        perceived_ms = clip.start_ms + late * 1000 / SAMPLE_RATE_HZ + onset_ms
    return HeardCue(
        clip=clip,
        match=found,
        offset_ms=(found.lag - ms_to_frames(SEARCH_MS)) * 1000 / SAMPLE_RATE_HZ,
        rise_ms=late * 1000 / SAMPLE_RATE_HZ + rise,
        perceived_ms=perceived_ms,
    )


def _found(
    cue: NDArray[np.float32], window: NDArray[np.float32], beside: Sequence[tuple[int, NDArray[np.float32]]]
) -> tuple[NDArray[np.float32], int]:
    """(the window without the cues beside this one, the place of this one in it).

    The others are taken to be in their places. If that does not explain what is heard, they are taken to have
    moved together with this one.
    """
    if not beside:
        return window, search(window, cue)[0]
    place = ms_to_frames(SEARCH_MS)
    alone = _without(window, beside, cue, place, 0)
    lag, likeness = search(alone, cue)
    if likeness >= _SURE:
        return alone, lag
    moved, _ = search(window, cue)
    together = _without(window, beside, cue, moved, moved - place)
    lag_together, likeness_together = search(together, cue)
    return (together, lag_together) if likeness_together > likeness else (alone, lag)


def _without(
    window: NDArray[np.float32],
    beside: Sequence[tuple[int, NDArray[np.float32]]],
    cue: NDArray[np.float32],
    place: int,
    late: int,
) -> NDArray[np.float32]:
    """`window` without the cues `beside`, each as loud as it is heard: the least squares of them all, and of `cue` at
    `place`, say how loud. What is not there at all is so taken away at no level."""
    places = [(place, cue), *((at + late, samples) for at, samples in beside)]
    laid = np.zeros((len(places), len(window)), dtype=np.float32)
    for row, (at, samples) in zip(laid, places, strict=True):
        first, last = max(at, 0), min(at + len(samples), len(window))
        if first < last:
            row[first:last] = samples[first - at : last - at]
    gains = np.linalg.lstsq((laid @ laid.T).astype(np.float64), (laid @ window).astype(np.float64), rcond=1e-6)[0]
    left: NDArray[np.float32] = window - np.maximum(gains[1:], 0).astype(np.float32) @ laid[1:]
    return left


def _with_others(clips: Sequence[LevelledClip]) -> Iterator[tuple[LevelledClip, list[LevelledClip]]]:
    """Each clip with those that sound at the same time."""
    longest_ms = max((clip.duration_ms for clip in clips), default=0)
    first = 0
    for index, clip in enumerate(clips):
        while clips[first].start_ms + longest_ms <= clip.start_ms:
            first += 1
        others = []
        for other in range(first, len(clips)):
            if clips[other].start_ms >= clip.end_ms:
                break
            if other != index and clips[other].end_ms > clip.start_ms:
                others.append(clips[other])
        yield clip, others
