"""Playing a routine here: the first words are heard while the rest is still spoken.

On top of `pipeline`: like it, this joins stages. Nothing here prints or asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.coach.pipeline import (
    Options,
    Sounds,
    choose_voice,
    compile_routine,
    cue_sheet,
    levelled,
    timed,
    told_at_its_line,
)
from voicecoach.model import Cue, CueSheet, LevelledTimeline, Routine, Timeline, Utterance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.playback.player import Player
    from voicecoach.render.bed import Bed


def player(routine: Routine, options: Options, sounds: Sounds, device: str = "default") -> Player:
    """A player of the routine, not started yet; a context manager.

    Only the first words are spoken before it can start; the rest is spoken while they are heard. A chosen length
    needs all words first. Raises what `compile_routine` raises, and `MissingError` for an unknown device.
    """
    from voicecoach.playback.devices import open_device
    from voicecoach.playback.player import Player

    made = _Beginnings(options, sounds)
    if options.fit_ms is not None:
        timeline = made.balanced(levelled(compile_routine(routine, options, sounds), sounds, options))
        return Player(timeline, made.blocks_from, open_device(device))
    sheet = cue_sheet(routine, options, sounds)
    _start_if_needed(sheet, choose_voice(routine, options, sounds)[1].id, sounds)
    stages = made.stages(sheet)
    with timed("beginning"):
        first = next(stages)
    return Player(first, made.blocks_from, open_device(device), more=stages)


def _start_if_needed(sheet: CueSheet, voice: str, sounds: Sounds) -> None:
    """The engine starts while the rest of the program loads, unless all that is said was said before."""
    said = (cue.sound for cue in sheet.cues if isinstance(cue.sound, Utterance))
    first = next(said, None)
    if first is not None and not sounds.speaker.was_spoken(first):
        sounds.speaker.start(voice)


class _Beginnings:
    """Ever longer beginnings of one programme, each with its levels and with what lies under the words."""

    def __init__(self, options: Options, sounds: Sounds) -> None:
        from voicecoach.coach.sounding import Under, heard

        self._options, self._sounds = options, sounds
        self._under, self._heard = Under(options), heard(options, sounds)
        self._beds: dict[int, Bed | None] = {}
        """By the length of the timeline."""

    def balanced(self, timeline: LevelledTimeline, *, whole: bool = True) -> LevelledTimeline:
        timeline, bed = self._under.balanced(timeline, self._sounds, whole=whole)
        self._beds[timeline.duration_ms] = bed
        return timeline

    def blocks_from(self, timeline: LevelledTimeline, start_ms: int) -> Iterator[NDArray[np.float32]]:
        from voicecoach.coach.sounding import blocks

        return blocks(timeline, self._heard.audio, self._beds[timeline.duration_ms], start_ms)

    def stages(self, sheet: CueSheet) -> Iterator[LevelledTimeline]:
        """The first sentence, the rest of the introduction sentence by sentence, then steps, twice as many each time,
        and the whole: a slow voice stays ahead of what is heard.

        The words of an introduction follow one another, so any beginning of it is placed as it is in the whole.
        """
        from voicecoach.compiler.schedule import schedule, utterances

        opening = [cue for cue in sheet.cues if cue.step_index == 0]
        if sheet.steps[0].kind == "intro":
            for count in range(1, len(opening)):
                yield self._upto(sheet, 1, opening[:count])
        steps = 1
        while steps < len(sheet.steps):
            yield self._upto(sheet, steps, sheet.cues)
            steps *= 2
        with told_at_its_line(sheet):
            self._sounds.prepare(utterances(sheet))
            whole = self._awake(schedule(sheet, self._heard.length))
        yield self.balanced(levelled(whole, self._sounds, self._options))

    def _upto(self, sheet: CueSheet, steps: int, cues: Sequence[Cue]) -> LevelledTimeline:
        from voicecoach.coach.sounding import target_lufs
        from voicecoach.compiler.schedule import schedule, utterances
        from voicecoach.render.levels import with_levels

        begun = replace(sheet, cues=tuple(cue for cue in cues if cue.step_index < steps))
        with told_at_its_line(sheet):
            self._sounds.prepare(utterances(begun))
            timeline = self._awake(schedule(begun, self._heard.length, upto=steps))
        target = target_lufs(timeline, self._options, self._sounds)
        ready = with_levels(timeline, self._heard.audio, trim_db=0.0, target_lufs=target)
        return self.balanced(ready, whole=False)

    def _awake(self, timeline: Timeline) -> Timeline:
        from voicecoach.coach.sounding import awake

        return awake(timeline, self._options, self._sounds)
