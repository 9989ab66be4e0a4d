"""Meets a chosen length: decides every range so that the whole lasts as long as was asked.

First the schedule is asked what the words need; then the ranges share what is left, each at the same fraction of its
way from low to high, so that none is squeezed while another is at ease. Whole seconds are chosen, since they are
spoken; what whole seconds leave over goes into the get-ready times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from voicecoach.compiler.expand import Choice, Performed, expand, whole_breaths, work_ms
from voicecoach.errors import FitError
from voicecoach.model import (
    DurationRange,
    ExerciseStep,
    RepeatStep,
    RestStep,
    Routine,
    SourceLocation,
    Step,
    ThermalStep,
    Timeline,
)
from voicecoach.units import clock, format_duration

TOLERANCE_MS = 1000
SECOND_MS = 1000
MOST_ROUNDS_TRIED = 13
"""Of a `repeat` whose range is wider, so many numbers of rounds, evenly spread, are tried."""

Build = Callable[[Choice, int, int], Timeline]
"""Compiles the routine with a choice, a padding and the length that the introduction tells, in milliseconds."""
MARGINS_S = (0, 1, 2, 5)
"""How far inside its bounds a length is tried: the introduction tells it, and so changes it a little."""


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
        return whole_breaths(self.range, wanted, self.breath_ms) if self.breath_ms else wanted


def fit(routine: Routine, target_ms: int, build: Build) -> Timeline:
    """The timeline whose length is `target_ms`, within a second.

    Raises `FitError` with the lengths that can be met and the steps that hold it.
    """
    for fraction in _distinct_rounds(routine):
        timeline = _fit_with(routine, target_ms, build, Choice(rounds_fraction=fraction))
        if timeline:
            return timeline
    raise _cannot(routine, target_ms, build)


def _fit_with(routine: Routine, target_ms: int, build: Build, choice: Choice) -> Timeline | None:
    timeline = build(choice, 0, target_ms)
    for _ in range(2):  # the words for the lengths are counted in the first, and known in the second
        performed = expand(routine, choice)
        adjustable = _adjustables(performed)
        words_ms = timeline.duration_ms - sum(work_ms(item) for item in performed)
        fixed_ms = sum(work_ms(item) for item in performed) - sum(
            choice.ms(item.range, item.location) * item.times if not item.breath_ms else _locked(item, choice)
            for item in adjustable
        )
        chosen = _share(adjustable, target_ms - words_ms - fixed_ms)
        if chosen is None:
            return None
        choice = replace(choice, chosen_ms=chosen)
        timeline = build(choice, 0, target_ms)
    missing_ms = target_ms - timeline.duration_ms
    if missing_ms > 0:
        timeline = build(choice, missing_ms, target_ms)
    return timeline if abs(target_ms - timeline.duration_ms) <= TOLERANCE_MS else None


def _locked(item: _Adjustable, choice: Choice) -> int:
    return whole_breaths(item.range, choice.ms(item.range, item.location), item.breath_ms) * item.times


def _adjustables(performed: list[Performed]) -> list[_Adjustable]:
    found: dict[SourceLocation, _Adjustable] = {}
    for item in performed:
        step = item.step
        if isinstance(step, ExerciseStep):
            range_, location, name = step.hold or step.duration, step.timing_location, step.exercise.id or "exercise"
        elif isinstance(step, (RestStep, ThermalStep)):
            range_ = step.duration
            location = step.timing_location if isinstance(step, ThermalStep) else step.location
            name = step.kind if isinstance(step, ThermalStep) else "rest"
        else:
            continue
        if range_ is None or range_.is_fixed:
            continue
        entry = found.setdefault(location, _Adjustable(range_, location, name))
        entry.times += (work_ms(item) - _released(item)) // item.length_ms
        if isinstance(step, ExerciseStep) and step.breathing and step.breathing.lock and step.hold:
            entry.breath_ms = step.breathing.cycle_ms
    return list(found.values())


def _released(item: Performed) -> int:
    """The pauses between held repetitions, which no range changes."""
    step = item.step
    if not isinstance(step, ExerciseStep) or step.reps is None or not step.hold:
        return 0
    reps = step.reps * 2 if step.sides == "alternate" else step.reps
    return step.release_ms * (reps - 1)


def _share(adjustable: list[_Adjustable], wanted_ms: int) -> dict[SourceLocation, int] | None:
    """A length for each range, together at most `wanted_ms` and nearly that; `None` if they cannot."""
    low_ms = sum(item.range.low_ms * item.times for item in adjustable)
    high_ms = sum(item.range.high_ms * item.times for item in adjustable)
    if not low_ms - TOLERANCE_MS <= wanted_ms <= high_ms + TOLERANCE_MS:
        return None
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


def _distinct_rounds(routine: Routine) -> list[float]:
    ranges = list(_round_ranges(routine.steps))
    seen: dict[tuple[int, ...], float] = {}
    widest = max((step.rounds.high - step.rounds.low for step in ranges), default=0)
    parts = min(widest, MOST_ROUNDS_TRIED - 1) or 1
    for fraction in sorted((part / parts for part in range(parts + 1)), key=lambda part: abs(part - 0.5)):
        seen.setdefault(tuple(Choice(rounds_fraction=fraction).rounds(step.rounds) for step in ranges), fraction)
    return list(seen.values())


def _round_ranges(steps: tuple[Step, ...]) -> Iterator[RepeatStep]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield step
            yield from _round_ranges(step.steps)


def _cannot(routine: Routine, target_ms: int, build: Build) -> FitError:
    spans = [_span_ms(build, fraction, target_ms) for fraction in _distinct_rounds(routine)]
    shortest, longest = min(low for low, _ in spans), max(high for _, high in spans)
    adjustable = _adjustables(expand(routine, Choice()))
    asked = format_duration(target_ms)
    if shortest == longest:
        hint = "No step has a range to choose from. Give one a range, such as `hold: 20-30 s`."
        return FitError(f"{routine.id} lasts {clock(shortest)} and cannot be made {asked}", hint=hint)
    message = f"{routine.id} cannot be made {asked}: it lasts from {clock(shortest)} to {clock(longest)}"
    hint = ""
    if adjustable and not shortest <= target_ms <= longest:
        low = target_ms < shortest
        held = max(adjustable, key=lambda item: (item.range.low_ms if low else item.range.high_ms) * item.times)
        end = (
            f"at least {format_duration(held.range.low_ms)}"
            if low
            else f"at most {format_duration(held.range.high_ms)}"
        )
        times = f", {held.times} times" if held.times > 1 else ""
        hint = f"What holds it most is `{held.name}` on line {held.location.line}: {end}{times}. "
    elif len(spans) > 1:
        hint = "A round more or less is too much of a step. "
    if (nearest_ms := _nearest_ms(routine, target_ms, build, spans)) is not None:
        hint += f'The nearest that can be met: --fit "{format_duration(nearest_ms)}"'
    return FitError(message, hint=hint.strip())


def _span_ms(build: Build, rounds_fraction: float, target_ms: int) -> tuple[int, int]:
    """The shortest and the longest with so many rounds."""
    ends = (Choice(fraction=end, round_to_ms=1, rounds_fraction=rounds_fraction) for end in (0.0, 1.0))
    low_ms, high_ms = (build(choice, 0, target_ms).duration_ms for choice in ends)
    return low_ms, high_ms


def _nearest_ms(routine: Routine, target_ms: int, build: Build, spans: list[tuple[int, int]]) -> int | None:
    """The length in whole seconds that is nearest to the wish, tried out before it is named."""
    ends = {-(-low // SECOND_MS) + margin for low, _ in spans for margin in MARGINS_S}
    ends |= {high // SECOND_MS - margin for _, high in spans for margin in MARGINS_S}
    for seconds in sorted(ends, key=lambda second: abs(second * SECOND_MS - target_ms)):
        tries = (
            _fit_with(routine, seconds * SECOND_MS, build, Choice(rounds_fraction=fraction))
            for fraction in _distinct_rounds(routine)
        )
        if any(tries):
            return seconds * SECOND_MS
    return None
