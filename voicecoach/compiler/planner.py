"""Decides what is said in each step, and where it belongs: performed steps → `CueSheet`.

Nothing here knows how long a word takes. A cue that may not fit brings its shorter forms along.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from voicecoach.compiler import exercise, moments, sections, silence, talk, thermal
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.performed import Performed
from voicecoach.compiler.variables import plain
from voicecoach.errors import RoutineError, assert_never
from voicecoach.model import (
    CueSheet,
    ExerciseStep,
    Language,
    Manner,
    RestStep,
    Routine,
    SayStep,
    SectionStep,
    SilenceStep,
    ThermalStep,
)


def plan(
    routine: Routine,
    performed: Sequence[Performed],
    *,
    language: Language,
    voice: str,
    length_ms: Callable[[CueSheet], int],
    pace: float = 1.0,
) -> CueSheet:
    """The cue sheet of the routine. `length_ms` is how long a cue sheet takes, which the introduction tells: it is
    asked of this one, with a usual length told in it. `pace` is a factor on the pace of talk: where it is calm, the
    pauses grow first, since stretched words are hard to understand.

    Raises `RoutineError` with a problem for every text that is missing in the language.
    """
    draft = Draft(routine, performed, language, voice, (1 + pace) / 2 if pace < 1 else pace)
    talk.plan_intro(draft)
    for position, item in enumerate(performed):
        _step(draft, item, performed[position + 1 :])
    talk.plan_outro(draft)
    if draft.problems:
        raise RoutineError(draft.problems)
    sheet = CueSheet(
        routine_id=routine.id,
        title=plain(draft.text(routine.title)),
        language=language,
        voice=voice,
        steps=tuple(draft.steps),
        cues=tuple(draft.cues),
        manner=Manner(words_a_minute=round(Manner().words_a_minute * pace), pauses=pace**-2),
        problems=tuple(draft.warnings),
    )
    return replace(sheet, cues=talk.cues_telling(draft, length_ms(sheet)))


def _step(draft: Draft, item: Performed, following: Sequence[Performed]) -> None:
    step = item.step
    if isinstance(step, ExerciseStep):
        exercise.plan_exercise(draft, item, step)
    elif isinstance(step, ThermalStep):
        thermal.plan_thermal(draft, item, step)
    elif isinstance(step, RestStep):
        talk.plan_rest(draft, item, step, following)
    elif isinstance(step, SectionStep):
        sections.plan_section(draft, item, step)
    elif isinstance(step, SilenceStep):
        sections.plan_silence(draft, item, step)
        return
    elif isinstance(step, SayStep):
        talk.plan_say(draft, item, step)
    else:
        assert_never(step)
    moments.plan_moments(draft, item)
    silence.fill(draft)
