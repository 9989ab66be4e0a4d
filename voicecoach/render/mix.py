"""Timeline → blocks: clips summed at exact frames. The player and every exporter pull the same blocks.

Milliseconds become frames here and nowhere else (48 frames each, so nothing is rounded). A clip is fetched when
its first block is wanted and let go after its last, so memory does not grow with the programme.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.render.clip import CEILING_DBTP, clip_samples
from voicecoach.units import db_to_gain, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from voicecoach.model import Audio, Sound, Timeline

BLOCK_FRAMES = 4800
_KEPT_SOUNDS = 16
"""Counted words and tones come again soon; more than these are made again rather than kept."""


def render_blocks(
    timeline: Timeline,
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
    waiting = [clip for clip in reversed(timeline.clips) if start_ms < clip.end_ms and clip.start_ms < end_ms]
    alive: list[tuple[int, NDArray[np.float32]]] = []
    ceiling = np.float32(db_to_gain(CEILING_DBTP))

    @lru_cache(maxsize=_KEPT_SOUNDS)
    def samples_of(sound: Sound, gain_db: float) -> NDArray[np.float32]:
        return clip_samples(audio_of(sound), gain_db)

    while position < end:
        block = np.zeros(min(block_frames, end - position), dtype=np.float32)
        block_end = position + len(block)
        while waiting and ms_to_frames(waiting[-1].start_ms) < block_end:
            clip = waiting.pop()
            # No longer than the plan says, or the end of a clip would depend on where playing began.
            samples = samples_of(clip.sound, clip.gain_db)[: ms_to_frames(clip.duration_ms)]
            alive.append((ms_to_frames(clip.start_ms), samples))
        for start, samples in alive:
            _add(block, samples, start - position)
        alive = [(start, samples) for start, samples in alive if start + len(samples) > block_end]
        # Only where a tone and a peak of speech coincide; each sample by itself, so that blocks make no difference.
        yield np.clip(block, -ceiling, ceiling)
        position = block_end


def _add(block: NDArray[np.float32], samples: NDArray[np.float32], offset: int) -> None:
    """Add what lies inside `block` of `samples` whose first one stands at `offset` (may be negative)."""
    first, last = max(offset, 0), min(offset + len(samples), len(block))
    if first < last:
        block[first:last] += samples[first - offset : last - offset]
