"""What lies under the words: nothing, music, a floor, or both; and the programme with it. Loads numpy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from voicecoach.coach.options import Options
from voicecoach.coach.profiled import ProfiledSounds
from voicecoach.model import Audio, LevelledTimeline, Sound
from voicecoach.render.bed import Bed, Hushed, Layers, balanced, with_bed
from voicecoach.render.floor import Floor
from voicecoach.render.levels import SPEECH_LU
from voicecoach.render.mix import render_blocks
from voicecoach.render.music import Music, Tracks, music_files

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.coach.sounds import Sounds


class Under:
    """What the options put under the words. Music is read once for all timelines."""

    def __init__(self, options: Options) -> None:
        """Raises `RenderError` for music that is not there, or whose first file cannot be used."""
        self._options = options
        self._tracks: Tracks | None = None
        if options.music is not None:
            self._tracks = Tracks(music_files(options.music))
            self._tracks[0]

    def balanced(
        self, timeline: LevelledTimeline, sounds: Sounds, *, whole: bool = True
    ) -> tuple[LevelledTimeline, Bed | None]:
        """The levelled timeline and its bed, together as loud as they should be; the beginning of a timeline as if
        the rest were balanced already."""
        layers: list[tuple[Bed, float]] = []
        profiled = ProfiledSounds(self._options, sounds)
        target = profiled.target_lufs(timeline.language)
        if self._tracks is not None:
            music = Music(
                self._tracks,
                timeline,
                speech_lufs=target + SPEECH_LU,
                music_db=self._options.music_db,
                duck_db=self._options.duck_db,
                whole=whole,
            )
            gain_db = 0.0
            if whole:
                timeline, gain_db = balanced(timeline, profiled.audio, music, target)
            layers.append((music, gain_db))
        if self._options.floor:
            layers.append((Floor(), 0.0))
        if not layers:
            return timeline, None
        silent = [(step.start_ms, step.end_ms) for step in timeline.steps if step.kind == "silence"]
        return timeline, Hushed(Layers(layers), silent) if silent else Layers(layers)


def blocks(
    timeline: LevelledTimeline,
    audio_of: Callable[[Sound], Audio],
    bed: Bed | None,
    start_ms: int = 0,
    end_ms: int | None = None,
) -> Iterator[NDArray[np.float32]]:
    """The programme from `start_ms` to `end_ms`, with what lies under it."""
    spoken = render_blocks(timeline, audio_of, start_ms=start_ms, end_ms=end_ms)
    return spoken if bed is None else with_bed(spoken, bed, start_ms)
