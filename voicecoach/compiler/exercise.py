"""What is said of an exercise: getting ready for it, changing sides, how to do it."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.compiler import counting, talk
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.expand import Performed
from voicecoach.model import ExerciseStep, Side, Text
from voicecoach.wording import spoken


def plan_exercise(draft: Draft, item: Performed, step: ExerciseStep) -> None:
    exercise = step.exercise
    name = draft.text(exercise.name)
    title = draft.phrases.say(f"title-{item.side}", name=name) if item.side else name
    prepare_ms = step.change_ms if item.second_side else step.prepare_ms
    draft.open_step("exercise", title, step.location, item=item, prepare_ms=prepare_ms)
    if item.second_side:
        change_of_side(draft, item.side or "right")
    else:
        get_ready(draft, item, step, name)
    draft.cues.append(draft.tone("start", "begin"))
    if step.reps is not None:
        counting.repetitions(draft, item, step)
    else:
        counting.hold(draft, item, step)
    coaching(draft, item, step)
    draft.cues.append(draft.tone("end", "end", tail=True))


def change_of_side(draft: Draft, side: Side) -> None:
    draft.cues.append(replace(draft.tone("side", "side"), anchor="lead"))
    draft.lead("side", draft.phrases.say(f"side-change-{side}"), draft.phrases.say(f"side-change-{side}-short"))


def get_ready(draft: Draft, item: Performed, step: ExerciseStep, name: str) -> None:
    exercise = step.exercise
    talk.open_round(draft, item)
    which = "first" if item.place == 1 else "last" if item.place == draft.total else "next"
    named = (draft.phrases.say(f"name-{which}", name=name),) if draft.total > 1 else ()
    draft.lead("name", *named, draft.phrases.say("name", name=name), at=step.location)
    if draft.total > 1:
        place, total = spoken.place(item.place, draft.language), spoken.number(draft.total, draft.language)
        draft.lead("place", draft.phrases.say("place", place=place, total=total), protected=False, at=step.location)
    length = draft.phrases.say("length", length=_length(draft, item, step))
    draft.lead("length", length, protected=False, at=step.location)
    if exercise.setup:
        draft.lead("setup", draft.text(exercise.setup), at=exercise.setup.location)
    if exercise.caution and _first_time(draft, exercise.caution):
        draft.lead("caution", draft.text(exercise.caution), at=exercise.caution.location)
    if step.sides == "both":
        draft.lead("side", draft.phrases.say(f"side-first-{item.side}"))
    elif step.sides in ("left", "right"):
        draft.lead("side", draft.phrases.say(f"side-only-{step.sides}"))
    elif step.sides == "alternate":
        draft.lead("side", draft.phrases.say("side-alternate"))
        if step.reps is not None:
            draft.lead("side", draft.phrases.say("side-left"))
    draft.lead("ready", draft.phrases.say("ready"), protected=False)


def _first_time(draft: Draft, caution: Text) -> bool:
    key = str(caution.location)
    first = key not in draft.cautioned
    draft.cautioned.add(key)
    return first


def _length(draft: Draft, item: Performed, step: ExerciseStep) -> str:
    """“Thirty seconds on each side”, “five repetitions, each held for five seconds”."""
    duration = spoken.duration(item.length_ms, draft.language) if item.length_ms else ""
    sided = step.sides in ("both", "alternate")
    if step.reps is None:
        return draft.phrases.say("length-each-side", length=duration) if step.sides == "both" else duration
    length = spoken.counted(step.reps, "rep", draft.language)
    if sided:
        length = draft.phrases.say("length-each-side-reps", length=length)
    return draft.phrases.say("length-held-reps", reps=length, duration=duration) if step.hold else length


def coaching(draft: Draft, item: Performed, step: ExerciseStep) -> None:
    """The instruction, the tips and half-way: what is said around the counting."""
    exercise, length = step.exercise, draft.steps[-1].work_ms
    if exercise.instruction and not item.second_side:
        text, at = draft.text(exercise.instruction), exercise.instruction.location
        in_get_ready = draft.cue("instruction", text, anchor="lead", protected=True, at=at)
        window = (500, length // 2)
        draft.work("instruction", (text,), 1400, window_ms=window, otherwise=in_get_ready, at=at)
    for tip, offset_ms in _tips(item, step, length):
        reach = length // 5
        window = (max(0, offset_ms - reach), offset_ms + reach)
        text, at = draft.text(tip), tip.location
        before = draft.cue("tip", text, anchor="lead", at=at) if step.reps is not None else None
        draft.work("tip", (text,), offset_ms, window_ms=window, otherwise=before, at=at)
    if step.halfway:
        half = length // 2
        forms = (draft.phrases.say("halfway"), draft.phrases.say("halfway-short"))
        tone = draft.tone("halfway", "halfway", half)
        draft.work("halfway", forms, half, window_ms=(half, half + 1500), otherwise=tone)


def _tips(item: Performed, step: ExerciseStep, length: int) -> list[tuple[Text, int]]:
    """One tip in the middle; in a long set one every minute and a half, each once."""
    tips = step.exercise.tips
    if not tips:
        return []
    if length < 180_000:
        return [(tips[item.occurrence % len(tips)], length * 45 // 100)]
    return [
        (tip, 45_000 + 90_000 * index) for index, tip in enumerate(tips) if 45_000 + 90_000 * index < length - 30_000
    ]
