"""Performs a routine on paper: repeats, sides and ranges become steps that follow one another.

What comes out depends on the routine and the choice of lengths alone, never on the language or the voice, so that
the plan is the same in every language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
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
    SectionStep,
    Side,
    SilenceStep,
    Step,
    Text,
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
    return _numbered(_joined(performed))


def _steps(steps: tuple[Step, ...], choice: Choice, round_: int, rounds: int) -> Iterator[Performed]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield from _repeat(step, choice)
        elif isinstance(step, ExerciseStep):
            yield from _sets(step, choice, Performed(step=step, round=round_, rounds=rounds))
        elif isinstance(step, RestStep):
            yield replace(_rest(step, choice), round=round_, rounds=rounds)
        elif isinstance(step, ThermalStep):
            length_ms = choice.ms(step.duration, step.timing_location)
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
            rest = RestStep(duration=step.between, location=step.between_location)
            yield replace(_rest(rest, choice), round=round_ - 1, rounds=rounds)
        opening = True
        for item in _steps(step.steps, choice, round_, rounds):
            opens = opening and not isinstance(
                item.step, (RestStep, SilenceStep)
            )  # the round is named with what is done in it
            yield replace(item, opens_round=True) if opens else item
            opening = opening and not opens


def _rest(step: RestStep, choice: Choice) -> Performed:
    return Performed(step=step, length_ms=choice.rest_ms(step.duration, step.location))


def _sets(step: ExerciseStep, choice: Choice, of_round: Performed) -> Iterator[Performed]:
    for set_ in range(1, (step.sets or 1) + 1):
        if set_ > 1 and step.rest:
            rest = RestStep(duration=step.rest, location=step.rest_location)
            yield replace(_rest(rest, choice), round=of_round.round, rounds=of_round.rounds)
        yield from _sides(step, choice, replace(of_round, set=set_ if step.sets else None))


def _sides(step: ExerciseStep, choice: Choice, of_set: Performed) -> Iterator[Performed]:
    sides: dict[str, tuple[Side | None, ...]] = {"both": ("left", "right"), "left": ("left",), "right": ("right",)}
    for index, side in enumerate(sides.get(step.sides, (None,))):
        yield replace(
            of_set,
            side=side,
            second_side=index == 1,
            length_ms=choice.length_ms(step, side),
            right_ms=choice.length_ms(step, "right") if step.hold_right else 0,
            reps=choice.rounds(step.reps) if step.reps else 0,
            time_ms=choice.time_ms(step),
        )


# --- what depends on what comes before and after -------------------------------------------------------------


def _joined(performed: list[Performed]) -> list[Performed]:
    """Rests next to each other become one, and what is before and after a timed part is known."""
    found: list[Performed] = []
    for item in performed:
        if found and isinstance(item.step, RestStep) and isinstance(found[-1].step, RestStep):
            found[-1] = _together(found[-1], item)
        else:
            found.append(item)
    joined: list[Performed] = []
    for item, before, after in zip(found, _nearest(found), [*_nearest(found[::-1])][::-1], strict=True):
        if not isinstance(item.step, RestStep):
            leads_to = after if isinstance(item.step, SectionStep) else item
            joined.append(replace(item, after_rest=_leads_on(before, leads_to)))
        elif _leads_on(item, after):
            joined.append(replace(item, leads_on=True))
        elif item.length_ms:  # of no time at all there is nothing to hear
            joined.append(item)
    return joined


def _nearest(performed: Iterable[Performed]) -> Iterator[Performed | None]:
    """For each the one before it that is no heading, which takes no time between a rest and a timed part."""
    last: Performed | None = None
    for item in performed:
        yield last
        last = last if isinstance(item.step, SectionStep) else item


def _leads_on(item: Performed | None, after: Performed | None) -> bool:
    """Whether `item` is a rest, and `after` a timed part."""
    return (
        item is not None
        and after is not None
        and isinstance(item.step, RestStep)
        and isinstance(after.step, (ExerciseStep, ThermalStep))
    )


def _together(rest: Performed, more: Performed) -> Performed:
    assert isinstance(rest.step, RestStep)
    assert isinstance(more.step, RestStep)
    step = rest.step if rest.step.title else replace(rest.step, title=more.step.title)
    parts = (*(rest.parts or (rest,)), more)
    return replace(rest, step=step, length_ms=rest.length_ms + more.length_ms, parts=parts)


def _numbered(performed: list[Performed]) -> list[Performed]:
    """Gives each exercise its place among those that differ, and each performance its number: tips take turns."""
    steps = [item.step for item in performed if isinstance(item.step, ExerciseStep)]
    places = {key: place for place, key in enumerate(dict.fromkeys(map(_key, steps)), 1)}
    counts = Counter(map(_tips_key, steps))
    seen: Counter[object] = Counter()
    numbered = []
    before: ExerciseStep | None = None
    for item in performed:
        step = item.step
        if isinstance(step, ExerciseStep):
            keys = {
                "exercise": _key(step),
                "tips": _tips_key(step),
                "step": step.location,
                "side": _side_key(item, step),
            }
            times = {what: seen[what, key] for what, key in keys.items()}
            seen.update(keys.items())
            known = times["step"] > 0 or (before is not None and _is_the_same(before, step))
            item = replace(
                item,
                place=places[keys["exercise"]],
                again=times["exercise"] > 0,
                occurrence=times["tips"],
                occurrences=counts[keys["tips"]],
                step_again=times["step"] > 0,
                right_again=before is step and item.opens_round and item.rounds > 1,
                known=known,
                by_heart=known and (times["side"] > 1 or item.later_set),
            )
            before = step
        elif isinstance(step, (SayStep, ThermalStep)):
            before = None
        numbered.append(item)
    return numbered


def _key(step: ExerciseStep) -> object:
    """Equal for what a person takes for the same exercise: one that is given another name is another."""
    exercise = step.exercise
    name = tuple(exercise.name.by_language.items())
    return (exercise.id, name if step.named_own else None) if exercise.id else name


def _tips_key(step: ExerciseStep) -> object:
    return _key(step), tuple(tip.location for tip in step.exercise.tips)


def _side_key(item: Performed, step: ExerciseStep) -> object:
    return step.exercise.id or step.exercise.location, item.side


def _is_the_same(before: ExerciseStep, step: ExerciseStep) -> bool:
    """Whether nothing is new in how it is done."""
    one, other = before.exercise, step.exercise
    return _key(before) == _key(step) and all(
        _words(text) == _words(its)
        for text, its in (
            (one.setup, other.setup),
            (one.instruction, other.instruction),
            (one.caution, other.caution),
        )
    )


def _words(text: Text | None) -> object:
    return tuple(text.by_language.items()) if text else None
