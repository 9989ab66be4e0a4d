"""What is said around the exercises: the introduction, the close, messages, rests, rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicecoach.compiler.draft import Draft
from voicecoach.compiler.expand import Performed
from voicecoach.model import Cue, ExerciseStep, RestStep, SayStep
from voicecoach.wording import spoken

USUAL_MS = 600_000
"""How long a routine takes, as long as nobody knows."""


def plan_intro(draft: Draft) -> None:
    draft.open_step("intro", draft.phrases.say("title-intro"), draft.routine.location)
    draft.lead("intro", _sentence(draft.text(draft.routine.title)), at=draft.routine.title.location)
    draft.telling_length = len(draft.cues)
    draft.lead("intro", _length_told(draft, USUAL_MS))
    if draft.routine.intro:
        draft.say_all("intro", draft.routine.intro)


def cues_telling(draft: Draft, about_ms: int) -> tuple[Cue, ...]:
    """The cues, with this length told in the introduction."""
    at = draft.telling_length
    told = replace(draft.cues[at], sound=draft.utterance(_length_told(draft, about_ms)))
    return (*draft.cues[:at], told, *draft.cues[at + 1 :])


def _length_told(draft: Draft, about_ms: int) -> str:
    total = spoken.about(about_ms, draft.language)
    if not draft.total:
        return draft.phrases.say("intro-time", duration=total)
    exercises = spoken.counted(draft.total, "exercise", draft.language)
    return draft.phrases.say("intro-size", exercises=exercises, duration=total)


def plan_outro(draft: Draft) -> None:
    draft.open_step("outro", draft.phrases.say("title-outro"), draft.routine.location)
    draft.lead("outro", draft.phrases.say("done"))
    if draft.routine.outro:
        draft.say_all("outro", draft.routine.outro)


def open_round(draft: Draft, item: Performed) -> None:
    if item.opens_round and item.rounds > 1 and not item.second_side:
        n, total = spoken.place(item.round, draft.language), spoken.number(item.rounds, draft.language)
        draft.lead("round", draft.phrases.say("round", n=n, total=total))


def plan_rest(draft: Draft, item: Performed, step: RestStep, following: Sequence[Performed]) -> None:
    draft.open_step("rest", draft.phrases.say("title-rest"), step.location, item=item)
    open_round(draft, item)
    length = spoken.duration(item.length_ms, draft.language)
    forms: tuple[str, ...] = (draft.phrases.say("rest", duration=length), draft.phrases.say("rest-short"))
    if draft.routine.phase == "screening":  # after a question no one rests
        forms = (draft.phrases.say("think"),)
    draft.work("rest", forms, 300, window_ms=(0, 1500))
    coming = next((other.step for other in following if isinstance(other.step, ExerciseStep)), None)
    if coming:
        name = draft.text(coming.exercise.name)
        forms = (draft.phrases.say("next", name=name), draft.phrases.say("next-short", name=name))
        middle = item.length_ms // 2
        draft.work("next", forms, min(middle, item.length_ms - 4000), window_ms=(0, item.length_ms))


def plan_say(draft: Draft, item: Performed, step: SayStep) -> None:
    title = draft.phrases.say("title-stop" if step.stop else "title-say")
    draft.open_step("say", title, step.location, item=item, stop=step.stop)
    open_round(draft, item)
    draft.say_all("say", step.text)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."
