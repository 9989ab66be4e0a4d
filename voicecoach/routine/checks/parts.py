"""The parts of a session: a warm-up that is long enough, an easy start, an active cool-down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicecoach.model import ExerciseStep, Problem, Step, ThermalStep
from voicecoach.routine.checks.kinds import is_easy_movement, is_hard, is_long_held, is_stretch, is_training
from voicecoach.routine.checks.view import View, broken, name_of
from voicecoach.units import format_duration

AT_LEAST_MS = 5 * 60_000
"""Of easy movement, in a warm-up and at the start of a cool-down."""


def warm_up_length(view: View) -> Iterator[Problem]:
    if view.routine.phase != "warm-up":
        return
    total_ms = _sum([step for step in view.least if is_easy_movement(step) or is_training(step)])
    if total_ms < AT_LEAST_MS:
        message = f"the warm-up has {format_duration(total_ms)} of movement"
        hint = "The article: 5–10 minutes. Heat, breathing, rests and getting ready do not count."
        yield broken("warm-up-too-short", view.routine.location, message, hint, size=AT_LEAST_MS - total_ms)


def intensity(view: View) -> Iterator[Problem]:
    if view.routine.phase in ("cool-down", "heat", "screening"):
        return
    for step in view.exercises:
        if is_easy_movement(step):
            return
        if is_training(step):
            message = f"{name_of(step)} comes before any easy movement"
            hint = "Start slowly: put mobility or easy cardio before it."
            yield broken("intensity-starts-high", step.location, message, hint)
            return


def active_part(view: View) -> Iterator[Problem]:
    if view.routine.phase != "cool-down":
        return
    rule, hint = "cool-down-active-part", "The article: 5–10 minutes of light movement before the stretches."
    part = _before_stretches(view.least)
    active = [step for step in part if is_easy_movement(step) or step.exercise.kind == "breathing"]
    hard = next((step for step in part if is_hard(step)), None)
    if hard is not None:
        message = f"{name_of(hard)} is not easy, and a cool-down is"
        yield broken(rule, hard.timing_location, message, hint)
    elif not active:
        yield broken(rule, view.routine.location, "the cool-down does not begin with an active part", hint)
    elif (total_ms := _sum(active)) < AT_LEAST_MS:
        message = f"the active part may be as short as {format_duration(total_ms)}"
        yield broken(rule, active[0].timing_location, message, hint)


def _before_stretches(steps: Sequence[Step]) -> list[ExerciseStep]:
    part: list[ExerciseStep] = []
    for step in steps:
        if isinstance(step, ThermalStep) or is_stretch(step) or is_long_held(step):
            break
        if isinstance(step, ExerciseStep):
            part.append(step)
    return part


def _sum(steps: Sequence[Step]) -> int:
    return sum(step.lasts_ms[0] for step in steps)
