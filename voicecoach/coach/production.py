"""A programme that is ready to be written, as a whole or in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.coach.compiling import levelled
from voicecoach.coach.naming import length, named, phase_words
from voicecoach.coach.options import FileOptions, Options
from voicecoach.coach.profiled import ProfiledSounds
from voicecoach.coach.progress import Progress, Report, timed
from voicecoach.coach.sounds import Sounds
from voicecoach.disk_cache import DiskCache, digest
from voicecoach.model import LevelledTimeline, Phase, Timeline
from voicecoach.output.cover import cover_png
from voicecoach.output.programme import programme_of
from voicecoach.provenance import code_digest
from voicecoach.render.pieces import Mix
from voicecoach.units import frames_to_ms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.render.bed import Bed


class Production:
    """The levelled timeline, what it says of itself, and its sound."""

    def __init__(
        self, timeline: Timeline, sounds: Sounds, options: Options, file: FileOptions, report: Report
    ) -> None:
        """Raises `RenderError` for music that cannot be used."""
        self._sounds, self._report = sounds, report
        self._profiled = ProfiledSounds(options, sounds)
        self._bed: Bed | None = None
        self.timeline = levelled(timeline, sounds, options, report)
        if options.floor or options.music:
            from voicecoach.coach.under import Under  # loads numpy

            report(Progress("music"))
            with timed("music"):
                self.timeline, self._bed = Under(options).balanced(self.timeline, sounds)
        self.programme = replace(
            named(programme_of(self.timeline), timeline, options, file, sounds),
            year=file.year,
            channels=2 if file.stereo else 1,
            cover=_cover(timeline, file.phase, sounds.kept) if file.phase else b"",
        )

    def blocks(self, start_ms: int = 0, end_ms: int | None = None) -> Iterable[NDArray[np.float32]]:
        """The sound from `start_ms` to `end_ms`. Without anything under the words, it can be taken in pieces too."""
        end_ms = self.timeline.duration_ms if end_ms is None else end_ms
        total_ms = self.timeline.duration_ms

        def progress(done_ms: int) -> None:
            self._report(Progress("writing", start_ms + done_ms, total_ms))

        progress(0)
        if self._bed is not None:
            from voicecoach.coach.under import blocks  # loads numpy

            made = blocks(self.timeline, self._profiled.audio, self._bed, start_ms, end_ms)
            return _counted(made, progress)
        part = _part(self.timeline, start_ms, end_ms)
        return Mix(part, self._profiled.audio, self._profiled.identity, self._sounds.kept, progress)


def _counted(blocks: Iterator[NDArray[np.float32]], progress: Callable[[int], None]) -> Iterator[NDArray[np.float32]]:
    done_frames = 0
    for block in blocks:
        yield block
        done_frames += len(block)
        progress(frames_to_ms(done_frames))


def _part(timeline: LevelledTimeline, start_ms: int, end_ms: int) -> LevelledTimeline:
    """What is heard from `start_ms` to `end_ms`, as a timeline of its own."""
    if start_ms == 0 and end_ms == timeline.duration_ms:
        return timeline
    clips = (
        replace(clip, start_ms=clip.start_ms - start_ms, onset_ms=clip.onset_ms - start_ms)
        for clip in timeline.clips
        if clip.start_ms < end_ms and clip.end_ms > start_ms
    )
    return replace(timeline, duration_ms=end_ms - start_ms, clips=tuple(clips), steps=(), dropped=(), problems=())


def _cover(timeline: Timeline, phase: Phase, kept: DiskCache) -> bytes:
    words = f"{phase_words(timeline.language, phase)} · {length(timeline.duration_ms)}"
    key = digest("cover", code_digest("voicecoach.output.cover"), timeline.title, phase, words)
    return kept.made(key.hex(), lambda: cover_png(timeline.title, phase, words))
