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
    right_ms: int = 0
    """Of one hold on the right side, where it is meant to differ from the left."""
    reps: int = 0
    """How many repetitions, a side; 0 where there are none, or as many as one can."""
    time_ms: int = 0
    """How long there is for repetitions in one's own time; 0 where their number says it."""
    place: int = 0
    """Of an exercise among all that differ, from 1."""
    again: bool = False
    """The exercise was performed before."""
    occurrence: int = 0
    """How often it was performed before with these tips, each side and round for itself."""
    occurrences: int = 0
    """How often in all."""
    step_again: bool = False
    """Something of this very step was performed before: a side, a set or a round."""
    right_again: bool = False
    """The exercise performed before it is this very step, in the round before."""
    known: bool = False
    """How the exercise is done was explained: of this step, or of one right before it that does the same."""
    by_heart: bool = False
    """Once it was explained and once there was a reminder, on this side; or it is a later set."""
    after_rest: bool = False
    """Of a timed part: a rest comes right before it."""
    leads_on: bool = False
    """Of a rest: a timed part comes right after it."""
    parts: tuple[Performed, ...] = ()
    """Of a rest that is several, written next to each other: each of them."""

    @property
    def later_set(self) -> bool:
        """A set of the same came before it."""
        return (self.set or 1) > 1


def work_ms(item: Performed) -> int:
    """The length of the timed part: get-ready time excluded."""
    step = item.step
    if isinstance(step, SayStep):
        return 0
    if not isinstance(step, ExerciseStep) or step.work in ("hold", "duration"):
        return item.length_ms
    return item.time_ms or step.set_ms(item.reps, rep_ms(item))


def rep_ms(item: Performed) -> int:
    """The length of one repetition: its hold, or up and down. Who does it in their own time is given as much."""
    step = item.step
    assert isinstance(step, ExerciseStep)
    return item.length_ms if step.hold else step.tempo.each_ms


def rep_starts_ms(item: Performed) -> list[int]:
    """Where each repetition starts, from the start of the set. `alternate` makes twice as many."""
    step = item.step
    assert isinstance(step, ExerciseStep)
    each_ms = rep_ms(item) + step.between_ms
    return [index * each_ms for index in range(item.reps * step.a_side)]
