"""The gentler substitutes: every exercise that names one is replaced by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voicecoach.model import Exercise, ExerciseStep, HalfWords, RepeatStep, Routine, Step


def with_substitutes(routine: Routine, exercises: Mapping[str, Exercise]) -> Routine:
    """The routine with every exercise that names a gentler substitute replaced by it."""
    return replace(routine, steps=_gentler(routine.steps, exercises))


def _gentler(steps: tuple[Step, ...], exercises: Mapping[str, Exercise]) -> tuple[Step, ...]:
    gentler: list[Step] = []
    for step in steps:
        if isinstance(step, RepeatStep):
            step = replace(step, steps=_gentler(step.steps, exercises))
        elif isinstance(step, ExerciseStep) and step.exercise.easier:
            substitute = exercises.get(step.exercise.easier, step.exercise)
            # sides that only came from the exercise come from the substitute now
            sides = substitute.sides if step.sides == step.exercise.sides else step.sides
            step = replace(
                step,
                exercise=substitute,
                sides=sides,
                words=step.words if step.words == HalfWords() else substitute.words,
                load=None,  # it is what the other one is done with
            )
        gentler.append(step)
    return tuple(gentler)
