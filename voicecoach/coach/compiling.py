"""A routine and what was chosen → a timeline, measured with the voice that will speak it."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.coach.options import AS_USUAL, Options
from voicecoach.coach.planning import plan_cues, told_at_its_line
from voicecoach.coach.profiled import ProfiledSounds, with_wake_tone
from voicecoach.coach.progress import Progress, Report, quiet, timed
from voicecoach.coach.sounds import Sounds
from voicecoach.compiler.choice import LEVEL_CHOICES, Choice
from voicecoach.compiler.fit import fit
from voicecoach.compiler.schedule import schedule, utterances
from voicecoach.model import CueSheet, LevelledTimeline, Routine, Timeline
from voicecoach.render.kept_levels import with_kept_levels


def compile_routine(
    routine: Routine, options: Options, sounds: Sounds, report: Report = quiet, sheet: CueSheet | None = None
) -> Timeline:
    """The timeline of a routine; `sheet` is its cue sheet, if that is there already.

    Raises what `plan_cues` raises, `FitError`, `SpeechError`, and `RoutineError` for a text that no voice can say.
    """
    return chosen_timeline(routine, options, sounds, report, sheet)[0]


def chosen_timeline(
    routine: Routine, options: Options, sounds: Sounds, report: Report = quiet, sheet: CueSheet | None = None
) -> tuple[Timeline, Choice]:
    """The timeline, and how the ranges were decided for it. Raises as `compile_routine` does."""
    length = ProfiledSounds(options, sounds).length

    def build(sheet: CueSheet, padding_ms: int = 0) -> Timeline:
        with timed("speech"), told_at_its_line(sheet):
            sounds.prepare(utterances(sheet), report)
        with timed("schedule"), told_at_its_line(sheet):
            return with_wake_tone(schedule(sheet, length, padding_ms=padding_ms), options, sounds)

    if options.fit_ms is None:
        return build(sheet or plan_cues(routine, options, sounds)), LEVEL_CHOICES[options.level]
    tried: list[tuple[Timeline, Choice]] = []

    def try_out(choice: Choice, padding_ms: int, fit_ms: int) -> Timeline:
        cues = plan_cues(routine, replace(options, fit_ms=fit_ms), sounds, choice)
        tried.append((build(cues, padding_ms=padding_ms), choice))
        return tried[-1][0]

    fitting = fit(routine, options.fit_ms, try_out)
    return next(each for each in tried if each[0] is fitting)


def levelled(
    timeline: Timeline, sounds: Sounds, options: Options = AS_USUAL, report: Report = quiet
) -> LevelledTimeline:
    """The timeline with the gain of every clip set, so that the programme has its loudness."""
    report(Progress("levels"))
    with timed("levels"):
        profiled = ProfiledSounds(options, sounds)
        target = profiled.target_lufs(timeline.language)
        return with_kept_levels(timeline, profiled.audio, profiled.identity, sounds.kept, target_lufs=target)
