"""The programme cut where it is silent: every piece is known, and named, without making a sample.

A piece is made of nothing but its own clips, at their places in it, so its samples depend on nothing else; that they
are those of the whole programme, `mix` promises and a test holds.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voicecoach.disk_cache import DiskCache, digest
from voicecoach.provenance import code_digest
from voicecoach.units import frames_to_ms, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model import Audio, LevelledClip, LevelledTimeline, Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Clips with silence around them."""

    start_ms: int
    """In the programme."""
    duration_ms: int
    key: bytes
    clips: Sequence[LevelledClip] = field(repr=False)
    """At their places in the programme."""
    mix: Mix = field(repr=False)

    def samples(self) -> NDArray[np.float32]:
        """(48 * duration_ms,)"""
        return self.mix.samples(self)


class Mix:
    """The blocks of `timeline`, or its pieces.

    `identity` names a sound: equal for two only if their audio is the same. `kept` is where what is made of a piece
    may be kept under its key. `progress` is called with the milliseconds that are done, ever greater.
    """

    def __init__(
        self,
        timeline: LevelledTimeline,
        audio_of: Callable[[Sound], Audio],
        identity: Callable[[Sound], bytes],
        kept: DiskCache,
        progress: Callable[[int], None] = lambda done_ms: None,
    ) -> None:
        self.kept = kept
        self._timeline, self._audio_of, self._identity, self._progress = timeline, audio_of, identity, progress
        self._done_ms = 0
        self._lock = threading.Lock()  # pieces are made in several threads

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        from voicecoach.render.mix import render_blocks

        done_frames = 0
        for block in render_blocks(self._timeline, self._audio_of):
            yield block
            done_frames += len(block)
            self._done(frames_to_ms(done_frames))

    def pieces(self, gap_ms: int) -> list[Piece]:
        """All that sounds, in order, at least `gap_ms` apart and inside the programme."""
        sounds = dict.fromkeys(clip.sound for clip in self._timeline.clips)
        names = {sound: self._identity(sound) for sound in sounds}
        return [self._piece(clips, end_ms, names) for clips, end_ms in _groups(self._timeline, gap_ms)]

    def samples(self, piece: Piece) -> NDArray[np.float32]:
        """Those of one of the pieces."""
        from voicecoach.render.mix import render_blocks

        moved = tuple(replace(clip, start_ms=clip.start_ms - piece.start_ms) for clip in piece.clips)
        alone = replace(self._timeline, clips=moved, duration_ms=piece.duration_ms, steps=(), dropped=(), problems=())
        (samples,) = render_blocks(alone, self._audio_of, block_frames=ms_to_frames(piece.duration_ms))
        self._done(piece.start_ms + piece.duration_ms)
        return samples

    def _piece(self, clips: list[LevelledClip], end_ms: int, names: Mapping[Sound, bytes]) -> Piece:
        start_ms = max(clips[0].start_ms, 0)
        duration_ms = end_ms - start_ms
        parts = ((names[clip.sound], clip.start_ms - start_ms, clip.duration_ms, clip.gain_db) for clip in clips)
        key = digest(code_digest(__name__), duration_ms, *parts)
        return Piece(start_ms=start_ms, duration_ms=duration_ms, key=key, clips=clips, mix=self)

    def _done(self, done_ms: int) -> None:
        with self._lock:
            if done_ms > self._done_ms:
                self._done_ms = done_ms
                self._progress(done_ms)


def _groups(timeline: LevelledTimeline, gap_ms: int) -> Iterator[tuple[list[LevelledClip], int]]:
    """(clips, where the last of them ends), with less than `gap_ms` of silence inside and at least that between."""
    group: list[LevelledClip] = []
    end_ms = 0
    for clip in timeline.clips:
        if clip.start_ms >= timeline.duration_ms or clip.end_ms <= max(clip.start_ms, 0):
            continue
        if group and clip.start_ms - end_ms >= gap_ms:
            yield group, end_ms
            group, end_ms = [], 0
        group.append(clip)
        end_ms = min(max(end_ms, clip.end_ms), timeline.duration_ms)
    if group:
        yield group, end_ms
