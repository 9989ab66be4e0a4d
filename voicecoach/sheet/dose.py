"""How much of an exercise: the facts under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from voicecoach.compiler.choice import Choice
from voicecoach.compiler.performed import Performed
from voicecoach.model import Breathing, ExerciseStep, Text
from voicecoach.sheet.sheet import Fact
from voicecoach.sheet.words import Words
from voicecoach.units import format_duration


def dose(
    words: Words, step: ExerciseStep, item: Performed, choice: Choice, text: Callable[[Text], str]
) -> Iterator[Fact]:
    """`item` is the step as it is performed first: all others differ in the side and the set alone."""
    if step.sets and step.sets > 1:
        yield Fact(label=words.say("sets"), value=_sets(words, step, choice))
    yield from _amount(words, step, item)
    if step.sides != "none":
        limb = text(step.exercise.limb) if step.exercise.limb else ""
        yield Fact(label=words.say("sides"), value=_sides(words, step, limb))
    if step.load:
        yield Fact(label=words.say("load"), value=text(step.load))
    if step.work == "reps" and not step.hold:
        up, down = format_duration(step.tempo.up_ms), format_duration(step.tempo.down_ms)
        yield Fact(label=words.say("tempo"), value=words.say("up-down", up=up, down=down))
    if step.breathing and step.work in ("hold", "duration"):
        yield Fact(label=words.say("breathing"), value=_breath(words, step.breathing))
    if step.halfway_text:
        yield Fact(label=words.say("halfway"), value=text(step.halfway_text))
    if step.note:
        yield Fact(label=words.say("note"), value=text(step.note))


def _sets(words: Words, step: ExerciseStep, choice: Choice) -> str:
    rest_ms = choice.rest_ms(step.rest, step.rest_location) if step.rest else 0
    between = f", {words.say('between', time=format_duration(rest_ms))}" if rest_ms else ""
    return f"{step.sets}{between}"


def _amount(words: Words, step: ExerciseStep, item: Performed) -> Iterator[Fact]:
    each = _length(words, step, item)
    if step.work == "hold":
        yield Fact(label=words.say("hold"), value=each)
    elif step.work == "duration":
        yield Fact(label=words.say("duration"), value=each)
    else:
        reps = str(item.reps) if step.reps else words.say("max")
        held = words.say("reps-held", reps=reps, time=each) if step.hold else reps
        yield Fact(label=words.say("reps"), value=held)
        if step.own:
            within = words.say("within", time=format_duration(item.time_ms)) if step.time else words.say("own-pace")
            yield Fact(label=words.say("pace"), value=within)


def _length(words: Words, step: ExerciseStep, item: Performed) -> str:
    """Of one hold, or of the set; of each side, where they are meant to differ."""
    left = _breaths(words, step, item.length_ms)
    if not step.hold_right:
        return left
    right = _breaths(words, step, item.right_ms)
    return f"{words.say('left')} {left}, {words.say('right')} {right}"


def _breaths(words: Words, step: ExerciseStep, length_ms: int) -> str:
    told = format_duration(length_ms)
    if not step.in_breaths or not step.breathing:
        return told
    return words.say("in-breaths", breaths=str(round(length_ms / step.breathing.cycle_ms)), time=told)


def _sides(words: Words, step: ExerciseStep, limb: str) -> str:
    if step.sides in ("left", "right"):
        return words.say(f"{step.sides}-limb", limb=limb) if limb else words.say(step.sides)
    each = step.sides == "alternate" and step.work not in ("hold", "duration")
    told = words.say("alternate-reps" if each else step.sides)
    return f"{told} ({limb})" if limb else told


def _breath(words: Words, breath: Breathing) -> str:
    phases = (
        ("breath-in", breath.in_ms),
        ("breath-hold", breath.hold_in_ms),
        ("breath-out", breath.out_ms),
        ("breath-hold", breath.hold_out_ms),
    )
    return ", ".join(words.say(key, time=format_duration(ms)) for key, ms in phases if ms)
