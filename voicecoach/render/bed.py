"""What sounds under a programme from its beginning to its end: music, or a faint floor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from voicecoach.render.clip import CEILING_DBTP
from voicecoach.render.levels import TRIM_FROM_LU, placed_energies
from voicecoach.render.loudness import energy_by_ms, programme_lufs
from voicecoach.units import db_to_gain, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.model import Audio, LevelledTimeline, Sound

MOST_MOVED_LU = 2.0
_MEASURED_MS = 20_000


class Bed(Protocol):
    def samples(self, first: int, last: int) -> NDArray[np.float32]:
        """(last - first,) from frame `first` of the programme on; they depend on nothing but their place."""


class Layers:
    """Several beds as one, each at its gain."""

    def __init__(self, layers: Sequence[tuple[Bed, float]]) -> None:
        """(bed, its gain in decibels)"""
        self._layers = [(bed, np.float32(db_to_gain(gain_db))) for bed, gain_db in layers]

    def samples(self, first: int, last: int) -> NDArray[np.float32]:
        out = np.zeros(last - first, dtype=np.float32)
        for bed, gain in self._layers:
            out += gain * bed.samples(first, last)
        return out


FADE_MS = 400
"""A bed fades out before a silence that is asked for, and in after it, in this time."""


class Hushed:
    """A bed that is not there in some stretches: not a sample of it."""

    def __init__(self, bed: Bed, spans_ms: Sequence[tuple[int, int]]) -> None:
        self._bed, self._spans = bed, spans_ms

    def samples(self, first: int, last: int) -> NDArray[np.float32]:
        out = self._bed.samples(first, last)
        fade = ms_to_frames(FADE_MS)
        for start_ms, end_ms in self._spans:
            start, end = ms_to_frames(start_ms), ms_to_frames(end_ms)
            if first < end + fade and start - fade < last:
                at = np.arange(first, last)
                out = out * np.clip(np.maximum(start - at, at - end + 1) / fade, 0, 1).astype(np.float32)
        return out


def with_bed(blocks: Iterable[NDArray[np.float32]], bed: Bed, start_ms: int = 0) -> Iterator[NDArray[np.float32]]:
    """`blocks`, which begin at `start_ms`, with `bed` under them; no sample passes the ceiling of a clip."""
    position, ceiling = ms_to_frames(start_ms), np.float32(db_to_gain(CEILING_DBTP))
    for block in blocks:
        under = bed.samples(position, position + len(block))
        position += len(block)
        yield np.clip(block + under, -ceiling, ceiling)


def balanced(
    timeline: LevelledTimeline, audio_of: Callable[[Sound], Audio], bed: Bed, target_lufs: float
) -> tuple[LevelledTimeline, float]:
    """`timeline` and the gain of `bed`, both moved by as much as brings them to `target_lufs` together.

    Music that sounds throughout counts in the loudness of the whole, and soft music more than speech that is rare: to
    make up for it, speech would have to shout. So nothing is moved by more than `MOST_MOVED_LU`.
    """
    end = ms_to_frames(timeline.duration_ms)
    step = ms_to_frames(_MEASURED_MS)
    under = [
        (first * _MEASURED_MS // step, energy_by_ms(bed.samples(first, min(first + step, end))))
        for first in range(0, end, step)
    ]
    moved_db = 0.0
    for _ in range(2):  # limited peaks do not rise with the gain
        moved = _moved(timeline, moved_db)
        power = 10 ** (moved_db / 10)
        both = [*placed_energies(moved, audio_of), *((at_ms, power * part) for at_ms, part in under)]
        total = programme_lufs(both, timeline.duration_ms)
        error = target_lufs - total
        if abs(error) <= TRIM_FROM_LU or not np.isfinite(error):
            break
        moved_db = max(-MOST_MOVED_LU, min(moved_db + error, MOST_MOVED_LU))
    return _moved(timeline, moved_db), moved_db


def _moved(timeline: LevelledTimeline, by_db: float) -> LevelledTimeline:
    clips = (replace(clip, gain_db=round(clip.gain_db + by_db, 2)) for clip in timeline.clips)
    return replace(timeline, clips=tuple(clips))
