"""Heat and cold: how long, how long without a break, how much in all, and that the question is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

from voicecoach.model import ExerciseStep, Problem, RepeatStep, Severity, Step, ThermalStep
from voicecoach.routine.checks.kinds import is_training
from voicecoach.routine.checks.view import MAX_STEPS, View, broken, performed, shown
from voicecoach.units import format_duration

_MIN = 60_000
HEAT_BEFORE_MS = (10 * _MIN, 15 * _MIN)
CAP_MS = 20 * _MIN
"""Of heat, or of cold, without a break that counts."""
HEAT_IN_ALL_MS = 60 * _MIN


def heat_before(view: View) -> Iterator[Problem]:
    """A routine of heat alone may come after training, for which the article gives no length: there it is advice."""
    if view.routine.phase in ("cool-down", "screening"):
        return
    low, high = HEAT_BEFORE_MS
    alone = view.routine.phase == "heat"
    for step in _before_training(view):
        if not isinstance(step, ThermalStep) or step.kind != "heat" or step.contrast_rounds:
            continue
        if not (low <= step.duration.low_ms and step.duration.high_ms <= high):
            message = f"heat before training lasts {shown(step.duration)}"
            hint = "The article: 10–15 minutes." + (" It gives no length for heat after training." if alone else "")
            severity: Severity = "warning" if alone else "error"
            yield broken("heat-before-range", step.timing_location, message, hint, severity=severity)


def _before_training(view: View) -> list[Step]:
    """A warm-up is all before training; elsewhere it is what precedes the stop, the first exercise, or the last that
    trains."""
    steps = view.before_stop()
    if view.has_stop() or view.routine.phase == "warm-up":
        return steps
    exercises = [index for index, step in enumerate(steps) if isinstance(step, ExerciseStep)]
    training = [index for index in exercises if is_training(steps[index])]
    return steps[: max([*exercises[:1], *training])] if exercises else steps


def heat_cap(view: View) -> Iterator[Problem]:
    for step, total_ms in _over_cap(view, "heat"):
        message = f"{format_duration(total_ms)} of heat without a break that is long enough"
        yield broken("heat-over-20-min", step.timing_location, message, _break("heat"), size=total_ms)


def cold_cap(view: View) -> Iterator[Problem]:
    for step, total_ms in _over_cap(view, "cold"):
        message = f"{format_duration(total_ms)} of cold without a break that is long enough"
        yield broken("cold-over-20-min", step.timing_location, message, _break("cold"), size=total_ms)


def _break(kind: str) -> str:
    return (
        f"At most {format_duration(CAP_MS)}; then as long without {kind} as there was {kind}. This limit is "
        "voicecoach's own, on the careful side of the article."
    )


def _over_cap(view: View, kind: Literal["heat", "cold"]) -> Iterator[tuple[ThermalStep, int]]:
    """Each step with which the time passes the cap, and that time. Then it is counted anew.

    More rounds are more heat, and fewer may be a shorter break: both are looked at.
    """
    with_it = {id(repeat) for repeat in _repeats(view.routine.steps) if _holds(repeat, kind)}
    for most in (True, False):

        def rounds(repeat: RepeatStep, most: bool = most) -> int:
            return repeat.rounds.high if most and id(repeat) in with_it else repeat.rounds.low

        yield from _over(islice(performed(view.routine.steps, rounds), MAX_STEPS), kind)


def _repeats(steps: Sequence[Step]) -> Iterator[RepeatStep]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield step
            yield from _repeats(step.steps)


def _holds(step: Step, kind: str) -> bool:
    if isinstance(step, RepeatStep):
        return any(_holds(inner, kind) for inner in step.steps)
    return isinstance(step, ThermalStep) and step.kind == kind


def _over(steps: Iterator[Step], kind: str) -> Iterator[tuple[ThermalStep, int]]:
    total_ms = break_ms = 0
    for step in steps:
        if not isinstance(step, ThermalStep) or step.kind != kind:
            break_ms += step.lasts_ms[0]
            continue
        if break_ms >= total_ms:  # which is never above the cap: a break of that length always counts
            total_ms = 0
        total_ms, break_ms = total_ms + step.duration.high_ms, 0
        if total_ms > CAP_MS:
            yield step, total_ms
            total_ms = 0


def heat_in_all(view: View) -> Iterator[Problem]:
    total_ms = 0
    for step in view.most:
        if isinstance(step, ThermalStep) and step.kind == "heat":
            total_ms += step.duration.high_ms
            if total_ms > HEAT_IN_ALL_MS:
                message = f"with this step the heat comes to {format_duration(total_ms)} in all"
                hint = f"At most {format_duration(HEAT_IN_ALL_MS)} in a routine: a limit of voicecoach's own."
                yield broken("heat-too-much", step.timing_location, message, hint)
                return


def heat_caution(view: View) -> Iterator[Problem]:
    heat = any(isinstance(step, ThermalStep) and step.kind == "heat" for step in view.written)
    if heat and not view.routine.heat_caution:
        message = "the 24-hour caution is turned off before heat"
        yield broken("heat-caution-off", view.routine.heat_caution_location, message, "Delete `heat caution`.")
