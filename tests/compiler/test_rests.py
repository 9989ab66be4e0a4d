"""A rest is as long as it is written, from the end of a timed part to the start of the next, and so are sets."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.compiler import promises
from tests.compiler.compiling import compiled, fitted, library, routine_of, sheet_of
from tests.compiler.measures import Lengths, simple
from voicecoach.compiler.clips import words
from voicecoach.compiler.easier import with_substitutes
from voicecoach.compiler.schedule import schedule, whole_upto
from voicecoach.compiler.share import TOLERANCE_MS
from voicecoach.model import LANGUAGES, Language, Level, Timeline, TimelineStep

HEAD = "title: Trial\nlanguage: en\nsteps:\n"
SQUAT = "exercise: {name: Squat, kind: strength, setup: Stand tall., instruction: Sit back and rise.}"
JUMP = "exercise: {name: Jump, kind: cardio}"
PRESS = "exercise: {name: Press, kind: strength, sides: both}"
S = 1000


def timed(timeline: Timeline) -> list[TimelineStep]:
    return [step for step in timeline.steps if step.planned.is_timed]


def seconds(timeline: Timeline) -> list[float]:
    """The timed parts and the times between them, in turn."""
    steps = timed(timeline)
    moments = [moment for step in steps for moment in (step.work_start_ms, step.work_end_ms)]
    return [(after - before) / S for before, after in pairwise(moments)]


def roles(timeline: Timeline, step: TimelineStep, *wanted: str) -> list[str]:
    return [words(clip.sound) for clip in timeline.clips if clip.step_index == step.index and clip.role in wanted]


def once(steps: str, rounds: int, between: str) -> str:
    return f"{HEAD}  - repeat: {rounds}\n    between: {between}\n    steps:\n{steps}"


CIRCUIT = f"      - {SQUAT}\n        duration: 20 s\n      - rest: 10 s\n      - {JUMP}\n        duration: 20 s\n"
WALK = "  - exercise: slow-walk\n    duration: 2 min\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(once(f"      - {SQUAT}\n        duration: 20 s\n", 8, "10 s"), [20, 10] * 7 + [20], id="tabata"),
        pytest.param(
            once(CIRCUIT.replace("20 s", "45 s").replace("10 s", "15 s"), 3, "15 s"),
            [45, 15] * 5 + [45], id="45/15",
        ),
        pytest.param(  # ten repetitions of four seconds at the start of each minute
            once(f"      - {SQUAT}\n        reps: 10\n", 5, "20 s"), [40, 20] * 4 + [40], id="emom",
        ),
        pytest.param(
            HEAD + "  - rest: 10 s\n".join(f"  - {SQUAT}\n    hold: {s} s\n" for s in (10, 20, 30, 20, 10)),
            [10, 10, 20, 10, 30, 10, 20, 10, 10], id="pyramid",
        ),
        pytest.param(HEAD + "  - rest: 1 min\n".join([WALK] * 3), [120, 60, 120, 60, 120], id="walks"),
        pytest.param(
            HEAD + f"  - {PRESS}\n    hold: 20 s\n    sets: 3\n    rest: 30 s\n    change: 5 s\n",
            [20, 5, 20, 30, 20, 5, 20, 30, 20, 5, 20], id="sets on both sides",
        ),
        pytest.param(
            HEAD + f"  - {SQUAT}\n    reps: 5\n    sets: 2\n    rest: 40-80 s\n", [20, 60, 20], id="a range of rest"
        ),
        pytest.param(
            f"{HEAD}  - {SQUAT}\n    reps: 5\n  - rest: 10 s\n  - rest: 25 s\n  - {JUMP}\n    duration: 5 s\n",
            [20, 35, 5], id="two rests",
        ),
        pytest.param(once(f"      - {SQUAT}\n        duration: 20 s\n", 3, "0 s"), [20, 0, 20, 0, 20], id="no rest"),
        pytest.param(once(f"      - {SQUAT}\n        hold: 20 s\n", 2, "1 s"), [20, 1, 20], id="one second"),
        pytest.param(
            HEAD + f"  - {SQUAT}\n    duration: 20 s\n  - {JUMP}\n    duration: 5 s\n    prepare: 12 s\n",
            [20, 12, 5], id="a get-ready time counts from there too",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_intervals_begin_where_they_are_written(text: str, expected: list[float], language: Language) -> None:
    if language == "da":  # the same texts, told to be Danish
        text = text.replace("language: en", "language: da")
    timeline = compiled(text, simple, language)
    assert seconds(timeline) == expected
    assert not timeline.problems
    assert sum(expected) * S == timed(timeline)[-1].work_end_ms - timed(timeline)[0].work_start_ms
    promises.hold_all(routine_of(text), timeline, simple)


def test_a_rest_is_one_step_from_end_to_start_and_holds_what_is_said_around_it() -> None:
    timeline = compiled(
        HEAD + f"  - {SQUAT}\n    hold: 20 s\n  - rest: 30 s\n  - {JUMP}\n    duration: 20 s\n", simple
    )
    squat, rest, jump = timeline.steps[1:4]
    assert (squat.end_ms, rest.start_ms, rest.end_ms) == (squat.work_end_ms, squat.work_end_ms, jump.work_start_ms)
    said = [clip for clip in timeline.clips if rest.start_ms <= clip.onset_ms < rest.end_ms]
    assert [(clip.step_index, clip.role) for clip in said] == [
        (1, "end"), (1, "out"), (2, "rest"), (3, "name"), (3, "place"), (3, "length"), (3, "ready"),
    ]  # fmt: skip
    assert roles(timeline, jump, "name") == ["Last one, Jump."]
    assert roles(timeline, rest, "rest") == ["Rest for thirty seconds."]


def test_a_rest_that_is_too_short_drops_the_least_important_first_and_then_grows() -> None:
    text = (
        "  - exercise: {name: Cat, kind: mobility, setup: Come onto hands and knees., tips: [Breathe.],\n"
        "      instruction: Round your back., caution: Go gently.}\n    hold: 20 s\n"
    )
    dropped: list[set[str]] = []
    kept: list[list[str]] = []
    for ms in (30_000, 13_000, 12_000, 9000, 7000, 1):
        timeline = compiled(f"{HEAD}  - {JUMP}\n    duration: 20 s\n  - rest: {ms} ms\n{text}", simple)
        dropped.append({str(item.role) for item in timeline.dropped} - {"tip"})
        kept.append(roles(timeline, timeline.steps[3], "name", "caution"))
        grew = [(problem.rule, problem.location.line) for problem in timeline.problems]
        rest = timeline.steps[2]
        assert (rest.end_ms - rest.start_ms > ms) == (grew == [("rest-grew", 6)])
    order = ["rest", "ready", "place", "length", "instruction", "setup"]
    for before, after in pairwise(dropped):
        assert before <= after
    for gone in dropped:
        assert gone == set(order[: len(gone)]), gone
    assert len(dropped[0]) == 0
    assert len(dropped[-1]) == len(order)
    assert all(said[0].endswith("Cat.") and said[1:] == ["Go gently."] for said in kept)


@pytest.mark.parametrize("work", ["hold", "duration"])
def test_a_reminder_without_room_was_told_before(work: str) -> None:
    how = "Jump up and down on both of your feet and land softly with your knees bent."
    jump = f"      - exercise: {{name: Jump, kind: cardio, instruction: {how}}}\n        {work}: 4 s\n"
    timeline = compiled(once(jump, 2, "3 s"), simple)
    assert [item.again for item in timeline.dropped if item.role == "instruction"] == [True]


def test_rounds_and_sets_say_only_what_is_new() -> None:
    timeline = compiled(HEAD + f"  - {SQUAT}\n    hold: 20 s\n    sets: 3\n    rest: 30 s\n", simple)
    first, second, third = timed(timeline)
    assert roles(timeline, first, "name", "length", "set") == ["Squat.", "Three sets of twenty seconds."]
    assert roles(timeline, second, "name", "set", "setup", "instruction") == ["Set two of three."]
    assert roles(timeline, third, "name", "set", "setup", "instruction") == ["Set three of three."]
    assert [(step.set, step.sets, step.round) for step in timed(timeline)] == [(1, 3, 1), (2, 3, 1), (3, 3, 1)]
    assert all((step.set, step.sets) == (None, None) for step in timeline.steps if step.kind != "exercise")
    assert roles(timeline, timeline.steps[0], "intro")[1].startswith("One exercise")
    timeline = compiled(once(f"      - {SQUAT}\n        hold: 20 s\n", 3, "30 s"), simple)
    said = [roles(timeline, step, "round", "name", "setup", "instruction") for step in timed(timeline)]
    assert said == [
        ["Round one of three.", "Squat.", "Stand tall.", "Sit back and rise."],
        ["Round two of three.", "Sit back and rise."],
        ["Round three of three."],
    ]


def test_a_circuit_names_each_exercise_in_each_round_and_counts_it_once() -> None:
    timeline = compiled(once(CIRCUIT, 2, "20 s"), simple)
    assert roles(timeline, timeline.steps[0], "intro")[1].startswith("Two exercises")
    assert [roles(timeline, step, "round", "name") for step in timed(timeline)] == [
        ["Round one of two.", "First up, Squat."],
        ["Next, Jump."],
        ["Round two of two.", "Squat."],
        ["Last one, Jump."],
    ]


def test_the_sets_of_one_side_are_one_chapter_and_those_of_two_are_one_each() -> None:
    sets = "    hold: 20 s\n    sets: 2\n    rest: 20 s\n"
    timeline = compiled(f"{HEAD}  - {SQUAT}\n{sets}", simple)
    assert [chapter.title for chapter in timeline.chapters] == ["Welcome", "Squat", "Finish"]
    timeline = compiled(f"{HEAD}  - {PRESS}\n{sets}", simple)
    sides = ["Press, left", "Press, right"]
    assert [chapter.title for chapter in timeline.chapters] == ["Welcome", *sides, *sides, "Finish"]


def test_the_chapter_of_a_heading_that_is_told_in_a_rest_begins_where_it_is_told() -> None:
    """Its step has no time: a track of an album would be empty."""
    cat = f"  - {SQUAT}\n    hold: 20 s\n"
    timeline = compiled(HEAD + cat + "  - rest: 30 s\n  - section: Legs\n  - section: Arms\n" + cat, simple)
    assert [(chapter.title, chapter.section) for chapter in timeline.chapters] == [
        ("Welcome", None), ("Squat", None), ("Legs", "Legs"), ("Arms", "Arms"), ("Squat", "Arms"), ("Finish", None),
    ]  # fmt: skip
    assert all(chapter.end_ms > chapter.start_ms for chapter in timeline.chapters)
    told = [clip.start_ms for clip in timeline.clips if clip.role == "section"]
    assert [chapter.start_ms for chapter in timeline.chapters if chapter.title == chapter.section] == told


@pytest.mark.parametrize("between", ["0 s", "100 ms"])
def test_a_number_on_the_first_instant_is_said_where_there_is_no_rest_too(between: str) -> None:
    text = once(f"      - {SQUAT}\n        hold: 8 s\n        count: down\n", 3, between)
    late = Lengths(150, 150, 150, 0)
    sheet = sheet_of(routine_of(text))
    timeline = schedule(sheet, late)
    promises.hold_together(routine_of(text), timeline, late)
    for step in timed(timeline)[1:]:
        assert roles(timeline, step, "count")[0] == "eight"
    for steps in range(1, len(sheet.steps) + 1):
        part = schedule(sheet, late, upto=whole_upto(sheet, steps))
        assert part.clips == tuple(clip for clip in timeline.clips if clip.start_ms < part.duration_ms)


def test_a_rest_before_talk_stands_alone_and_the_next_part_has_its_get_ready_time() -> None:
    text = HEAD + f"  - {SQUAT}\n    hold: 20 s\n  - rest: 30 s\n  - say: Drink.\n  - {JUMP}\n    duration: 20 s\n"
    timeline = compiled(text, simple)
    squat, rest, _, jump = timeline.steps[1:5]
    assert squat.end_ms > squat.work_end_ms
    assert rest.work_end_ms - rest.work_start_ms == 30 * S
    assert jump.work_start_ms - jump.start_ms >= 8 * S
    nothing = compiled(text.replace("30 s", "0 s"), simple)
    assert [step.kind for step in nothing.steps] == ["intro", "exercise", "say", "exercise", "outro"]


@pytest.mark.parametrize(("level", "rest_ms"), [("gentle", 90_000), ("normal", 75_000), ("full", 60_000)])
def test_who_wants_it_gentle_rests_longer(level: Level, rest_ms: int) -> None:
    sets = f"  - {SQUAT}\n    hold: 20-30 s\n    sets: 2\n    rest: 60-90 s\n"
    rounds = f"  - repeat: 2\n    between: 60-90 s\n    steps:\n      - {SQUAT}\n        duration: 20 s\n"
    for text in (sets, rounds):
        timeline = compiled(HEAD + text, simple, level=level)
        (rest,) = (step for step in timeline.steps if step.kind == "rest")
        assert rest.work_end_ms - rest.work_start_ms == rest_ms


def test_a_chosen_length_uses_the_rests_of_sets() -> None:
    routine = routine_of(HEAD + f"  - {SQUAT}\n    hold: 30 s\n    sets: 4\n    rest: 10-70 s\n")
    for minutes in (3.5, 4.5, 5.5):
        timeline = fitted(routine, round(minutes * 60 * S), simple)
        assert abs(timeline.duration_ms - minutes * 60 * S) <= TOLERANCE_MS
        rests = {step.end_ms - step.start_ms for step in timeline.steps if step.kind == "rest"}
        assert len(rests) == 1
        assert 10 * S <= rests.pop() <= 70 * S


def test_the_gentler_substitute_keeps_the_sets() -> None:
    routine = with_substitutes(
        routine_of(HEAD + "  - exercise: plank\n    hold: 20 s\n    sets: 3\n    rest: 30 s\n"), library()
    )
    timeline = schedule(sheet_of(routine), simple)
    assert [(step.set, step.sets) for step in timed(timeline)] == [(1, 3), (2, 3), (3, 3)]
    assert timed(timeline)[0].exercise_id != "plank"
    assert seconds(timeline)[1::2] == [30, 30]


def test_a_beginning_is_not_cut_between_a_rest_and_what_it_announces() -> None:
    sheet = sheet_of(routine_of(once(f"      - section: Legs\n      - section: Arms\n{CIRCUIT}", 2, "20 s")))
    for steps in range(1, len(sheet.steps) + 1):
        upto = whole_upto(sheet, steps)
        begun = replace(sheet, cues=tuple(cue for cue in sheet.cues if cue.step_index < upto))
        part, whole = schedule(begun, simple, upto=upto), schedule(sheet, simple)
        assert part.clips == tuple(clip for clip in whole.clips if clip.start_ms < part.duration_ms)
        assert upto - steps <= 3
