"""Performs a routine on paper: repeats, sides and ranges become steps that follow one another.

What comes out depends on the routine and the choice of lengths alone, never on the language or the voice, so that
the plan is the same in every language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from voicecoach.compiler.choice import Choice, whole_breaths
from voicecoach.compiler.performed import Performed
from voicecoach.errors import RoutineError, assert_never
from voicecoach.model import (
    Exercise,
    ExerciseStep,
    Problem,
    RepeatStep,
    RestStep,
    Routine,
    SayStep,
    SectionStep,
    SilenceStep,
    Step,
    ThermalStep,
)

MAX_STEPS = 20_000
"""As performed. Repeats inside repeats multiply, and nobody does more than this."""


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
        elif isinstance(step, SilenceStep):
            yield Performed(step=step, length_ms=step.length_ms, round=round_, rounds=rounds)
        elif isinstance(step, (SayStep, SectionStep)):
            yield Performed(step=step, round=round_, rounds=rounds)
        else:
            assert_never(step)


def _repeat(step: RepeatStep, choice: Choice) -> Iterator[Performed]:
    rounds = choice.rounds(step.rounds)
    for round_ in range(1, rounds + 1):
        if round_ > 1 and step.between:
            rest = RestStep(duration=step.between, location=step.location)
            length_ms = choice.ms(step.between, step.location)
            yield Performed(step=rest, length_ms=length_ms, round=round_ - 1, rounds=rounds)
        opened = False
        for item in _steps(step.steps, choice, round_, rounds):
            opens = not opened and not isinstance(item.step, SilenceStep)  # in which no round is told
            opened = opened or opens
            yield replace(item, opens_round=True) if opens else item


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
