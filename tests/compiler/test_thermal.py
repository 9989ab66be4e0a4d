"""Heat and cold: the question before each, where and with what between, the skin, off and away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.compiler import promises
from tests.compiler.compiling import compiled, routine_of, sheet_of
from tests.compiler.measures import Lengths, simple
from voicecoach.compiler.brief import briefly
from voicecoach.compiler.clips import words
from voicecoach.compiler.schedule import schedule
from voicecoach.model import Clip, Language, Timeline

HEAD = "title: Warm\nlanguage: en\nsteps:\n"
TITLES = {"da": "title: {da: Varm, en: Warm}\nlanguage: da\nsteps:\n", "en": HEAD}
SAYS: dict[str, dict[str, str]] = {
    "da": {
        "question": "Er du kommet til skade inden for det seneste døgn?",
        "answer": "Er svaret ja",
        "cloth": "klæde",
    },
    "en": {
        "question": "Have you hurt yourself in the last twenty-four hours?",
        "answer": "If so, use no heat until twenty-four hours have passed.",
        "cloth": "cloth",
    },
}


def heat(steps: str, language: Language = "en") -> Timeline:
    return compiled(TITLES[language] + steps, simple, language)


def said(timeline: Timeline, step: int, role: str) -> list[str]:
    return [words(clip.sound) for clip in promises.cues(timeline, timeline.steps[step], role)]


def asked_in(timeline: Timeline) -> list[int]:
    return [clip.step_index for clip in timeline.clips if words(clip.sound) == SAYS["en"]["question"]]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", ["pad", "belt"])
def test_the_question_gets_an_answer_before_it_is_switched_on(kind: str, language: Language) -> None:
    timeline = heat(f"  - heat: {kind}\n    duration: 10 min\n", language)
    question, *answers = promises.cues(timeline, timeline.steps[1], "caution")
    assert words(question.sound) == SAYS[language]["question"]
    assert words(answers[0].sound).startswith(SAYS[language]["answer"])
    assert answers[0].start_ms - question.end_ms >= 4000  # time to think of it
    on = [clip for clip in promises.cues(timeline, timeline.steps[1], "heat") if clip.start_ms < at_work(timeline)]
    assert answers[-1].end_ms < on[0].start_ms


def at_work(timeline: Timeline, step: int = 1) -> int:
    return timeline.steps[step].work_start_ms


def test_it_is_asked_before_every_heat_and_lies_in_its_chapter() -> None:
    step = "  - heat: pad\n    duration: 10 min\n"
    timeline = heat(f"{step}  - exercise: slow-walk\n    duration: 5 min\n  - stop: Go and train.\n{step}")
    warm = [item.index for item in timeline.steps if item.kind == "heat"]
    assert asked_in(timeline) == warm == [1, 4]
    for index in warm:
        (chapter,) = (item for item in timeline.chapters if item.start_ms == timeline.steps[index].start_ms)
        clips = [clip for clip in timeline.clips if chapter.start_ms <= clip.start_ms < chapter.end_ms]
        assert SAYS["en"]["question"] in {words(clip.sound) for clip in clips}


def test_no_one_is_asked_before_cold() -> None:
    assert not said(heat("  - cold: pack\n    duration: 5 min\n"), 1, "caution")


@pytest.mark.parametrize(("first", "kinds", "warm"), [("heat", "heat cold", 1), ("cold", "cold heat", 2)])
def test_a_contrast_is_one_chapter_that_asks_once_before_its_first_heat(first: str, kinds: str, warm: int) -> None:
    timeline = heat(
        f"  - contrast: {{heat: 3 min, cold: 1 min, rounds: 3, first: {first}}}\n"
        "  - contrast: {heat: 3 min, cold: 1 min, rounds: 2}\n"
    )
    assert [step.kind for step in timeline.steps[1:7]] == kinds.split() * 3
    assert asked_in(timeline) == [warm, 7]
    assert [chapter.title for chapter in timeline.chapters] == ["Welcome", "Heat and cold", "Heat and cold", "Finish"]
    assert timeline.chapters[1].start_ms == timeline.steps[1].start_ms
    assert timeline.chapters[1].end_ms == timeline.steps[7].start_ms
    assert said(timeline, 3, "round") == ["Round two of three."]


def test_a_contrast_says_on_off_and_where() -> None:
    timeline = heat("  - contrast: {heat: 3 min, cold: 1 min, rounds: 2}\n")
    warm, cold, again, last = (said(timeline, index, timeline.steps[index].kind) for index in (1, 2, 3, 4))
    assert warm[0] == "Switch the heat pad on."
    assert warm[-1] == "Take the heat pad off."
    assert "Put the cold pack in the same place, with a cloth in between." in cold
    assert cold[-1] == "Take the cold pack off."
    assert "switch it on" in again[0]
    assert "cloth" in again[0]
    assert again[-1] == "Switch the heat pad off and put it away."
    assert last[-2:] == ["Take the cold pack off.", "Put it away."]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("step", ["heat: pad", "heat: belt", "cold: pack"])
def test_on_says_where_with_what_between_and_off_says_away(step: str, language: Language) -> None:
    timeline = heat(f"  - {step}\n    duration: 10 min\n", language)
    kind = step.split(":")[0]
    all_said = promises.cues(timeline, timeline.steps[1], kind)
    on = " ".join(words(clip.sound) for clip in all_said if clip.end_ms <= at_work(timeline))
    off = " ".join(words(clip.sound) for clip in all_said if clip.start_ms >= timeline.steps[1].work_end_ms)
    between = {"da": "tøj", "en": "clothes"}[language] if "belt" in step else SAYS[language]["cloth"]
    assert between in on
    assert {"da": "minutter", "en": "minutes"}[language] in on
    if kind == "heat":
        assert {"da": "ænd for", "en": "witch"}[language] in on
        assert {"da": "Fald ikke i søvn", "en": "Do not fall asleep"}[language] in on
        assert {"da": "Sluk", "en": "off"}[language] in off
    assert {"da": "væk", "en": "away"}[language] in off
    assert len(on) + len(off) < sum(len(words(clip.sound)) + 1 for clip in all_said) + 2  # nothing in between


def checks(timeline: Timeline, step: int) -> list[Clip]:
    return promises.cues(timeline, timeline.steps[step], "skin-check")


@pytest.mark.parametrize("step", ["heat: pad", "cold: pack"])
@pytest.mark.parametrize(
    ("length", "every", "at_s"),
    [
        ("15 min", "", [300, 600]),
        ("10 min", "", [300]),
        ("4 min", "", [120]),
        ("5 min", "", [150]),
        ("15 min", "check every: 4 min", [240, 480, 720]),
        ("3 min", "check every: 4 min", [90]),
    ],
)
def test_the_skin_is_looked_at_in_every_heat_and_cold(step: str, length: str, every: str, at_s: list[int]) -> None:
    timeline = heat(f"  - {step}\n    duration: {length}\n    {every}\n")
    found = [round((clip.onset_ms - at_work(timeline)) / 1000, 1) for clip in checks(timeline, 1)]
    assert all(want <= have <= want + 8 for want, have in zip(at_s, found, strict=True)), found


def test_the_skin_is_looked_at_in_each_part_of_a_contrast() -> None:
    timeline = heat("  - contrast: {heat: 3 min, cold: 1 min, rounds: 2, check every: 1 min}\n")
    assert [len(checks(timeline, index)) for index in (1, 2, 3, 4)] == [2, 1, 2, 1]
    assert not checks(heat("  - rest: 5 min\n  - say: x\n"), 1)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("brief", [False, True])
def test_each_form_of_the_check_says_what_to_look_for(brief: bool, language: Language) -> None:
    looks_for = {
        ("heat", "da"): ("rød", "brænder"),
        ("heat", "en"): ("red", "stinging"),
        ("cold", "da"): ("vid", "følelsesløs"),
        ("cold", "en"): ("hite", "numb"),
    }
    routine = routine_of(TITLES[language] + "  - contrast: {heat: 1 min, cold: 1 min}\n")
    sheet = sheet_of(routine, language)
    if brief:
        sheet = replace(
            sheet, cues=tuple(cue.shorter if cue.role == "skin-check" and cue.shorter else cue for cue in sheet.cues)
        )
    timeline = schedule(sheet, simple)
    for index, kind in ((1, "heat"), (2, "cold")):
        (check,) = checks(timeline, index)
        assert all(word in words(check.sound) for word in looks_for[kind, language])
    assert [cue for cue in briefly(sheet).cues if cue.role == "skin-check"] == [
        cue for cue in sheet.cues if cue.role == "skin-check"
    ]


def test_a_check_that_finds_no_room_is_said_before() -> None:
    timeline = compiled(HEAD + "  - heat: pad\n    duration: 2 s\n", Lengths(3000, 3000))
    (check,) = checks(timeline, 1)
    assert check.end_ms <= at_work(timeline)
    assert not [dropped for dropped in timeline.dropped if dropped.role == "skin-check"]


@pytest.mark.parametrize("kind", ["heat: pad", "cold: pack"])
@pytest.mark.parametrize("every", ["", "58 s", "1 min", "1 min 55 s", "2 min"])
@pytest.mark.parametrize("length", ["3 min", "3 min 50 s", "4 min", "4 min 10 s", "8 min", "10 min 5 s"])
def test_the_skin_and_the_minutes_that_are_left_are_both_told(kind: str, every: str, length: str) -> None:
    checked = f"    check every: {every}\n" if every else ""
    assert not heat(f"  - {kind}\n    duration: {length}\n{checked}").dropped
