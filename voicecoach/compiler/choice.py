"""How the ranges of a routine are decided: what a level, or a chosen length, makes of `20-30 s` and `2-4` rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from voicecoach.model import CountRange, DurationRange, ExerciseStep, Level, Side, SourceLocation
from voicecoach.model.routine import MAX_REPS_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How the ranges of a routine are decided."""

    fraction: float = 0.5
    """0 is the low end of every range, 1 the high end."""
    round_to_ms: int = 5000
    """Inside a range lengths are rounded to this, so that they are easily said."""
    chosen_ms: Mapping[SourceLocation, int] = field(default_factory=dict)
    """Lengths decided one by one, by where they are written: a chosen length for the whole needs them."""
    rounds_fraction: float = 0.5

    def ms(self, range_: DurationRange, location: SourceLocation) -> int:
        if range_.is_fixed:
            return range_.low_ms
        if location in self.chosen_ms:
            return self.chosen_ms[location]
        wanted = range_.low_ms + self.fraction * (range_.high_ms - range_.low_ms)
        rounded = int(wanted / self.round_to_ms + 0.5) * self.round_to_ms
        return min(max(rounded, range_.low_ms), range_.high_ms)

    def rest_ms(self, range_: DurationRange, location: SourceLocation) -> int:
        """Of a rest: who wants it gentle rests longer."""
        return replace(self, fraction=1 - self.fraction).ms(range_, location)

    def length_ms(self, step: ExerciseStep, side: Side | None) -> int:
        """Of one hold, or of the whole set; 0 where only the number of repetitions says it."""
        range_, location = step.holds_on(side)
        length_ms = self.ms(range_, location) if range_ else 0
        if range_ and step.hold and step.breathing and step.breathing.lock:
            return whole_breaths(range_, length_ms, step.breathing.cycle_ms)
        return length_ms

    def time_ms(self, step: ExerciseStep) -> int:
        """How long there is for repetitions in one's own time, where it is not their number that says it."""
        if step.time:
            return self.ms(step.time, step.time_location)
        return MAX_REPS_MS if step.own and step.reps is None else 0

    def rounds(self, range_: CountRange) -> int:
        return range_.low + int(self.rounds_fraction * (range_.high - range_.low) + 0.5)


LEVEL_CHOICES: Mapping[Level, Choice] = {
    "gentle": Choice(fraction=0.0, round_to_ms=1, rounds_fraction=0.0),
    "normal": Choice(),
    "full": Choice(fraction=1.0, round_to_ms=1, rounds_fraction=1.0),
}


def whole_breaths(hold: DurationRange, length_ms: int, cycle_ms: int) -> int:
    """The length nearest to `length_ms` inside the range that is a whole number of breaths, if there is one."""
    nearest = max(1, round(length_ms / cycle_ms)) * cycle_ms
    for candidate in (nearest, nearest - cycle_ms, nearest + cycle_ms):
        if hold.low_ms <= candidate <= hold.high_ms:
            return candidate
    return length_ms
