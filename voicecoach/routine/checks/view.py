"""A routine as the rules look at it: as performed and as written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from voicecoach.model import (
    DurationRange,
    ExerciseStep,
    Problem,
    RepeatStep,
    RestStep,
    Routine,
    SayStep,
    Severity,
    SourceLocation,
    Step,
)
from voicecoach.routine.rules import RULES
from voicecoach.units import format_duration

MAX_STEPS = 20_000
"""Repeats inside repeats multiply; the compiler refuses more than this."""


@dataclass(frozen=True, slots=True)
class View:
    """What every rule is given."""

    routine: Routine
    most: Sequence[Step]
    """As performed, with every repeat at its most rounds."""
    least: Sequence[Step]
    """As performed, with every repeat at its fewest."""
    written: Sequence[Step]
    """Each step once, those inside repeats too, and no repeat."""
    rounds: Mapping[SourceLocation, tuple[int, int]]
    """How often the step at a place is performed, at least and at most."""
    number_words: Mapping[str, int]

    @property
    def exercises(self) -> list[ExerciseStep]:
        """As written, each once."""
        return [step for step in self.written if isinstance(step, ExerciseStep)]

    def before_stop(self) -> list[Step]:
        """What is performed before the person goes and trains; all of it if they never do."""
        stops = [index for index, step in enumerate(self.most) if isinstance(step, SayStep) and step.stop]
        return list(self.most[: stops[0]] if stops else self.most)

    def has_stop(self) -> bool:
        return any(isinstance(step, SayStep) and step.stop for step in self.written)


def view_of(routine: Routine, number_words: Mapping[str, int]) -> View:
    return View(
        routine,
        most=list(islice(performed(routine.steps, lambda repeat: repeat.rounds.high), MAX_STEPS)),
        least=list(islice(performed(routine.steps, lambda repeat: repeat.rounds.low), MAX_STEPS)),
        written=list(_written(routine.steps)),
        rounds=dict(_rounds(routine.steps, 1, 1)),
        number_words=number_words,
    )


def performed(steps: Sequence[Step], rounds: Callable[[RepeatStep], int]) -> Iterator[Step]:
    """The steps one after another, each repeat going round as often as `rounds` says."""
    for step in steps:
        if not isinstance(step, RepeatStep):
            yield step
            continue
        for round_ in range(rounds(step)):
            if round_ and step.between:
                yield RestStep(duration=step.between, location=step.between_location)
            yield from performed(step.steps, rounds)


def _written(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield from _written(step.steps)
        else:
            yield step


def _rounds(steps: Sequence[Step], low: int, high: int) -> Iterator[tuple[SourceLocation, tuple[int, int]]]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield from _rounds(step.steps, low * step.rounds.low, high * step.rounds.high)
        else:
            yield step.location, (low, high)


def broken(
    rule: str, at: SourceLocation, message: str, hint: str, *, size: int = 0, severity: Severity | None = None
) -> Problem:
    severity = severity or RULES[rule].severity
    return Problem(rule=rule, severity=severity, message=message, location=at, hint=hint, size=size)


def key_of(step: ExerciseStep) -> object:
    """Equal for two steps that do the same exercise."""
    return step.exercise.id or tuple(step.exercise.name.by_language.values())


def name_of(step: ExerciseStep) -> str:
    return step.exercise.id or "“" + next(iter(step.exercise.name.by_language.values()), "?") + "”"


def shown(range_: DurationRange) -> str:
    low, high = format_duration(range_.low_ms), format_duration(range_.high_ms)
    return low if low == high else f"{low} to {high}"
