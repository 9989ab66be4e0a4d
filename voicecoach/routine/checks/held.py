"""What is held: stretches, where and how long, and the plank."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.model import ExerciseStep, Problem, Step, ThermalStep
from voicecoach.routine.checks.kinds import is_easy_movement, is_long_held, is_stretch, is_training
from voicecoach.routine.checks.view import View, broken, name_of, shown
from voicecoach.units import format_duration

_S = 1000
STRETCH_MS = (20 * _S, 30 * _S)
PLANK_MS = (20 * _S, 30 * _S)
PLANKS_IN_ALL_MS = 180 * _S
PLANKS = frozenset({"plank", "planke", "planken", "the plank", "forearm plank"})
"""Whole names: a side plank, plank jacks or a gangplank walk is another exercise."""


def stretch_in_warm_up(view: View) -> Iterator[Problem]:
    """In a mixed routine what comes before the stop is the warm-up."""
    if view.routine.phase != "warm-up" and not (view.routine.phase == "mixed" and view.has_stop()):
        return
    for step in view.before_stop():
        if isinstance(step, ExerciseStep) and (is_stretch(step) or is_long_held(step)):
            longest = max(step.holds, key=lambda range_: range_.high_ms, default=None)
            held = f", held for {shown(longest)}," if is_long_held(step) and longest else ""
            ours = " That a hold this long is a stretch is voicecoach's own rule." if held else ""
            message = f"{name_of(step)}{held} is a static stretch in a warm-up"
            hint = f"Move through it instead, or keep it for after training.{ours}"
            yield broken("static-stretch-in-warm-up", step.location, message, hint)


def stretch_before_warmth(view: View) -> Iterator[Problem]:
    for step in view.most:
        if _warms(step):
            return
        if isinstance(step, ExerciseStep) and is_stretch(step):
            if view.routine.phase != "warm-up":  # there the other rule says it
                message = f"{name_of(step)} stretches before anything has warmed the body"
                yield broken("stretch-before-warmth", step.location, message, "Begin with easy movement.")
            return


def _warms(step: Step) -> bool:
    return (isinstance(step, ThermalStep) and step.kind == "heat") or is_easy_movement(step) or is_training(step)


def stretch_hold(view: View) -> Iterator[Problem]:
    for step in view.exercises:
        if step.exercise.kind == "stretch":
            yield from _outside("stretch-hold-range", step, STRETCH_MS, "the stretch")


def plank_hold(view: View) -> Iterator[Problem]:
    for step in view.exercises:
        if _is_plank(step):
            yield from _outside("plank-hold-range", step, PLANK_MS, "the plank")


def planks_in_all(view: View) -> Iterator[Problem]:
    total_ms = 0
    for step in view.most:
        if isinstance(step, ExerciseStep) and _is_plank(step) and (step.hold or step.duration):
            total_ms += step.lasts_ms[1] - _released_ms(step)
            if total_ms > PLANKS_IN_ALL_MS:
                message = f"with this step the plank is held for {format_duration(total_ms)} in all"
                hint = (
                    "The article holds it for 20 to 30 s. That all of them together last at most "
                    f"{format_duration(PLANKS_IN_ALL_MS)} is voicecoach's own limit."
                )
                yield broken("plank-hold-range", step.timing_location, message, hint)
                return


def _released_ms(step: ExerciseStep) -> int:
    if not step.reps or step.time:
        return 0
    times = (step.sets or 1) * (2 if step.sides == "both" else 1)
    return (step.reps.high * step.a_side - 1) * step.between_ms * times


def _is_plank(step: ExerciseStep) -> bool:
    names = step.exercise.name.by_language.values()
    return step.exercise.id == "plank" or any(name.strip(" .!").casefold() in PLANKS for name in names)


def _outside(rule: str, step: ExerciseStep, bounds: tuple[int, int], what: str) -> Iterator[Problem]:
    low_ms, high_ms = bounds
    for range_ in step.holds or filter(None, [step.duration]):
        if not (low_ms <= range_.low_ms and range_.high_ms <= high_ms):
            hint = f"The article: {format_duration(low_ms)} to {format_duration(high_ms)}."
            yield broken(rule, step.timing_location, f"{what} is held for {shown(range_)}", hint)
            return
