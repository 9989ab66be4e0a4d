"""A step as it is performed, and the times of its timed part."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.model import ExerciseStep, SayStep, Side, SingleStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """A step as it is performed: one side, one round."""

    step: SingleStep
    side: Side | None = None
    second_side: bool = False
    set: int | None = None
    """Which of the step's sets; `None` where it has none."""
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
    right_again: bool = False
    """The exercise performed before it is this very step, in the round before."""
    same_again: bool = False
    """The exercise performed before it is this one, as another step of the routine."""
    after_rest: bool = False
    """Of a timed part: a rest comes right before it."""
    leads_on: bool = False
    """Of a rest: a timed part comes right after it."""
    parts: tuple[Performed, ...] = ()
    """Of a rest that is several, written next to each other: each of them."""


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
