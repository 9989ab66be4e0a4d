"""Meets a chosen length with one choice of rounds: the ranges share the time, the get-ready times take the rest.

First the schedule is asked what the words need; then the ranges share what is left, each at the same fraction of its
way from low to high, so that none is squeezed while another is at ease. Whole seconds are chosen, since they are
spoken; what whole seconds leave over goes into the get-ready times.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain

from voicecoach.compiler.choice import Choice, whole_breaths
from voicecoach.compiler.expand import expand
from voicecoach.compiler.performed import Performed, work_ms
from voicecoach.model import (
    DurationRange,
    ExerciseStep,
    RestStep,
    Routine,
    SourceLocation,
    ThermalStep,
    Timeline,
)

TOLERANCE_MS = 1000
SECOND_MS = 1000
MOST_TRIES = 6
"""The lengths are spoken, so each choice changes the words a little, and they the room for the next choice."""

Build = Callable[[Choice, int, int], Timeline]
"""Compiles the routine with a choice, a padding and the length that the introduction tells, in milliseconds."""


@dataclass(slots=True)
class _Adjustable:
    """A range in the file, with how often it is performed."""

    range: DurationRange
    location: SourceLocation
    name: str
    times: int = 0
    breath_ms: int = 0
    """The length of a breath, if the hold is locked to whole ones."""

    def at(self, fraction: float) -> int:
        wanted = self.range.low_ms + round(fraction * (self.range.high_ms - self.range.low_ms))
        return self._whole(wanted)

    def chosen_ms(self, choice: Choice) -> int:
        return self._whole(choice.ms(self.range, self.location))

    def _whole(self, length_ms: int) -> int:
        return whole_breaths(self.range, length_ms, self.breath_ms) if self.breath_ms else length_ms


def meet(routine: Routine, target_ms: int, build: Build, choice: Choice) -> Timeline | None:
    """The timeline whose length is `target_ms`, within a second; `None` if the ranges do not give it."""
    timeline, aim_ms = build(choice, 0, target_ms), target_ms
    for attempt in range(MOST_TRIES):  # the words for the lengths are counted in the first, and known in the second
        performed = expand(routine, choice)
        adjustable = adjustables(performed)
        words_ms = timeline.duration_ms - sum(work_ms(item) for item in performed)
        fixed_ms = sum(work_ms(item) for item in performed) - sum(
            item.chosen_ms(choice) * item.times for item in adjustable
        )
        chosen = _share(adjustable, aim_ms - words_ms - fixed_ms)
        if attempt and chosen == choice.chosen_ms:
            break
        choice = replace(choice, chosen_ms=chosen)
        timeline = build(choice, 0, target_ms)
        over_ms = timeline.duration_ms - target_ms
        if attempt and -TOLERANCE_MS <= over_ms <= TOLERANCE_MS:
            break
        if attempt:  # the words grew with the lengths: want less, and leave the rest to the get-ready times
            aim_ms -= max(over_ms, 0)
    missing_ms = target_ms - timeline.duration_ms
    if missing_ms > TOLERANCE_MS and not _may_wait(adjustable, choice, missing_ms):
        return None
    if missing_ms > 0:
        timeline = build(choice, missing_ms, target_ms)
    return timeline if abs(target_ms - timeline.duration_ms) <= TOLERANCE_MS else None


def _may_wait(adjustable: list[_Adjustable], choice: Choice, missing_ms: int) -> bool:
    """Whether the get-ready times may take what is missing: only while the ranges could have taken it all."""
    room_ms = sum((item.at(1.0) - item.chosen_ms(choice)) * item.times for item in adjustable)
    return room_ms + TOLERANCE_MS >= missing_ms


def adjustables(performed: list[Performed]) -> list[_Adjustable]:
    found: dict[SourceLocation, _Adjustable] = {}
    for item in chain.from_iterable(item.parts or (item,) for item in performed):
        step = item.step
        if isinstance(step, ExerciseStep):
            (range_, location), name = step.chosen_from(item.side), step.exercise.id or "exercise"
        elif isinstance(step, (RestStep, ThermalStep)):
            range_ = step.duration
            location = step.timing_location if isinstance(step, ThermalStep) else step.location
            name = step.kind if isinstance(step, ThermalStep) else "rest"
        else:
            continue
        if range_ is None or range_.is_fixed:
            continue
        entry = found.setdefault(location, _Adjustable(range_, location, name))
        entry.times += _times(item)
        if isinstance(step, ExerciseStep) and step.breathing and step.breathing.lock and step.hold:
            entry.breath_ms = step.breathing.cycle_ms
    return list(found.values())


def _times(item: Performed) -> int:
    """How often the length that is chosen is performed."""
    step = item.step
    repeated = isinstance(step, ExerciseStep) and step.reps and not step.time
    return item.reps * step.a_side if isinstance(step, ExerciseStep) and repeated else 1


def _share(adjustable: list[_Adjustable], wanted_ms: int) -> dict[SourceLocation, int]:
    """A length for each range, together at most `wanted_ms` and nearly that, as far as their ends allow."""
    low_ms = sum(item.at(0.0) * item.times for item in adjustable)
    high_ms = sum(item.at(1.0) * item.times for item in adjustable)
    fraction = (wanted_ms - low_ms) / (high_ms - low_ms) if high_ms > low_ms else 0.0
    fraction = min(max(fraction, 0.0), 1.0)
    chosen = {item.location: item.at(fraction) for item in adjustable}
    for item in adjustable:
        if not item.breath_ms:
            chosen[item.location] = max(item.range.low_ms, chosen[item.location] // SECOND_MS * SECOND_MS)
    spare_ms = wanted_ms - sum(chosen[item.location] * item.times for item in adjustable)
    for item in adjustable:  # whole breaths may come out longer than what was wanted: give one back
        if item.breath_ms and spare_ms < 0 and chosen[item.location] - item.breath_ms >= item.range.low_ms:
            chosen[item.location] -= item.breath_ms
            spare_ms += item.breath_ms * item.times
    by_need = sorted(adjustable, key=lambda item: chosen[item.location] - item.at(fraction))
    for item in by_need * 2:
        step_ms = min(SECOND_MS, item.range.high_ms - chosen[item.location])
        if not item.breath_ms and step_ms > 0 and step_ms * item.times <= spare_ms:
            chosen[item.location] += step_ms
            spare_ms -= step_ms * item.times
    return chosen
