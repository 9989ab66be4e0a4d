"""Which lengths a routine can be given: tried out, so that what is told can be had.

With a number of rounds the lengths that can be met lie in one stretch, from about the low ends of all ranges to about
their high ends. The words move its ends by a second or two, so those are searched.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from voicecoach.advice import Advice, Option
from voicecoach.compiler.choice import Choice
from voicecoach.compiler.expand import expand
from voicecoach.compiler.share import SECOND_MS, Build, adjustables, meet
from voicecoach.errors import FitError
from voicecoach.model import CountRange, ExerciseStep, RepeatStep, Routine, Step
from voicecoach.units import clock, format_duration

MOST_ROUNDS_TRIED = 13
"""Of a `repeat` whose range is wider, so many numbers of rounds, evenly spread, are tried."""
OUTSIDE_S, INSIDE_S = 3, 12
"""How far outside and inside of where an end should be it is searched."""
FARTHEST_S = 60
"""How far from a wish, inside the stretch that should hold it, a length is looked for."""
MOST_TOLD = 3
"""More stretches than these are told as one with gaps."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lengths that can be met, in whole seconds."""

    low_s: int
    high_s: int

    def __str__(self) -> str:
        if self.low_s == self.high_s:
            return clock(self.low_s * SECOND_MS)
        return f"from {clock(self.low_s * SECOND_MS)} to {clock(self.high_s * SECOND_MS)}"


def distinct_rounds(routine: Routine) -> list[float]:
    """The fractions of `Choice.rounds` that give different numbers of rounds, the middle first."""
    ranges = [range_ for range_, _ in count_ranges(routine.steps)]
    seen: dict[tuple[int, ...], float] = {}
    widest = max((range_.high - range_.low for range_ in ranges), default=0)
    parts = min(widest, MOST_ROUNDS_TRIED - 1) or 1
    for fraction in sorted((part / parts for part in range(parts + 1)), key=lambda part: abs(part - 0.5)):
        seen.setdefault(tuple(Choice(rounds_fraction=fraction).rounds(range_) for range_ in ranges), fraction)
    return list(seen.values())


def count_ranges(steps: tuple[Step, ...]) -> Iterator[tuple[CountRange, Step]]:
    """How often something is done, where that changes the length: rounds, and repetitions without a time."""
    for step in steps:
        if isinstance(step, RepeatStep):
            yield step.rounds, step
            yield from count_ranges(step.steps)
        elif isinstance(step, ExerciseStep) and step.reps and not step.time:
            yield step.reps, step


def cannot(routine: Routine, target_ms: int, build: Build) -> FitError:
    """The refusal: which lengths can be met, which is the nearest, and why."""
    asked, adjustable = format_duration(target_ms), adjustables(expand(routine, Choice()))
    rounds = [(range_, step) for range_, step in count_ranges(routine.steps) if not range_.is_fixed]
    if not adjustable and not rounds:
        lasts = clock(build(Choice(), 0, target_ms).duration_ms)
        hint = "No step has a range to choose from. Give one a range, such as `hold: 20-30 s`."
        return FitError(f"{routine.id} lasts {lasts} and cannot be made {asked}", hint=hint)
    stretches = _merged(_stretches(routine, target_ms, build))
    message = f"{routine.id} cannot be made {asked}"
    if not stretches:
        return FitError(
            message, hint=Advice("None of the lengths that were tried can be met; see ", Option("level"), ".")
        )
    shortest_ms, longest_ms = stretches[0].low_s * SECOND_MS, stretches[-1].high_s * SECOND_MS
    hint = ""
    if adjustable and not shortest_ms <= target_ms <= longest_ms:
        low = target_ms < shortest_ms
        held = max(adjustable, key=lambda item: (item.range.low_ms if low else item.range.high_ms) * item.times)
        end_ms = held.range.low_ms if low else held.range.high_ms
        times = f", {held.times} times" if held.times > 1 else ""
        bound = f"at {'least' if low else 'most'} {format_duration(end_ms)}{times}"
        hint = f"What holds it most is `{held.name}` on line {held.location.line}: {bound}. "
    elif any(stretch.low_s * SECOND_MS < target_ms < stretch.high_s * SECOND_MS for stretch in stretches):
        hint = "With exactly that length the words do not come out even. "
    elif rounds:
        _, widest = max(rounds, key=lambda found: found[0].high - found[0].low)
        thing, of = ("round", "repeat") if isinstance(widest, RepeatStep) else ("repetition", "step")
        hint = f"A {thing} more or less of the {of} on line {widest.location.line} is too much of a step. "
    nearest_s = _nearest(routine, target_ms, build, stretches)
    fits = Option("fit", format_duration(nearest_s * SECOND_MS))
    hint = Advice(hint, "The nearest that can be met: ", fits)
    return FitError(f"{message}: it lasts {_told(stretches)}", hint=hint)


def _told(stretches: list[Stretch]) -> str:
    if len(stretches) > MOST_TOLD:
        return f"{Stretch(stretches[0].low_s, stretches[-1].high_s)}, with gaps"
    *others, last = map(str, stretches)
    return f"{', '.join(others)} or {last}" if others else last


def _stretches(routine: Routine, target_ms: int, build: Build) -> Iterator[Stretch]:
    for fraction in distinct_rounds(routine):

        def met(seconds: int, fraction: float = fraction) -> bool:
            choice = Choice(rounds_fraction=fraction)
            return meet(routine, seconds * SECOND_MS, build, choice) is not None

        low_ms, high_ms = (_end_ms(routine, build, fraction, end, target_ms) for end in (0.0, 1.0))
        low_s = _first(met, low_ms // SECOND_MS - OUTSIDE_S, 1)
        high_s = _first(met, math.ceil(high_ms / SECOND_MS) + OUTSIDE_S, -1)
        if low_s is not None and high_s is not None and low_s <= high_s:
            yield Stretch(low_s, high_s)


def _end_ms(routine: Routine, build: Build, rounds_fraction: float, end: float, told_ms: int) -> int:
    """The length with every range at that end, when the introduction tells it."""
    choice = Choice(rounds_fraction=rounds_fraction)
    chosen = {item.location: item.at(end) for item in adjustables(expand(routine, choice))}
    choice = replace(choice, chosen_ms=chosen)  # just as `meet` says it, so that it is compiled once for both
    return build(choice, 0, build(choice, 0, told_ms).duration_ms).duration_ms


def _first(met: Callable[[int], bool], start_s: int, step: int) -> int | None:
    """The first length that can be met, searched inwards."""
    tried = range(start_s, start_s + step * (OUTSIDE_S + INSIDE_S + 1), step)
    return next((seconds for seconds in tried if seconds > 0 and met(seconds)), None)


def _merged(found: Iterator[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for stretch in sorted(found, key=lambda stretch: stretch.low_s):
        if merged and stretch.low_s <= merged[-1].high_s + 1:
            merged[-1] = Stretch(merged[-1].low_s, max(merged[-1].high_s, stretch.high_s))
        else:
            merged.append(stretch)
    return merged


def _nearest(routine: Routine, target_ms: int, build: Build, stretches: list[Stretch]) -> int:
    """The length in whole seconds that is nearest to the wish."""
    wish_s = target_ms / SECOND_MS
    ends = [end for stretch in stretches for end in (stretch.low_s, stretch.high_s)]
    near = min(ends, key=lambda end_s: abs(end_s - wish_s))
    if not any(stretch.low_s < wish_s < stretch.high_s for stretch in stretches):
        return near
    around = range(math.floor(wish_s) - FARTHEST_S, math.ceil(wish_s) + FARTHEST_S + 1)
    for seconds in sorted(around, key=lambda second: abs(second - wish_s)):  # a hole: the words leave no room for it
        if seconds == near or (seconds > 0 and _met_somehow(routine, seconds, build)):
            return seconds
    return near


def _met_somehow(routine: Routine, seconds: int, build: Build) -> bool:
    choices = (Choice(rounds_fraction=fraction) for fraction in distinct_rounds(routine))
    return any(meet(routine, seconds * SECOND_MS, build, choice) for choice in choices)
