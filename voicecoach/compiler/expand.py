"""Performs a routine on paper: repeats, sides and ranges become steps that follow one another.

What comes out depends on the routine and the choice of lengths alone, never on the language or the voice, so that
the plan is the same in every language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from voicecoach.errors import RoutineError
from voicecoach.model import (
    CountRange,
    DurationRange,
    Exercise,
    ExerciseStep,
    Level,
    Problem,
    RepeatStep,
    RestStep,
    Routine,
    SayStep,
    Side,
    SourceLocation,
    Step,
    ThermalStep,
)

MAX_STEPS = 20_000
"""As performed. Repeats inside repeats multiply, and nobody does more than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How the ranges of a routine are decided."""

    fraction: float = 0.5
    """0 is the low end of every range, 1 the high end."""
    round_to_ms: int = 5000
    """Inside a range lengths are rounded to this, so that they are easily said."""
    chosen_ms: dict[SourceLocation, int] = field(default_factory=dict)
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

    def rounds(self, range_: CountRange) -> int:
        return range_.low + int(self.rounds_fraction * (range_.high - range_.low) + 0.5)


LEVEL_CHOICES: dict[Level, Choice] = {
    "gentle": Choice(fraction=0.0, round_to_ms=1, rounds_fraction=0.0),
    "normal": Choice(),
    "full": Choice(fraction=1.0, round_to_ms=1, rounds_fraction=1.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """A step as it is performed: one side, one round."""

    step: ExerciseStep | RestStep | ThermalStep | SayStep
    side: Side | None = None
    second_side: bool = False
    round: int = 1
    rounds: int = 1
    opens_round: bool = False
    """The first step of a round of a `repeat`."""
    length_ms: int = 0
    """Of one hold, of the whole set, of the rest or of the heat."""
    place: int = 0
    """Of an exercise among all that differ, from 1."""
    occurrence: int = 0
    """How often this exercise was performed before, each side and round for itself."""
    occurrences: int = 0
    """How often it is performed in all."""


def expand(routine: Routine, choice: Choice) -> list[Performed]:
    """Every step as performed. Raises `RoutineError` if there are more than anybody could do."""
    performed: list[Performed] = []
    for item in _steps(routine.steps, choice, 1, 1):
        performed.append(item)
        if len(performed) > MAX_STEPS:
            message = f"the repeats make more than {MAX_STEPS} steps"
            at = item.step.location
            raise RoutineError(
                [Problem(rule="too-long", severity="error", message=message, location=at, hint="Repeat less often.")]
            )
    return _numbered(performed)


def with_substitutes(routine: Routine, exercises: Mapping[str, Exercise]) -> Routine:
    """The routine with every exercise that names a gentler substitute replaced by it."""
    return replace(routine, steps=_gentler(routine.steps, exercises))


def _steps(steps: tuple[Step, ...], choice: Choice, round_: int, rounds: int) -> Iterator[Performed]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield from _repeat(step, choice)
        elif isinstance(step, ExerciseStep):
            yield from _sides(step, choice, round_, rounds)
        elif isinstance(step, (RestStep, ThermalStep)):
            location = step.timing_location if isinstance(step, ThermalStep) else step.location
            length_ms = choice.ms(step.duration, location)
            yield Performed(step=step, length_ms=length_ms, round=round_, rounds=rounds)
        else:
            yield Performed(step=step, round=round_, rounds=rounds)


def _repeat(step: RepeatStep, choice: Choice) -> Iterator[Performed]:
    rounds = choice.rounds(step.rounds)
    for round_ in range(1, rounds + 1):
        if round_ > 1 and step.between:
            rest = RestStep(duration=step.between, location=step.location)
            length_ms = choice.ms(step.between, step.location)
            yield Performed(step=rest, length_ms=length_ms, round=round_ - 1, rounds=rounds)
        for index, item in enumerate(_steps(step.steps, choice, round_, rounds)):
            yield replace(item, opens_round=True) if index == 0 else item


def _sides(step: ExerciseStep, choice: Choice, round_: int, rounds: int) -> Iterator[Performed]:
    range_ = step.hold or step.duration
    length_ms = choice.ms(range_, step.timing_location) if range_ else 0
    if step.breathing and step.breathing.lock and step.hold:
        length_ms = whole_breaths(step.hold, length_ms, step.breathing.cycle_ms)
    one = Performed(step=step, length_ms=length_ms, round=round_, rounds=rounds)
    if step.sides == "both":
        yield replace(one, side="left")
        yield replace(one, side="right", second_side=True)
    else:
        yield replace(one, side=step.sides if step.sides in ("left", "right") else None)


def whole_breaths(hold: DurationRange, length_ms: int, cycle_ms: int) -> int:
    """The length nearest to `length_ms` inside the range that is a whole number of breaths, if there is one."""
    nearest = max(1, round(length_ms / cycle_ms)) * cycle_ms
    for candidate in (nearest, nearest - cycle_ms, nearest + cycle_ms):
        if hold.low_ms <= candidate <= hold.high_ms:
            return candidate
    return length_ms


def _gentler(steps: tuple[Step, ...], exercises: Mapping[str, Exercise]) -> tuple[Step, ...]:
    gentler: list[Step] = []
    for step in steps:
        if isinstance(step, RepeatStep):
            step = replace(step, steps=_gentler(step.steps, exercises))
        elif isinstance(step, ExerciseStep) and step.exercise.easier:
            substitute = exercises.get(step.exercise.easier, step.exercise)
            # sides that only came from the exercise come from the substitute now
            sides = substitute.sides if step.sides == step.exercise.sides else step.sides
            step = replace(step, exercise=substitute, sides=sides)
        gentler.append(step)
    return tuple(gentler)


def _numbered(performed: list[Performed]) -> list[Performed]:
    """Gives each exercise its place among those that differ, and each performance its number: tips take turns."""
    counts = Counter(_key(item.step.exercise) for item in performed if isinstance(item.step, ExerciseStep))
    places = {key: place for place, key in enumerate(counts, 1)}
    seen: Counter[str] = Counter()
    numbered = []
    for item in performed:
        if isinstance(item.step, ExerciseStep):
            key = _key(item.step.exercise)
            item = replace(item, place=places[key], occurrence=seen[key], occurrences=counts[key])
            seen[key] += 1
        numbered.append(item)
    return numbered


def _key(exercise: Exercise) -> str:
    return exercise.id or str(exercise.location)


def work_ms(item: Performed) -> int:
    """The length of the timed part: get-ready time excluded."""
    step = item.step
    if isinstance(step, SayStep):
        return 0
    if not isinstance(step, ExerciseStep) or step.reps is None:
        return item.length_ms
    return rep_starts_ms(item)[-1] + rep_ms(item)


def rep_ms(item: Performed) -> int:
    """The length of one repetition: its hold, or up and down."""
    step = item.step
    assert isinstance(step, ExerciseStep)
    return item.length_ms if step.hold else step.tempo.up_ms + step.tempo.down_ms


def rep_starts_ms(item: Performed) -> list[int]:
    """Where each repetition starts, from the start of the set. `alternate` makes twice as many."""
    step = item.step
    assert isinstance(step, ExerciseStep)
    assert step.reps is not None
    reps = step.reps * 2 if step.sides == "alternate" else step.reps
    each = rep_ms(item) + (step.release_ms if step.hold else 0)
    return [index * each for index in range(reps)]
