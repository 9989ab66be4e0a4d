"""What is said of an exercise: getting ready for it, changing sides, how to do it, and the way out of it.

What is held is explained before its start tone, so that all of the hold is one; what is done while moving may be
explained while it is done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from voicecoach.compiler import breathing, counting, talk, tips
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.expand import Performed
from voicecoach.language import spoken
from voicecoach.language.phrasebook import sentences
from voicecoach.model import ExerciseStep, Side, SourceLocation, Text

SETTLE_MS = 2000
"""The last word before a hold is over this long before its start."""
NEW_WORDS = 25
"""Of set-up and instruction, at most so many are new before a start."""
TURN_OVER_MS = 9000
"""Who lies on one side turns over to lie on the other."""
QUIET_MS = 5000
"""So long nothing is said at the beginning of a hold but what paces it."""


def plan_exercise(draft: Draft, item: Performed, step: ExerciseStep) -> None:
    name = draft.text(step.exercise.name)
    title = draft.phrases.say(f"title-{item.side}", name=name) if item.side else name
    prepare_ms = step.change_ms if item.second_side else step.prepare_ms
    settle_ms = SETTLE_MS if step.hold else 0
    draft.open_step("exercise", title, step.location, item=item, prepare_ms=prepare_ms, settle_ms=settle_ms)
    known = item.second_side or step.location in draft.introduced
    draft.introduced.add(step.location)
    how = _reminder(draft, step) if known else _explained(draft, step)
    if item.second_side:
        change_of_side(draft, step, item.side or "right")
    else:
        get_ready(draft, item, step, name, known=known)
    if _is_still(step):
        for sentence in how.before:
            draft.lead("instruction", sentence, at=how.location)
    if not item.second_side:
        draft.lead("ready", draft.phrases.say("ready"), protected=False, last=True)
        if step.sides == "alternate" and step.reps is not None:
            draft.lead("side", *counting.named_side(draft, step, "left"), last=True)
    draft.cues.append(draft.tone("start", "begin"))
    if step.reps is not None:
        counting.repetitions(draft, item, step)
    else:
        counting.hold(draft, item, step)
    coaching(draft, item, step, how)
    way_out(draft, step)


def _is_still(step: ExerciseStep) -> bool:
    """Whether nothing may be explained after the start: in a hold, and over breaths that are led."""
    return step.hold is not None or step.breathing is not None


# --- before the start ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class How:
    """How an exercise is done, as far as it is said now."""

    before: tuple[str, ...] = ()
    """The sentences that are said first."""
    later: tuple[str, ...] = ()
    """Those that are too many before a start: tips."""
    words_left: int = 0
    """How many words more may be new before the start."""
    location: SourceLocation | None = None


def _explained(draft: Draft, step: ExerciseStep) -> How:
    setup, instruction = step.exercise.setup, step.exercise.instruction
    words = len(draft.text(setup).split()) if setup else 0
    if instruction is None:
        return How(words_left=NEW_WORDS - words)
    told = sentences(draft.text(instruction))
    count = 0
    for sentence in told:
        words += len(sentence.split())
        if words > NEW_WORDS and count:
            break
        count += 1
    return How(tuple(told[:count]), tuple(told[count:]), NEW_WORDS - words, instruction.location)


def _reminder(draft: Draft, step: ExerciseStep) -> How:
    """In few words: what the author wrote for it, else how the instruction begins."""
    exercise = step.exercise
    if exercise.reminder:
        return How(tuple(sentences(draft.text(exercise.reminder))), location=exercise.reminder.location)
    text = exercise.instruction or exercise.setup
    return How(tuple(sentences(draft.text(text))[:1]), location=text.location) if text else How()


def change_of_side(draft: Draft, step: ExerciseStep, side: Side) -> None:
    draft.cues.append(replace(draft.tone("side", "side"), anchor="lead"))
    forms = (_side(draft, step, f"side-change-{side}"), _side(draft, step, f"side-change-{side}", "-short"))
    draft.lead("side", *forms, pause_ms=TURN_OVER_MS if step.exercise.place == "side" else 0)


def _side(draft: Draft, step: ExerciseStep, key: str, form: str = "") -> str:
    """The phrase of a side, with the limb that the exercise names."""
    limb = step.exercise.limb
    return draft.phrases.say(f"{key}-limb{form}", limb=draft.text(limb)) if limb else draft.phrases.say(key + form)


def get_ready(draft: Draft, item: Performed, step: ExerciseStep, name: str, *, known: bool) -> None:
    """Everything before the first side. Of what is `known` from an earlier round the name is enough."""
    exercise = step.exercise
    talk.open_round(draft, item)
    _name(draft, item, step, name, known=known)
    talk.change_place(draft, exercise.place)
    if not known:
        if exercise.setup:
            for sentence in sentences(draft.text(exercise.setup)):
                draft.lead("setup", sentence, at=exercise.setup.location)
        if exercise.caution:
            _caution(draft, exercise.caution)
    if step.sides == "both":
        draft.lead("side", _side(draft, step, f"side-first-{item.side}"))
    elif step.sides in ("left", "right"):
        draft.lead("side", _side(draft, step, f"side-only-{step.sides}"))
    elif step.sides == "alternate" and not known:
        draft.lead("side", draft.phrases.say("side-alternate"))


def _name(draft: Draft, item: Performed, step: ExerciseStep, name: str, *, known: bool) -> None:
    """The name; of an exercise that is new also its place among all, and how long it takes."""
    plain = draft.phrases.say("name", name=name)
    announced, draft.announced = draft.announced == step.exercise, None
    if known or announced or draft.total == 1:
        draft.lead("name", plain, at=step.location)
    else:
        is_first = item.place == 1 and not item.occurrence
        which = "first" if is_first else "last" if _is_last(draft, item) else "next"
        draft.lead("name", draft.phrases.say(f"name-{which}", name=name), plain, at=step.location)
    if known:
        return
    if draft.total > 1 and not item.occurrence:
        place, total = spoken.place(item.place, draft.language), spoken.number(draft.total, draft.language)
        draft.lead("place", draft.phrases.say("place", place=place, total=total), protected=False, at=step.location)
    length = draft.phrases.say("length", length=_length(draft, item, step))
    draft.lead("length", length, protected=False, at=step.location)


def _is_last(draft: Draft, item: Performed) -> bool:
    """Whether no other exercise follows, in this round or a later one."""
    last = draft.last_exercise
    return last is not None and last.step is item.step and last.round == item.round


def _caution(draft: Draft, caution: Text) -> None:
    """What of it was not said before: many exercises share one rule about pain, and once is enough."""
    for sentence in sentences(draft.text(caution)):
        if sentence not in draft.said:
            draft.said.add(sentence)
            draft.lead("caution", sentence, at=caution.location)


def _length(draft: Draft, item: Performed, step: ExerciseStep) -> str:
    """“Thirty seconds on each side”, “five repetitions, each held for five seconds”."""
    duration = spoken.length(item.length_ms, draft.language) if item.length_ms else ""
    sided = step.sides in ("both", "alternate")
    if step.reps is None:
        return draft.phrases.say("length-each-side", length=duration) if step.sides == "both" else duration
    length = spoken.counted(step.reps, "rep", draft.language)
    if sided:
        length = draft.phrases.say("length-each-side-reps", length=length)
    return draft.phrases.say("length-held-reps", reps=length, duration=duration) if step.hold else length


# --- while it is done ----------------------------------------------------------------------------------------


def coaching(draft: Draft, item: Performed, step: ExerciseStep, how: How) -> None:
    """What is said around the counting: how it is done, if that is not said by now; tips; half-way."""
    length_ms = draft.steps[-1].work_ms
    if how.before and not _is_still(step):
        text = " ".join(how.before)
        in_get_ready = draft.cue("instruction", text, anchor="lead", protected=True, at=how.location)
        window_ms = (500, length_ms // 2)
        draft.work("instruction", (text,), 1400, window_ms=window_ms, otherwise=in_get_ready, at=how.location)
    led = breathing.led_in(step, length_ms)
    quiet_ms = max(QUIET_MS if step.hold and step.reps is None else 0, led.first_ms if led else 0)
    if step.halfway:
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


def way_out(draft: Draft, step: ExerciseStep) -> None:
    """The end tone, and how one gets out of what was held."""
    draft.cues.append(draft.tone("end", "end", tail=True))
    ending = step.exercise.ending
    if ending:
        for sentence in sentences(draft.text(ending)):
            draft.tail("out", sentence, at=ending.location)
    elif step.hold and step.reps is None and (usual := _usual_ending(step)):
        draft.tail("out", draft.phrases.say(f"out-{usual}"))


def _usual_ending(step: ExerciseStep) -> str:
    exercise = step.exercise
    if exercise.kind == "strength":  # a plank is left downwards; what is held upright, or on the back, is let go
        return "strength" if exercise.place in ("standing", "chair", "back", "kneeling") else "down"
    return "stretch" if exercise.kind in ("stretch", "mobility") else ""
