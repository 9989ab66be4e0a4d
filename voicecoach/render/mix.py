"""Timeline → blocks: clips summed at exact frames. The player and every exporter pull the same blocks.

Milliseconds become frames here and nowhere else (48 frames each, so nothing is rounded). A clip is fetched when
its first block is wanted and let go after its last, so memory does not grow with the programme. Clips that sound at
the same time, as a word over the sound of a breath, are limited together: each of them keeps the ceiling, their sum
need not, and a sum that is cut off at the ceiling passes it between its samples.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.render.clip import CEILING_DBTP, clip_samples, limited
from voicecoach.units import db_to_gain, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.model import Audio, LevelledClip, LevelledTimeline, Sound

BLOCK_FRAMES = 4800
_KEPT_SOUNDS = 16
"""Counted words and tones come again soon; more than these are made again rather than kept."""


def render_blocks(
    timeline: LevelledTimeline,
    audio_of: Callable[[Sound], Audio],
    *,
    start_ms: int = 0,
    end_ms: int | None = None,
    block_frames: int = BLOCK_FRAMES,
) -> Iterator[NDArray[np.float32]]:
    """The programme from `start_ms` to `end_ms` (its end if `None`): mono float32 at 48 kHz, full scale ±1.0.

    Yields (`block_frames`,) and a shorter last one; in all exactly 48 frames a millisecond. A start in the middle of
    a clip gives the rest of the clip. The samples do not depend on the size of the blocks or on the start.
    """
    end_ms = timeline.duration_ms if end_ms is None else min(end_ms, timeline.duration_ms)
    position, end = ms_to_frames(max(start_ms, 0)), ms_to_frames(end_ms)
    groups = [
        group for group in _together(timeline.clips) if start_ms < _end_ms(group) and group[0].start_ms < end_ms
    ]
    waiting = groups[::-1]
    alive: list[tuple[int, NDArray[np.float32]]] = []

    @lru_cache(maxsize=_KEPT_SOUNDS)
    def samples_of(sound: Sound, gain_db: float) -> NDArray[np.float32]:
        return clip_samples(audio_of(sound), gain_db)

    while position < end:
        block = np.zeros(min(block_frames, end - position), dtype=np.float32)
        block_end = position + len(block)
        while waiting and ms_to_frames(waiting[-1][0].start_ms) < block_end:
            group = waiting.pop()
            alive.append((ms_to_frames(group[0].start_ms), _summed(group, samples_of)))
        for start, samples in alive:
            _add(block, samples, start - position)
        alive = [(start, samples) for start, samples in alive if start + len(samples) > block_end]
        yield block
        position = block_end


def _together(clips: Sequence[LevelledClip]) -> Iterator[list[LevelledClip]]:
    """The clips, which are in the order of their starts, in groups of those that sound at the same time."""
    group: list[LevelledClip] = []
    end_ms = 0
    for clip in clips:
        if group and clip.start_ms >= end_ms:
            yield group
            group = []
        end_ms = max(end_ms, clip.end_ms)
        group.append(clip)
    if group:
        yield group


def _end_ms(group: Sequence[LevelledClip]) -> int:
    return max(clip.end_ms for clip in group)


def _summed(
    group: Sequence[LevelledClip], samples_of: Callable[[Sound, float], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """What is heard of `group` from its start on, under the ceiling. A clip is no longer than the plan says, or its
    end would depend on where playing began."""
    whole = [samples_of(clip.sound, clip.gain_db)[: ms_to_frames(clip.duration_ms)] for clip in group]
    if len(whole) == 1:
        return whole[0]
    start_ms = group[0].start_ms
    summed = np.zeros(ms_to_frames(_end_ms(group) - start_ms), dtype=np.float32)
    for clip, samples in zip(group, whole, strict=True):
        _add(summed, samples, ms_to_frames(clip.start_ms - start_ms))
    return limited(summed, db_to_gain(CEILING_DBTP))


def _add(block: NDArray[np.float32], samples: NDArray[np.float32], offset: int) -> None:
    """Add what lies inside `block` of `samples` whose first one stands at `offset` (may be negative)."""
    first, last = max(offset, 0), min(offset + len(samples), len(block))
    if first < last:
        block[first:last] += samples[first - offset : last - offset]
