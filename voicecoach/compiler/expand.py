"""Performs a routine on paper: repeats, sides and ranges become steps that follow one another.

What comes out depends on the routine and the choice of lengths alone, never on the language or the voice, so that
the plan is the same in every language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from voicecoach.compiler.choice import Choice
from voicecoach.compiler.performed import Performed
from voicecoach.errors import RoutineError, assert_never
from voicecoach.model import (
    ExerciseStep,
    Problem,
    RepeatStep,
    RestStep,
    Routine,
    SayStep,
    Side,
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
        elif isinstance(step, SayStep):
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
        for index, item in enumerate(_steps(step.steps, choice, round_, rounds)):
            yield replace(item, opens_round=True) if index == 0 else item


def _sides(step: ExerciseStep, choice: Choice, round_: int, rounds: int) -> Iterator[Performed]:
    sides: dict[str, tuple[Side | None, ...]] = {"both": ("left", "right"), "left": ("left",), "right": ("right",)}
    for index, side in enumerate(sides.get(step.sides, (None,))):
        yield Performed(
            step=step,
            side=side,
            second_side=index == 1,
            length_ms=choice.length_ms(step, side),
            right_ms=choice.length_ms(step, "right") if step.hold_right else 0,
            reps=choice.rounds(step.reps) if step.reps else 0,
            time_ms=choice.time_ms(step),
            round=round_,
            rounds=rounds,
        )


def _numbered(performed: list[Performed]) -> list[Performed]:
    """Gives each exercise its place among those that differ, and each performance its number: tips take turns."""
    steps = [item.step for item in performed if isinstance(item.step, ExerciseStep)]
    places = {key: place for place, key in enumerate(dict.fromkeys(map(_key, steps)), 1)}
    counts = Counter(map(_tips_key, steps))
    seen: Counter[object] = Counter()
    numbered = []
    for item in performed:
        if isinstance(item.step, ExerciseStep):
            key, place = _tips_key(item.step), places[_key(item.step)]
            item = replace(item, place=place, occurrence=seen[key], occurrences=counts[key])
            seen[key] += 1
        numbered.append(item)
    return numbered


def _key(step: ExerciseStep) -> object:
    """Equal for what a person takes for the same exercise: one that is given another name is another."""
    exercise = step.exercise
    return exercise.id or exercise.location, tuple(exercise.name.by_language.items()) if step.named_own else None


def _tips_key(step: ExerciseStep) -> object:
    return _key(step), tuple(tip.location for tip in step.exercise.tips)
