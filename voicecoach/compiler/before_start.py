"""What is said before an exercise starts: which one it is, how to get there, what to mind, and its side."""

from __future__ import annotations

from voicecoach.compiler import talk
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.performed import Performed
from voicecoach.language import spoken
from voicecoach.language.phrasebook import sentences
from voicecoach.model import ExerciseStep, Side, Text

TURN_OVER_MS = 9000
"""Who lies on one side turns over to lie on the other."""


def change_of_side(draft: Draft, step: ExerciseStep, side: Side, right_ms: int) -> None:
    draft.cues.append(draft.tone("side", "side", anchor="lead"))
    forms = (_side(draft, step, f"side-change-{side}"), _side(draft, step, f"side-change-{side}", "-short"))
    draft.lead("side", *forms, pause_ms=TURN_OVER_MS if step.exercise.place == "side" else 0)
    if right_ms:  # it is meant to differ
        draft.lead("side", draft.phrases.say("length", length=spoken.length(right_ms, draft.language)))


def _side(draft: Draft, step: ExerciseStep, key: str, form: str = "") -> str:
    """The phrase of a side, with the limb that the exercise names."""
    limb = step.exercise.limb
    return draft.phrases.say(f"{key}-limb{form}", limb=draft.text(limb)) if limb else draft.phrases.say(key + form)


def introduce(draft: Draft, item: Performed, step: ExerciseStep, name: str) -> None:
    """Everything before the first side. Of what is known from an earlier round the name is enough."""
    exercise = step.exercise
    talk.open_round(draft, item)
    if not item.later_set and not item.right_again:  # a later set, or a round of one exercise, has its number
        _name(draft, item, step, name)
    talk.change_place(draft, exercise.place)
    if not item.known:
        if exercise.setup:
            draft.lead_all("setup", draft.text(exercise.setup), at=exercise.setup.location)
        if exercise.caution:
            _caution(draft, exercise.caution)
    if step.sides == "both":
        again = item.later_set or (item.known and item.round > 1)
        key, form = (f"side-change-{item.side}", "-short") if again else (f"side-first-{item.side}", "")
        draft.lead("side", _side(draft, step, key, form))
    elif step.sides in ("left", "right"):
        draft.lead("side", _side(draft, step, f"side-only-{step.sides}"))
    elif step.sides == "alternate" and not item.known:
        draft.lead("side", draft.phrases.say("side-alternate"))


def _name(draft: Draft, item: Performed, step: ExerciseStep, name: str) -> None:
    """The name; of an exercise that is new also its place among all; and how long it takes."""
    plain = draft.phrases.say("name", name=name)
    announced, draft.announced = draft.announced == step.exercise, None
    again = item.again
    if announced or draft.total == 1 or (item.known and not item.after_rest) or (again and item.opens_round):
        draft.lead("name", plain, at=step.location, again=again)
    else:
        is_first = item.place == 1 and not again
        which = "first" if is_first else "last" if _is_last(draft, item) else "next"
        draft.lead("name", draft.phrases.say(f"name-{which}", name=name), plain, at=step.location, again=again)
    if item.step_again:
        return
    if draft.total > 1 and not again:
        place, total = spoken.place(item.place, draft.language), spoken.number(draft.total, draft.language)
        draft.lead("place", draft.phrases.say("place", place=place, total=total), at=step.location)
    told = draft.phrases.say("length", length=_length(draft, item, step))
    draft.lead("length", told, at=step.location, protected=step.own or bool(step.hold_right))
    if step.own:
        draft.lead("length", _until(draft, item, step), at=step.location, protected=True)


def _until(draft: Draft, item: Performed, step: ExerciseStep) -> str:
    """How long one's own time is: as long as it says, or until one is done."""
    if step.waits:
        return draft.phrases.say("own-go-on")
    return draft.phrases.say("own-time", duration=spoken.length(item.time_ms, draft.language))


def _is_last(draft: Draft, item: Performed) -> bool:
    """Whether no other exercise follows, in this round or a later one."""
    last = draft.last_exercise
    return last is not None and last.step is item.step and last.round == item.round


def _caution(draft: Draft, caution: Text) -> None:
    """What of it was not said before: many exercises share one rule about pain, and once is enough."""
    for sentence in sentences(draft.text(caution), draft.language):
        if sentence not in draft.said:
            draft.said.add(sentence)
            draft.lead("caution", sentence, at=caution.location)


def _length(draft: Draft, item: Performed, step: ExerciseStep) -> str:
    """“Thirty seconds on each side”, “three sets of five repetitions, each held for five seconds”."""
    length = _of_one_set(draft, item, step)
    if (step.sets or 1) == 1:
        return length
    sets = spoken.counted(step.sets or 1, "set", draft.language)
    return draft.phrases.say("length-sets", sets=sets, length=length[:1].lower() + length[1:])


def _of_one_set(draft: Draft, item: Performed, step: ExerciseStep) -> str:
    """“Thirty seconds on each side”, “five repetitions, each held for five seconds”."""
    phrases, right = draft.phrases, spoken.length(item.right_ms, draft.language) if item.right_ms else ""
    duration = _one_hold(draft, item, step)
    if step.work in ("hold", "duration"):
        if right:
            return phrases.say("length-left-right", left=duration, right=right)
        return phrases.say("length-each-side", length=duration) if step.sides == "both" else duration
    length = spoken.counted(item.reps, "rep", draft.language) if item.reps else phrases.say("as-many")
    if step.sides in ("both", "alternate"):
        length = phrases.say("length-each-side-reps", length=length)
    if right:
        length = phrases.say("length-held-left-right", reps=length, left=duration, right=right)
    elif step.hold:
        length = phrases.say("length-held-reps", reps=length, duration=duration)
    return phrases.say("length-own", length=length) if step.own else length


def _one_hold(draft: Draft, item: Performed, step: ExerciseStep) -> str:
    if step.in_breaths and step.breathing and not step.hold_right:
        return spoken.counted(item.length_ms // step.breathing.cycle_ms, "breath", draft.language)
    return spoken.length(item.length_ms, draft.language) if item.length_ms else ""
