"""Playing a routine here: the first words are heard while the rest is still spoken. Loads numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.coach.compiling import compile_routine, levelled
from voicecoach.coach.options import Options
from voicecoach.coach.planning import told_at_its_line
from voicecoach.coach.profiled import ProfiledSounds, with_wake_tone
from voicecoach.coach.progress import Report, quiet, timed
from voicecoach.coach.sounds import Sounds
from voicecoach.coach.under import Under, blocks
from voicecoach.compiler.schedule import schedule, utterances, whole_upto
from voicecoach.model import Cue, CueSheet, LevelledTimeline, Routine, Timeline, Utterance
from voicecoach.playback.devices import open_device
from voicecoach.playback.player import Player
from voicecoach.render.levels import with_levels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.render.bed import Bed


def opened(
    routine: Routine, options: Options, sounds: Sounds, sheet: CueSheet, device: str, report: Report = quiet
) -> Player:
    """A player of the routine, not started yet; a context manager.

    Only the first words are spoken before it can start; the rest is spoken while they are heard. A chosen length
    needs all words first. Raises what `compile_routine` raises, and `MissingError` for an unknown device.
    """
    made = _Beginnings(options, sounds, report)
    if options.fit_ms is not None:
        whole = compile_routine(routine, options, sounds, report)
        return Player(made.balanced(levelled(whole, sounds, options, report)), made.blocks_from, open_device(device))
    _start_if_needed(sheet, sounds)
    stages = made.stages(sheet)
    with timed("beginning"):
        first = next(stages)
    made.report = quiet
    return Player(first, made.blocks_from, open_device(device), more=stages)


def opened_whole(timeline: Timeline, sounds: Sounds, device: str) -> Player:
    """A player of a timeline that is whole, not started yet; a context manager."""
    return Player(
        levelled(timeline, sounds),
        lambda whole, start_ms: blocks(whole, sounds.audio, None, start_ms),
        open_device(device),
    )


def _start_if_needed(sheet: CueSheet, sounds: Sounds) -> None:
    """The engine starts while the rest of the program loads, unless all that is said was said before."""
    said = (cue.sound for cue in sheet.cues if isinstance(cue.sound, Utterance))
    first = next(said, None)
    if first is not None and not sounds.speaker.was_spoken(first):
        sounds.speaker.start(sheet.voice)


class _Beginnings:
    """Ever longer beginnings of one programme, each with its levels and with what lies under the words."""

    def __init__(self, options: Options, sounds: Sounds, report: Report) -> None:
        self._options, self._sounds, self.report = options, sounds, report
        self._under, self._profiled = Under(options), ProfiledSounds(options, sounds)
        self._beds: dict[int, Bed | None] = {}
        """By the length of the timeline."""

    def balanced(self, timeline: LevelledTimeline, *, whole: bool = True) -> LevelledTimeline:
        timeline, bed = self._under.balanced(timeline, self._sounds, whole=whole)
        self._beds[timeline.duration_ms] = bed
        return timeline

    def blocks_from(self, timeline: LevelledTimeline, start_ms: int) -> Iterator[NDArray[np.float32]]:
        return blocks(timeline, self._profiled.audio, self._beds[timeline.duration_ms], start_ms)

    def stages(self, sheet: CueSheet) -> Iterator[LevelledTimeline]:
        """The first sentence, the rest of the introduction sentence by sentence, then steps, twice as many each time,
        and the whole: a slow voice stays ahead of what is heard.

        The words of an introduction follow one another, so any beginning of it is placed as it is in the whole.
        """
        opening = [cue for cue in sheet.cues if cue.step_index == 0]
        if sheet.steps[0].kind == "intro":
            for count in range(1, len(opening)):
                yield self._upto(sheet, 1, opening[:count])
        steps = 1
        while steps < len(sheet.steps):
            steps = whole_upto(sheet, steps)
            yield self._upto(sheet, steps, sheet.cues)
            steps *= 2
        with told_at_its_line(sheet):
            self._sounds.prepare(utterances(sheet), self.report)
            whole = with_wake_tone(schedule(sheet, self._profiled.length), self._options, self._sounds)
        yield self.balanced(levelled(whole, self._sounds, self._options))

    def _upto(self, sheet: CueSheet, steps: int, cues: Sequence[Cue]) -> LevelledTimeline:
        begun = replace(sheet, cues=tuple(cue for cue in cues if cue.step_index < steps))
        with told_at_its_line(sheet):
            self._sounds.prepare(utterances(begun), self.report)
            placed = schedule(begun, self._profiled.length, upto=steps)
            timeline = with_wake_tone(placed, self._options, self._sounds)
        target = self._profiled.target_lufs(timeline.language)
        ready = with_levels(timeline, self._profiled.audio, trim_db=0.0, target_lufs=target)
        return self.balanced(ready, whole=False)
