"""What is said around the exercises: the introduction, the close, messages, rests, rounds, changes of place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voicecoach.compiler.draft import Draft
from voicecoach.compiler.performed import Performed
from voicecoach.language import spoken
from voicecoach.language.phrasebook import sentence, sentences
from voicecoach.model import Cue, Equipment, ExerciseStep, Language, Place, RestStep, SayStep, ThermalStep

USUAL_MS = 600_000
"""How long a routine takes, as long as nobody knows."""
TITLE_WORDS = 6
"""So many of the first words of a message are the name of its chapter."""
FETCH_MS = 3000
"""The silence after what should be at hand."""
UPRIGHT: tuple[Place, ...] = ("standing", "chair")
TO_OR_FROM_THE_FLOOR_MS, OTHERWISE_MS = 17_000, 9000
"""The silence after a change of place is named: with the words themselves, some twenty seconds to get down or up, and
twelve to turn over."""


def plan_intro(draft: Draft) -> None:
    draft.open_step("intro", draft.phrases.say("title-intro"), draft.routine.location)
    draft.lead("intro", sentence(draft.text(draft.routine.title)), at=draft.routine.title.location)
    draft.telling_length = len(draft.cues)
    draft.lead("intro", _length_told(draft, USUAL_MS))
    if needed := list(dict.fromkeys(at_hand(draft.performed))):
        words = [str(draft.phrases.grammar["equipment"][thing]) for thing in needed]
        things = spoken.listed(words, draft.language)
        draft.lead("intro", draft.phrases.say("intro-equipment", things=things), pause_ms=FETCH_MS)
    if draft.routine.intro:
        draft.say_all("intro", draft.routine.intro)


def at_hand(performed: Sequence[Performed]) -> Iterator[Equipment]:
    """What the routine as performed needs, in the order of first need."""
    for item in performed:
        if isinstance(item.step, ExerciseStep):
            if item.step.exercise.place == "chair":
                yield "chair"
            yield from item.step.exercise.equipment
        elif isinstance(item.step, ThermalStep):
            yield item.step.source
            if item.step.source != "belt":  # which is worn outside the clothes
                yield "cloth"


def cues_telling(draft: Draft, about_ms: int) -> tuple[Cue, ...]:
    """The cues, with this length told in the introduction."""
    at = draft.telling_length
    told = replace(draft.cues[at], sound=draft.utterance(_length_told(draft, about_ms)))
    return (*draft.cues[:at], told, *draft.cues[at + 1 :])


def _length_told(draft: Draft, about_ms: int) -> str:
    total = spoken.about(about_ms, draft.language)
    trained = any(isinstance(item.step, SayStep) and item.step.stop for item in draft.performed)
    if not draft.total:
        return draft.phrases.say("intro-time-and-training" if trained else "intro-time", duration=total)
    exercises = spoken.counted(draft.total, "exercise", draft.language)
    key = "intro-size-and-training" if trained else "intro-size"
    return draft.phrases.say(key, exercises=exercises, duration=total)


def plan_outro(draft: Draft) -> None:
    draft.section = None  # the close belongs to the whole
    draft.open_step("outro", draft.phrases.say("title-outro"), draft.routine.location)
    questions = draft.routine.phase == "screening"  # “you are done” would sound like clearance
    draft.lead("outro", draft.phrases.say("done-questions" if questions else "done"))
    if draft.routine.outro:
        draft.say_all("outro", draft.routine.outro)


def open_round(draft: Draft, item: Performed) -> None:
    """Which round it is, or which set."""
    if item.opens_round:
        say_round(draft, item.round, item.rounds)
    if item.set and item.set > 1 and isinstance(item.step, ExerciseStep):
        n, total = spoken.place(item.set, draft.language), spoken.number(item.step.sets or 1, draft.language)
        draft.lead("set", draft.phrases.say("set", n=n, total=total))


def say_round(draft: Draft, round_: int, rounds: int) -> None:
    """“Round two of three”, where there are several."""
    if rounds > 1:
        n, total = spoken.place(round_, draft.language), spoken.number(rounds, draft.language)
        draft.lead("round", draft.phrases.say("round", n=n, total=total))


def change_place(draft: Draft, place: Place | None) -> None:
    """Says how to get from where one is to where the exercise is done, with time to do it."""
    before, draft.place = draft.place, place
    if place is None or place == before:
        return
    ways = draft.phrases.grammar["ways"][place]
    if before is None:  # one may be there already: named for a set-up that does not, with no time to get there
        if place not in UPRIGHT:
            draft.lead("setup", str(ways["upright"]))
        return
    from_floor = before not in UPRIGHT
    pause_ms = OTHERWISE_MS if (place not in UPRIGHT) == from_floor else TO_OR_FROM_THE_FLOOR_MS
    draft.lead("setup", str(ways.get(before) or ways["floor" if from_floor else "upright"]), pause_ms=pause_ms)


def plan_rest(draft: Draft, item: Performed, step: RestStep, following: Sequence[Performed]) -> None:
    """What is said of a rest itself. Of one that leads on all else that is said in it belongs to the steps around."""
    title = draft.text(step.title) if step.title else draft.phrases.say("title-rest")
    draft.open_step("rest", title, step.location, item=item, chapter="" if step.title else None)
    length = spoken.length(item.length_ms, draft.language) if item.length_ms else ""
    forms: tuple[str, ...] = (draft.phrases.say("rest", duration=length), draft.phrases.say("rest-short"))
    if draft.routine.phase == "screening":  # after a question no one rests
        forms = (draft.phrases.say("think"),)
    if item.leads_on:
        if item.length_ms:
            draft.lead("rest", *forms)
        return
    draft.work("rest", forms, 300, window_ms=(0, 1500))
    coming = next((other.step for other in following if isinstance(other.step, ExerciseStep)), None)
    if coming:
        name = draft.named(coming)
        forms = (draft.phrases.say("next", name=name), draft.phrases.say("next-short", name=name))
        middle = item.length_ms // 2
        draft.work("next", forms, min(middle, item.length_ms - 4000), window_ms=(0, item.length_ms))
        draft.announced = coming.exercise


def plan_say(draft: Draft, item: Performed, step: SayStep) -> None:
    title = draft.text(step.title) if step.title else _said_title(draft, step)
    draft.open_step("say", title, step.location, item=item, stop=step.stop, settle_ms=step.time_ms)
    open_round(draft, item)
    draft.say_all("say", step.text)
    if step.stop:  # wherever the training ends, it is on one's feet
        draft.place = "standing"


def _said_title(draft: Draft, step: SayStep) -> str:
    return draft.phrases.say("title-stop") if step.stop else _first_words(draft.text(step.text), draft.language)


def _first_words(text: str, language: Language) -> str:
    """The first sentence of a text, or its first words and that there are more."""
    words = sentences(text, language)[0].rstrip(".!?…").split()
    return " ".join(words[:TITLE_WORDS]) + ("…" if len(words) > TITLE_WORDS else "")
