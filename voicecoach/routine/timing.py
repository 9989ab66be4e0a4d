"""How long an exercise step lasts and how it is paced: what its keys say together, and which of them say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from voicecoach.model import (
    Breathing,
    CountRange,
    DurationRange,
    Exercise,
    Problem,
    Repetitions,
    Sides,
    SourceLocation,
)
from voicecoach.routine import documents as shape
from voicecoach.routine.faults import wrong
from voicecoach.routine.maker import Maker
from voicecoach.routine.values import Held
from voicecoach.routine.yaml_tree import Path

USUAL_BREATH = "`breathing: {in: 4 s, out: 6 s}`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What fills the timed part of a step."""

    hold: DurationRange | None
    hold_right: DurationRange | None
    in_breaths: bool
    duration: DurationRange | None
    reps: Repetitions | None
    own: bool
    """In one's own time."""
    sides: Sides
    breathing: Breathing | None
    location: SourceLocation

    @property
    def is_paced(self) -> bool:
        return self.reps is not None and not self.own


def timing_of(maker: Maker, found: shape.ExerciseStepShape, exercise: Exercise, path: Path) -> Timing:
    breathing = _breathing(found.breathing)
    hold = hold_right = None
    if found.hold:
        hold, hold_right, breathing = _held(maker, found.hold, breathing, path)
    duration, reps = found.duration, found.reps
    if (found.hold, duration, reps) == (None, None, None):
        hold, duration, reps = exercise.hold, exercise.duration, exercise.reps
    location = _check(maker, [key for key, value in (("hold", hold), ("reps", reps)) if value], duration, found, path)
    sides = found.sides or exercise.sides
    if hold_right:
        _check_sides(maker, found, path)
        sides = "both"
    own = reps is not None and (found.pace == "own" or found.time is not None or reps == "max")
    return Timing(
        hold=hold,
        hold_right=hold_right,
        in_breaths=found.hold is not None and isinstance(found.hold.left, CountRange),
        duration=duration,
        reps=reps,
        own=own,
        sides=sides,
        breathing=breathing,
        location=location,
    )


def _breathing(found: shape.BreathingShape | None) -> Breathing | None:
    if found is None:
        return None
    return Breathing(
        in_ms=found.in_, out_ms=found.out, hold_in_ms=found.hold_in, hold_out_ms=found.hold_out, lock=found.lock
    )


def _held(
    maker: Maker, found: Held, breathing: Breathing | None, path: Path
) -> tuple[DurationRange | None, DurationRange | None, Breathing | None]:
    """The times of a hold: breaths are as long as the breathing beside them says, and all of them are led."""
    written = [value for value in (found.left, found.right) if value]
    if not any(isinstance(value, CountRange) for value in written):
        left, right = _in_time(found.left, 0), _in_time(found.right, 0)
        return left, right, breathing
    if breathing is None:
        at, message = maker.tree.key_at((*path, "hold")), "nobody says how long a breath is"
        maker.problems.append(wrong("breaths", message, at, f"Add {USUAL_BREATH} beside it."))
        breathing = Breathing(in_ms=4000, out_ms=6000)  # so that the rest is judged all the same
    cycle_ms = breathing.cycle_ms
    return _in_time(found.left, cycle_ms), _in_time(found.right, cycle_ms), replace(breathing, lock=True)


def _in_time(value: DurationRange | CountRange | None, cycle_ms: int) -> DurationRange | None:
    if isinstance(value, CountRange):
        return DurationRange(low_ms=value.low * cycle_ms, high_ms=value.high * cycle_ms)
    return value


def _check(
    maker: Maker,
    others: list[str],
    duration: DurationRange | None,
    found: shape.ExerciseStepShape,
    path: Path,
) -> SourceLocation:
    """Whether the step says one length; where it says it."""
    at = maker.tree.at(path)
    if duration is None and not others:
        hint = "Add `hold: 20-30 s`, `duration: 5 min` or `reps: 10`."
        if found.time or found.pace:
            hint = "`pace` and `time` are for repetitions: add `reps: 10` or `reps: max`, or write `duration: 45 s`."
        maker.problems.append(wrong("no-length", "the step does not say how long or how often", at, hint))
    elif duration is not None and others:
        other = others[0]
        hint = f"Keep `duration` (a set that goes on) or `{other}`."
        if other == "reps":
            hint = (
                "Keep `duration` (a set that goes on) or `reps`; `time` beside `reps` is how long there is for them."
            )
        at = maker.tree.key_at((*path, "duration"))
        maker.problems.append(wrong("two-lengths", f"`duration` and `{other}` both say how long", at, hint))
    for key in ("hold", "duration", "reps"):
        if (*path, key) in maker.tree.keys:
            return maker.tree.key_at((*path, key))
    return at


def _check_sides(maker: Maker, found: shape.ExerciseStepShape, path: Path) -> None:
    if found.sides not in (None, "both"):
        at = maker.tree.at((*path, "sides"))
        message = f"`hold` has a left and a right, and the step is done with `sides: {found.sides}`"
        hint = "Write `sides: both`, or leave it out: all of the left, then all of the right."
        maker.problems.append(wrong("hold-sides", message, at, hint))


def check_ignored(maker: Maker, found: shape.ExerciseStepShape, timing: Timing, path: Path) -> None:
    """A key that changes nothing here is a wish that would be lost without a word."""
    maker.problems += [ignored(maker, key, hint, path) for key, hint in _ignored(found, timing)]


def ignored(maker: Maker, key: str, hint: str, path: Path) -> Problem:
    at, message = maker.tree.key_at((*path, key)), f"`{key}` changes nothing in this step"
    return Problem(rule="ignored-key", severity="warning", message=message, location=at, hint=hint)


def _ignored(found: shape.ExerciseStepShape, timing: Timing) -> Iterator[tuple[str, str]]:
    repeated, held, paced = timing.reps is not None, timing.hold is not None, timing.is_paced
    own = "In one's own time nobody is paced: leave it out, or leave out `pace` and `time`."
    if not repeated and not held and timing.duration is None:
        return  # it says no length at all, which was told
    if found.pace and not repeated:
        yield "pace", "It is for repetitions: add `reps`."
    if found.time and not repeated:
        yield "time", "It is how long there is for repetitions: add `reps`, or write `duration`."
    if not paced or held:
        of_held = "A repetition that is held has `hold` and `release`." if paced else ""
        if found.tempo and not paced:
            yield "tempo", own if timing.own else "It paces repetitions: add `reps`."
        if found.words is not None:
            yield (
                "words",
                of_held or (own if timing.own else "They are said on the halves of a repetition: add `reps`."),
            )
    if found.rest is not None and found.sets is None:
        yield "rest", "It is between sets: add `sets: 3`, or make it a step of its own: `- rest: …`."
    if found.release is not None and not (repeated and held):
        yield "release", "It comes between held repetitions: add `reps`" + (" and `hold`." if repeated else ".")
    if found.breathing and repeated:
        yield "breathing", "It paces one hold or one set, not repetitions."
    if found.count and paced and not held:
        yield "count", "It counts the seconds of a hold or a set; repetitions have their numbers."
    if found.count and timing.own and not found.time:
        yield "count", "Nobody knows when it is over: add `time: 45 s`."
    if found.halfway is not False and timing.own and not found.time:
        yield "halfway", "Nobody knows when that is: add `time: 45 s`."
    if found.at and timing.own and not found.time:
        yield "at", "Nobody knows when it is over: add `time: 45 s`."
    if found.change is not None and timing.sides != "both":
        yield "change", "It is the time to change sides: write `sides: both`."
