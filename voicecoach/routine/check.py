"""The rules of the coaching: what the article advises, and what could harm. Each rule is one small function.

To add a rule: describe it in `rules`, write a generator of problems here, name it in `_CHECKS`, and break it in
tests/routine/test_check.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from voicecoach.model import (
    DurationRange,
    Exercise,
    ExerciseStep,
    Problem,
    RepeatStep,
    RestStep,
    Routine,
    SayStep,
    Severity,
    SourceLocation,
    Step,
    Text,
    ThermalStep,
)
from voicecoach.routine.rules import RULES
from voicecoach.units import format_duration

_S, _MIN = 1000, 60_000
STRETCH_MS = (20 * _S, 30 * _S)
PLANK_MS = (20 * _S, 30 * _S)
HEAT_BEFORE_MS = (10 * _MIN, 15 * _MIN)
ACTIVE_PART_MS = (5 * _MIN, 10 * _MIN)
HEAT_CAP_MS = 20 * _MIN
MAX_STEPS = 20_000
"""Repeats inside repeats multiply; the compiler refuses more than this."""

_FAST = re.compile(r"\b(fast|quick|sprint\w*|interval\w*|hiit|tabata|burpees?|jump\w*|hurtig\w*|spurt\w*)\b", re.I)
_TIME = re.compile(
    r"\b(?:(\d+)\s*[-–]\s*)?(\d+|[^\W\d_]+(?:-[^\W\d_]+)?)\s+(s|sek|sec|sekunder|sekund|seconds?|min|minutter|minut|minutes?)\b",
    re.I,
)
_BOTH_SIDES = re.compile(r"\b(begge sider|hver side|both sides|each side|either side)\b", re.I)


def check(routine: Routine, number_words: Mapping[str, int]) -> list[Problem]:
    """Every rule that the routine breaks, in the order of the lines. `number_words`: “tyve” → 20, in any language."""
    performed = list(islice(_performed(routine.steps), MAX_STEPS))
    view = _View(routine, performed, list(_written(routine.steps)), number_words)
    problems = [problem for rule in _CHECKS for problem in rule(view)]
    unique = list(dict.fromkeys(problems))
    return sorted(unique, key=lambda problem: (problem.location.line, problem.location.column))


@dataclass(frozen=True, slots=True)
class _View:
    """The routine as the rules look at it."""

    routine: Routine
    steps: Sequence[Step]
    """As performed, with every round of a repeat at its most."""
    exercises: Sequence[ExerciseStep]
    """As written, each once."""
    number_words: Mapping[str, int]


def _performed(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        if not isinstance(step, RepeatStep):
            yield step
            continue
        for round_ in range(step.rounds.high):
            if round_ and step.between:
                yield RestStep(duration=step.between, location=step.location)
            yield from _performed(step.steps)


def _written(steps: Sequence[Step]) -> Iterator[ExerciseStep]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield from _written(step.steps)
        elif isinstance(step, ExerciseStep):
            yield step


def _broken(rule: str, at: SourceLocation, message: str, hint: str, severity: Severity | None = None) -> Problem:
    severity = severity or RULES[rule].severity
    return Problem(rule=rule, severity=severity, message=message, location=at, hint=hint)


# --- stretching and strength ---------------------------------------------------------------------------------


def _stretch_in_warm_up(view: _View) -> Iterator[Problem]:
    steps = list(view.steps)
    if view.routine.phase == "mixed":  # what comes before “train now” is the warm-up
        stops = [index for index, step in enumerate(steps) if isinstance(step, SayStep) and step.stop]
        steps = steps[: stops[0]] if stops else []
    elif view.routine.phase != "warm-up":
        steps = []
    for step in steps:
        if isinstance(step, ExerciseStep) and step.exercise.kind == "stretch":
            message = f"{_name(step)} is a static stretch in a warm-up"
            yield _broken("static-stretch-in-warm-up", step.location, message, "Use a mobility exercise instead.")


def _stretch_before_warmth(view: _View) -> Iterator[Problem]:
    for step in view.steps:
        if isinstance(step, ThermalStep) and step.kind == "heat":
            return
        if isinstance(step, ExerciseStep) and step.exercise.kind in ("cardio", "mobility", "strength"):
            return
        if isinstance(step, ExerciseStep) and step.exercise.kind == "stretch":
            if view.routine.phase != "warm-up":  # there the other rule says it
                message = f"{_name(step)} stretches before anything has warmed the body"
                yield _broken("stretch-before-warmth", step.location, message, "Begin with easy movement.")
            return


def _stretch_hold(view: _View) -> Iterator[Problem]:
    for step in view.exercises:
        if step.exercise.kind == "stretch":
            yield from _outside("stretch-hold-range", step, step.hold or step.duration, STRETCH_MS, "the stretch")


def _plank_hold(view: _View) -> Iterator[Problem]:
    for step in view.exercises:
        names = " ".join([step.exercise.id or "", *step.exercise.name.by_language.values()])
        if re.search(r"plank", names, re.I):
            yield from _outside("plank-hold-range", step, step.hold or step.duration, PLANK_MS, "the plank")


def _outside(
    rule: str, step: ExerciseStep, range_: DurationRange | None, bounds: tuple[int, int], what: str
) -> Iterator[Problem]:
    if range_ and not (bounds[0] <= range_.low_ms and range_.high_ms <= bounds[1]):
        message = f"{what} is held for {_shown(range_)}"
        hint = f"The article: {format_duration(bounds[0])} to {format_duration(bounds[1])}."
        yield _broken(rule, step.timing_location, message, hint)


def _intensity(view: _View) -> Iterator[Problem]:
    if view.routine.phase in ("cool-down", "heat", "screening"):
        return
    for step in view.exercises:
        exercise = step.exercise
        fast = exercise.kind == "cardio" and (exercise.intensity == "hard" or _sounds_fast(exercise))
        if exercise.kind == "strength" or fast:
            message = f"{_name(step)} comes before any easy movement"
            hint = "Start slowly: put mobility or easy cardio before it."
            yield _broken("intensity-starts-high", step.location, message, hint)
            return
        if exercise.kind in ("mobility", "cardio"):
            return


def _sounds_fast(exercise: Exercise) -> bool:
    return exercise.intensity is None and any(_FAST.search(name) for name in exercise.name.by_language.values())


def _active_part(view: _View) -> Iterator[Problem]:
    if view.routine.phase != "cool-down":
        return
    active: list[ExerciseStep] = []
    for step in view.steps:
        if isinstance(step, ThermalStep) or (isinstance(step, ExerciseStep) and step.exercise.kind == "stretch"):
            break
        if isinstance(step, ExerciseStep) and step.exercise.kind in ("cardio", "mobility", "breathing"):
            active.append(step)
    low, high = ACTIVE_PART_MS
    hint = "The article: 5–10 minutes of light movement before the stretches."
    moving = [step for step in active if step.exercise.kind != "breathing"]
    if not active:
        message = "the cool-down does not begin with an active part"
        yield _broken("cool-down-active-part", view.routine.location, message, hint)
    elif not any(low <= _sum(part, 0) and _sum(part, 1) <= high for part in (active, moving)):
        message = f"the active part lasts {_shown(DurationRange(low_ms=_sum(active, 0), high_ms=_sum(active, 1)))}"
        yield _broken("cool-down-active-part", active[0].timing_location, message, hint)


def _sum(steps: Sequence[ExerciseStep], end: int) -> int:
    return sum(_length_ms(step)[end] for step in steps)


def _length_ms(step: ExerciseStep) -> tuple[int, int]:
    """The shortest and the longest the step may last, all sides and repetitions."""
    each = step.hold or step.duration
    low, high = (each.low_ms, each.high_ms) if each else (step.tempo.up_ms + step.tempo.down_ms,) * 2
    times = (step.reps or 1) * (2 if step.sides == "both" or (step.reps and step.sides == "alternate") else 1)
    return low * times, high * times


# --- heat ----------------------------------------------------------------------------------------------------


def _heat_before(view: _View) -> Iterator[Problem]:
    if view.routine.phase in ("cool-down", "screening"):
        return
    low, high = HEAT_BEFORE_MS
    for step in view.steps:
        if isinstance(step, (ExerciseStep, SayStep)) and (isinstance(step, ExerciseStep) or step.stop):
            return
        if not isinstance(step, ThermalStep) or step.kind != "heat" or step.contrast_rounds:
            continue
        if not (low <= step.duration.low_ms and step.duration.high_ms <= high):
            alone = view.routine.phase == "heat"
            message = f"heat before training lasts {_shown(step.duration)}"
            hint = "The article: 10–15 minutes." + (" It gives no length for heat after training." if alone else "")
            severity: Severity = "warning" if alone else "error"
            yield _broken("heat-before-range", step.timing_location, message, hint, severity)


def _heat_cap(view: _View) -> Iterator[Problem]:
    total_ms = 0
    for step in view.steps:
        if isinstance(step, ThermalStep) and step.kind == "heat":
            total_ms += step.duration.high_ms
            if total_ms > HEAT_CAP_MS:
                message = f"{format_duration(total_ms)} of heat without a break"
                hint = f"At most {format_duration(HEAT_CAP_MS)}; then a rest, or something else."
                yield _broken("heat-over-20-min", step.timing_location, message, hint)
                total_ms = 0
        elif not isinstance(step, SayStep):
            total_ms = 0


def _heat_caution(view: _View) -> Iterator[Problem]:
    if not view.routine.heat_caution:
        for step in view.steps:
            if isinstance(step, ThermalStep):
                message = "the 24-hour caution is turned off before heat"
                yield _broken(
                    "heat-caution-off", view.routine.heat_caution_location, message, "Delete `heat caution`."
                )
                return


# --- texts, sides and rests ----------------------------------------------------------------------------------


def _texts(view: _View) -> Iterator[Problem]:
    for step in view.exercises:
        exercise = step.exercise
        texts = [exercise.setup, exercise.instruction, exercise.caution, *exercise.tips]
        for text in texts:
            for said in text.by_language.values() if text else ():
                yield from _contradictions(view, step, text, said)  # type: ignore[arg-type]


def _contradictions(view: _View, step: ExerciseStep, text: Text, said: str) -> Iterator[Problem]:
    at = text.location if step.exercise.id is None else step.location
    for match in _TIME.finditer(said):
        number = view.number_words.get(match.group(2).lower()) or _int(match.group(2))
        size = _MIN if match.group(3).lower().startswith("min") else _S
        if number is not None and not _does(step, number * size):
            message = f"a text says “{match.group()}”, and the step does something else"
            yield _broken("text-contradicts-timing", at, message, "Leave the time out: the coach says it.")
    if (sides := _BOTH_SIDES.search(said)) and step.sides in ("none", "left", "right"):
        message = f"a text says “{sides.group()}”, and the step is done with `sides: {step.sides}`"
        yield _broken("text-contradicts-timing", at, message, "Write `sides: both`, or leave it out of the text.")


def _int(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _does(step: ExerciseStep, ms: int) -> bool:
    """Whether anything in the step lasts that long."""
    lengths = [step.tempo.up_ms, step.tempo.down_ms] if step.reps and not step.hold else []
    if step.breathing:
        lengths += [
            step.breathing.in_ms,
            step.breathing.out_ms,
            step.breathing.hold_in_ms,
            step.breathing.hold_out_ms,
        ]
    ranges = [range_ for range_ in (step.hold, step.duration) if range_]
    return ms in lengths or any(range_.low_ms <= ms <= range_.high_ms for range_ in ranges)


def _sides(view: _View) -> Iterator[Problem]:
    done = {(_key(step), step.sides) for step in view.exercises}
    for step in view.exercises:
        other = {"left": "right", "right": "left"}.get(step.sides)
        if other and (_key(step), other) not in done and (_key(step), "both") not in done:
            message = f"{_name(step)} is done on the {step.sides} and never on the {other}"
            yield _broken(
                "sides-never-changed", step.location, message, "Write `sides: both`, or add the other side."
            )


def _rest_at_end(view: _View) -> Iterator[Problem]:
    if view.steps and isinstance(view.steps[-1], RestStep):
        message = "nothing comes after this rest"
        yield _broken("rest-at-end", view.steps[-1].location, message, "Delete it.")


def _key(step: ExerciseStep) -> object:
    return step.exercise.id or tuple(step.exercise.name.by_language.values())


def _name(step: ExerciseStep) -> str:
    return step.exercise.id or "“" + next(iter(step.exercise.name.by_language.values()), "?") + "”"


def _shown(range_: DurationRange) -> str:
    low, high = format_duration(range_.low_ms), format_duration(range_.high_ms)
    return low if low == high else f"{low} to {high}"


_CHECKS = (
    _stretch_in_warm_up,
    _stretch_before_warmth,
    _stretch_hold,
    _plank_hold,
    _intensity,
    _active_part,
    _heat_before,
    _heat_cap,
    _heat_caution,
    _texts,
    _sides,
    _rest_at_end,
)
