"""What a step is by what is done in it, whatever kind it calls itself."""

from __future__ import annotations

from voicecoach.language.looked_for import looked_for
from voicecoach.model import Exercise, ExerciseStep, Step

LONG_HOLD_MS = 40_000
"""Nobody moves through a hold of this length. Where mobility ends and stretching begins is voicecoach's own line."""


def is_stretch(step: Step) -> bool:
    """A still stretch. One in repetitions that are not held is a movement."""
    return (
        isinstance(step, ExerciseStep)
        and step.exercise.kind == "stretch"
        and (step.hold is not None or step.work == "duration")
    )


def is_long_held(step: Step) -> bool:
    """Called mobility, and held like a stretch."""
    return (
        isinstance(step, ExerciseStep)
        and step.exercise.kind == "mobility"
        and any(range_.high_ms >= LONG_HOLD_MS for range_ in step.holds)
    )


def is_hard(step: Step) -> bool:
    """As its author says, or else as its name does."""
    if not isinstance(step, ExerciseStep):
        return False
    exercise = step.exercise
    if exercise.intensity is not None or exercise.kind in ("stretch", "breathing"):
        return exercise.intensity == "hard"
    return _named(exercise, "hard") or (exercise.kind == "cardio" and _named(exercise, "fast"))


def _named(exercise: Exercise, what: str) -> bool:
    return any(looked_for(language)[what].search(name) for language, name in exercise.name.by_language.items())


def is_training(step: Step) -> bool:
    return isinstance(step, ExerciseStep) and (step.exercise.kind == "strength" or is_hard(step))


def is_easy_movement(step: Step) -> bool:
    return (
        isinstance(step, ExerciseStep)
        and (
            step.exercise.kind in ("mobility", "cardio") or (step.exercise.kind == "stretch" and not is_stretch(step))
        )
        and not is_hard(step)
        and not is_long_held(step)
    )
