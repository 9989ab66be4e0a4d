"""What is said of an exercise: getting ready for it, changing sides, how to do it, and the way out of it.

What is held is explained before its start tone, so that all of the hold is one; what is done while moving may be
explained while it is done.
"""

from __future__ import annotations

from voicecoach.compiler import before_start, breathing, counting, repetitions, tips
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.how import How, explained, reminder
from voicecoach.compiler.performed import Performed
from voicecoach.model import ExerciseStep

SETTLE_MS = 2000
"""The last word before a hold is over this long before its start."""
QUIET_MS = 5000
"""So long nothing is said at the beginning of a hold but what paces it."""


def plan_exercise(draft: Draft, item: Performed, step: ExerciseStep) -> None:
    name = draft.text(step.exercise.name)
    title = draft.phrases.say(f"title-{item.side}", name=name) if item.side else name
    named = draft.named(step)
    prepare_ms = step.change_ms if item.second_side else step.prepare_ms
    settle_ms = SETTLE_MS if step.hold else 0
    goes_on = item.later_set and step.sides != "both"  # all sets of one side are one chapter
    draft.open_step(
        "exercise",
        title,
        step.location,
        item=item,
        prepare_ms=prepare_ms,
        settle_ms=settle_ms,
        chapter=None if goes_on else "",
    )
    how = How() if item.by_heart else reminder(draft, step) if item.known else explained(draft, step)
    if item.second_side:
        before_start.change_of_side(draft, step, item.side or "right", item.right_ms)
    else:
        before_start.introduce(draft, item, step, named)
    if _is_still(step):
        for sentence in how.before:
            draft.lead("instruction", sentence, at=how.location, again=item.known, protected=not item.second_side)
    if not item.second_side:
        draft.lead("ready", draft.phrases.say("ready"), last=True)
        if step.sides == "alternate" and step.work == "reps":
            draft.lead("side", *repetitions.named_side(draft, step, "left"), last=True)
    counting.count_in(draft, step.count_in)
    draft.cues.append(draft.tone("start", "begin"))
    if step.work == "reps":
        repetitions.repetitions(draft, item, step)
    elif step.work == "own":
        counting.own_time(draft, step)
    else:
        counting.hold(draft, step)
    _coaching(draft, item, step, how)
    _way_out(draft, step)


def _is_still(step: ExerciseStep) -> bool:
    """Whether nothing may be explained after the start: in a hold, over breaths that are led, and where the person
    may be done at any moment."""
    return step.hold is not None or step.breathing is not None or step.own


# --- while it is done ----------------------------------------------------------------------------------------


def _coaching(draft: Draft, item: Performed, step: ExerciseStep, how: How) -> None:
    """What is said around the counting: how it is done, if that is not said by now; tips; half-way."""
    length_ms = draft.steps[-1].work_ms
    if how.before and not _is_still(step):
        text = " ".join(how.before)
        in_get_ready = draft.cue(
            "instruction", text, anchor="lead", protected=True, again=item.known, at=how.location
        )
        window_ms = (500, length_ms // 2)
        draft.work("instruction", (text,), 1400, window_ms=window_ms, otherwise=in_get_ready, at=how.location)
    led = breathing.led_in(step, length_ms)
    quiet_ms = max(QUIET_MS if step.is_held else 0, led.first_ms if led else 0)
    if step.halfway and not step.waits:
        _halfway(draft, step, length_ms // 2, quiet_ms)
    later = [(sentence, how.location) for sentence in how.later]
    tips.plan_tips(draft, item, step, later, quiet_ms=quiet_ms, words_left=how.words_left)


def _halfway(draft: Draft, step: ExerciseStep, half_ms: int, quiet_ms: int) -> None:
    """That half is done, and what to do there where the step says it, which a tone cannot."""
    tone = draft.tone("halfway", "halfway", half_ms)
    usual, window_ms = draft.phrases.say("halfway-short"), (half_ms, half_ms + 1500)
    if step.halfway_text:
        written, at = draft.text(step.halfway_text), step.halfway_text.location
        draft.work("halfway", (f"{usual} {written}", written), half_ms, window_ms=window_ms, at=at)
    elif half_ms < quiet_ms:
        draft.cues.append(tone)
    else:
        forms = (draft.phrases.say("halfway"), usual)
        draft.work("halfway", forms, half_ms, window_ms=window_ms, otherwise=tone)


# --- after it ------------------------------------------------------------------------------------------------


def _way_out(draft: Draft, step: ExerciseStep) -> None:
    """The end tone, and how one gets out of what was held."""
    draft.cues.append(draft.tone("end", "end", anchor="tail"))
    ending = step.exercise.ending
    if ending:
        draft.tail_all("out", draft.text(ending), at=ending.location)
    elif step.is_held and (usual := _usual_ending(step)):
        draft.tail_all("out", draft.phrases.say(f"out-{usual}"))


def _usual_ending(step: ExerciseStep) -> str:
    exercise = step.exercise
    if exercise.kind == "strength":  # a plank is left downwards; what is held upright, or on the back, is let go
        return "strength" if exercise.place in ("standing", "chair", "back", "kneeling") else "down"
    return "stretch" if exercise.kind in ("stretch", "mobility") else ""
