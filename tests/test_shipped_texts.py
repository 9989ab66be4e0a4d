"""What the coach says, as data: short, calm, whole in both languages, and true of the step that it belongs to."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests import texts
from tests.compiler.compiling import library
from voicecoach.language.phrasebook import phrasebook, sentences
from voicecoach.model import LANGUAGES, Language, Timeline, Utterance

MOST_NEW_WORDS = 25
THREATS: dict[Language, str] = {
    "da": r"overbelast\w*|skade\w*|slid\w*|slidt|ryk|svag\w*|farlig\w*|pas på|ødelæg\w*|aldrig|"
    r"støtte fra maven|gør skarpt ondt|tænk dig om",
    "en": r"overload\w*|damag\w*|injur\w*|wear and tear|jerk\w*|weak\w*|danger\w*|careful|never|"
    r"needs support|hurts? sharply|protects?",
}
"""Words of threat make people watch their back for years; the article's facts can be told without them."""
ALLOWED = ("heat", "screening: steps")
"""Where an injury has to be named: the rule of the twenty-four hours, and the signs that cannot wait."""
SIGNS: dict[Language, tuple[str, ...]] = {
    "da": ("smerterne bliver ved", "føleforstyrrelser i benene", "bøje dig, sidde eller sove"),
    "en": ("pain stays", "legs go numb or tingle", "bending, sitting or sleeping"),
}
PAIN_RULE: dict[Language, str] = {
    "da": "Lidt ømhed er i orden. Bliver smerten skarp eller tager til, så gør bevægelsen mindre eller hold pause.",
    "en": "Some soreness is fine. If pain turns sharp or grows, make it smaller or rest.",
}
STOP: dict[Language, str] = {"da": r"[Ss]top, hvis .*skarp smerte", "en": r"[Ss]top if .*sharp pain"}
PRAISE: dict[Language, str] = {"da": "Godt gået.", "en": "Well done."}
EMERGENCY: dict[Language, tuple[str, ...]] = {
    "da": (
        "Har du ondt i ryggen, og har du samtidig svært ved at lade vandet eller holde på vand eller afføring, er du "
        "følelsesløs i skridtet, svag eller følelsesløs i begge ben, eller begyndte det efter en alvorlig ulykke?",
        "Så ring et-et-to nu.",
        "Har du ondt i ryggen og feber, eller har du uforklaret vægttab?",
        "Så ring til din læge eller lægevagten i dag.",
    ),
    "en": (
        "Do you have back pain together with trouble passing or holding water or stool, numbness in the groin, "
        "weakness or numbness in both legs, or did it start after a serious accident?",
        "Then call the emergency number now.",
        "Do you have back pain and a fever, or unexplained weight loss?",
        "Then call a doctor today.",
    ),
}


def words(text: str) -> int:
    return len(text.split())


def said(timeline: Timeline, *roles: str) -> list[str]:
    clips = (clip for clip in timeline.clips if clip.role in roles)
    return [clip.sound.text for clip in clips if isinstance(clip.sound, Utterance)]


def test_every_text_speaks_both_languages() -> None:
    places = [place for place, _ in texts.shipped_texts()]
    assert len(places) > 150
    assert [place for place, language, text in texts.in_each_language() if not text.strip()] == []


def test_no_text_threatens() -> None:
    for place, language, text in texts.in_each_language():
        if not place.startswith(ALLOWED):
            assert not re.search(rf"\b(?:{THREATS[language]})\b", text.lower()), (place, text)
    for language in LANGUAGES:
        for key, text in phrasebook(language).phrases.items():
            if not key.startswith(ALLOWED):
                assert not re.search(rf"\b(?:{THREATS[language]})\b", text.lower()), key


def test_few_new_words_in_an_exercise() -> None:
    for exercise in library().values():
        for language in LANGUAGES:
            new = [text.get(language) or "" for text in (exercise.setup, exercise.instruction) if text]
            assert sum(map(words, new)) <= MOST_NEW_WORDS, (exercise.id, language)


@pytest.mark.parametrize("easier", [False, True])
@pytest.mark.parametrize("path", texts.ROUTINES, ids=lambda path: path.stem)
def test_few_new_words_before_a_start(path: Path, easier: bool) -> None:
    """The way to another place is new too."""
    for language in LANGUAGES:
        timeline = texts.timeline(path, language, easier)
        for step in timeline.steps:
            clips = (clip for clip in timeline.clips if clip.step_index == step.index)
            new = [clip for clip in clips if clip.role in ("setup", "instruction")]
            spoken = [clip.sound for clip in new if clip.start_ms < step.work_start_ms]
            count = sum(words(sound.text) for sound in spoken if isinstance(sound, Utterance))
            assert count <= MOST_NEW_WORDS, (step.title, language)


def test_a_sentence_asks_for_two_things_at_most() -> None:
    for place, language, text in texts.in_each_language():
        if place.endswith((": setup", ": instruction")):
            for sentence in sentences(text):
                joints = re.findall(r", og |, and |, then | og | and |, ", sentence)
                assert len(joints) <= 1, (place, language, sentence)


def test_no_text_tells_seconds() -> None:
    """The compiler does, and knows which."""
    for place, language, text in texts.in_each_language():
        assert not re.search(r"\d|\bsekund|\bseconds?\b", text), (place, language)


@pytest.mark.parametrize("exercise", sorted(library()))
def test_an_exercise_says_where_it_is_done_and_how_one_gets_out(exercise: str) -> None:
    found = library()[exercise]
    assert found.place
    if found.hold:
        assert found.ending
    on_the_floor = found.place in ("back", "front", "side", "kneeling", "all-fours")
    assert on_the_floor == ("mat" in found.equipment)
    for thing, danish in (("chair", "stol"), ("towel", "håndklæde"), ("pillow", "pude"), ("wall", "væggen")):
        told = any(danish in (text.get("da") or "").lower() for text in (found.setup, found.instruction) if text)
        assert not told or thing in found.equipment, (found.id, thing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_the_side(language: Language) -> None:
    """Texts are the same for both sides, and the compiler names the side."""
    sides = {"da": r"\b(venstre|højre)\b", "en": r"\b(on|to|with|your|the) (left|right)\b(?! (go|down))"}
    for place, spoken, text in texts.in_each_language():
        if spoken == language:
            assert not re.search(sides[language], text), place
    for name, exercise in library().items():
        if exercise.sides in ("both", "alternate") and exercise.setup:
            which = {"da": ("hvilken arm", "hvilket ben"), "en": ("which arm", "which leg")}[language]
            names_no_limb = name.startswith("knee-to-chest")
            assert names_no_limb or any(limb in (exercise.setup.get(language) or "") for limb in which), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", texts.ROUTINES, ids=lambda path: path.stem)
def test_a_session_begins_and_ends_calmly(path: Path, language: Language) -> None:
    timeline = texts.timeline(path, language)
    intro, outro = " ".join(said(timeline, "intro")), " ".join(said(timeline, "outro"))
    assert re.search(STOP[language], intro)
    moves = any(True for _ in texts.exercises(texts.routine(path)))
    assert (PAIN_RULE[language] in intro) == moves
    everything = " ".join(said(timeline, *{clip.role for clip in timeline.clips}))
    assert everything.count(PRAISE[language]) == 1
    last = sentences(outro)[-2:]
    assert last[0] == PRAISE[language], "the last words are something done"
    named = [sign in outro for sign in SIGNS[language]]
    assert all(named) or not any(named)
    if all(named):
        assert outro.index(SIGNS[language][0]) < outro.index(PRAISE[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_that_cannot_wait_come_first_and_get_time(language: Language) -> None:
    (path,) = (path for path in texts.ROUTINES if path.stem == "screening")
    timeline = texts.timeline(path, language)
    spoken = said(timeline, "say")
    assert spoken[2:6] == list(EMERGENCY[language])
    ours = {"da": "to spørgsmål, som er vores egne", "en": "two questions of our own"}[language]
    assert ours in spoken[0]
    for step, following in pairwise(timeline.steps):
        asks = [text for text in said_in(timeline, step.index) if text.endswith("?")]
        assert not asks or following.kind == "rest", asks


def said_in(timeline: Timeline, step: int) -> list[str]:
    clips = (clip for clip in timeline.clips if clip.step_index == step)
    return [clip.sound.text for clip in clips if isinstance(clip.sound, Utterance)]


def test_the_short_routines_are_short() -> None:
    for path in texts.ROUTINES:
        if path.stem.endswith("-short"):
            names = {step.exercise.id for step in texts.exercises(texts.routine(path))}
            assert len(names) <= 4
            for language in LANGUAGES:
                assert 10 * 60_000 <= texts.timeline(path, language).duration_ms <= 15 * 60_000, path.stem


@pytest.mark.parametrize("path", texts.ROUTINES, ids=lambda path: path.stem)
def test_nobody_turns_over_more_often_than_needed(path: Path) -> None:
    """From standing to the knees to the back or the front; on the back one stays until the end or the training."""
    found = texts.routine(path)
    side_up = {"back": "back", "front": "front", "all-fours": "front", "kneeling": "front"}
    lying = [side_up[step.exercise.place] for step in texts.exercises(found) if step.exercise.place in side_up]
    turns = sum(one != other for one, other in pairwise(lying))
    assert turns <= (3 if path.stem == "full-session" else 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_limb_and_side_are_named_together(language: Language) -> None:
    """One adult in seven is unsure of left and right; a limb helps."""
    for path in texts.ROUTINES:
        for timeline in (texts.timeline(path, language), texts.timeline(path, language, True)):
            for step in timeline.steps:
                exercise = library().get(step.exercise_id or "")
                if exercise and exercise.limb and (step.side or exercise.sides == "alternate"):
                    limb = exercise.limb.get(language) or "?"
                    sides = {"da": ("venstre", "højre"), "en": ("left", "right")}[language]
                    spoken = " ".join(said_in(timeline, step.index)).lower()
                    wanted = [sides[step.side == "right"]] if step.side else sides
                    assert all(f"{side} {limb}" in spoken for side in wanted), (step.title, language)
                elif exercise:
                    assert exercise.sides == "none" or exercise.limb, exercise.id
