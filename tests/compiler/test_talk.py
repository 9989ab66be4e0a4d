"""What is said around an exercise, and when: the way there and out of it, rounds, reminders, long silences."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest

from tests.compiler import promises
from tests.compiler.compiling import VOICES, compiled, printed, routine_of, sheet_of
from tests.compiler.measures import simple
from voicecoach.coach.options import Options
from voicecoach.coach.planning import plan_routine
from voicecoach.compiler.brief import briefly
from voicecoach.compiler.choice import LEVEL_CHOICES, Choice
from voicecoach.compiler.schedule import schedule
from voicecoach.compiler.talk import UPRIGHT
from voicecoach.language.phrasebook import phrasebook
from voicecoach.model import (
    LANGUAGES,
    LEVELS,
    Clip,
    DurationRange,
    Equipment,
    Language,
    Place,
    SourceLocation,
    Timeline,
    Tone,
    Utterance,
)

HEAD = "title: Calm\nlanguage: en\nsteps:\n"
FLOOR = """  - exercise:
      name: Twist
      kind: stretch
      place: back
      equipment: [mat, towel]
      limb: knee
      setup: Lie on your back.
      instruction: Let your knees sink to one side. Keep both shoulders heavy.
      tips: [Breathe out slowly.]
      caution: Go gently.
      ending: Bring your knees back up.
    hold: 30 s
    sides: both
"""
ROUNDS = f"""  - repeat: 2
    between: 20 s
    steps:
{FLOOR.replace("  - ex", "      - ex").replace(chr(10) + "    ", chr(10) + "        ")}"""


def said(timeline: Timeline, step: int, *roles: str) -> list[str]:
    clips = [clip for clip in timeline.clips if clip.step_index == step and (not roles or clip.role in roles)]
    return [clip.sound.text for clip in clips if isinstance(clip.sound, Utterance)]


def clip_of(timeline: Timeline, text: str) -> Clip:
    return next(c for c in timeline.clips if isinstance(c.sound, Utterance) and c.sound.text == text)


def test_a_hold_is_explained_before_it_and_its_second_side_in_few_words() -> None:
    timeline = compiled(HEAD + FLOOR, simple)
    assert said(timeline, 1, "instruction") == ["Let your knees sink to one side.", "Keep both shoulders heavy."]
    assert said(timeline, 2, "side", "instruction") == [
        "Change sides. Now the right knee.",
        "Let your knees sink to one side.",
    ]
    assert said(timeline, 1, "side") == ["We start with the left knee."]
    promises.hold_all(routine_of(HEAD + FLOOR), timeline, simple)


def test_the_way_there_has_its_time_and_the_way_out_is_said_after_the_end() -> None:
    timeline = compiled(HEAD + FLOOR, simple)
    way, setup = (
        clip_of(timeline, "Come down to the floor and lie on your back."),
        clip_of(timeline, "Lie on your back."),
    )
    assert (way.role, setup.role) == ("setup", "setup")
    assert setup.start_ms - way.end_ms >= 17_000
    out = [clip for clip in timeline.clips if clip.role == "out"]
    assert [clip.sound for clip in out] == 2 * [out[0].sound]
    assert all(clip.start_ms > timeline.steps[clip.step_index].work_end_ms for clip in out)
    change, last = timeline.steps[2:4]
    assert out[0].end_ms <= change.work_start_ms
    assert out[1].end_ms <= last.start_ms


@pytest.mark.parametrize(
    ("kind", "place", "ending"),
    [
        ("stretch", "back", ["And ease out."]),
        ("strength", "front", ["And lower down."]),
        ("strength", "standing", ["And relax."]),
        ("breathing", "back", []),
    ],
)
def test_what_is_held_has_a_usual_way_out(kind: str, place: str, ending: list[str]) -> None:
    exercise = f"  - exercise: {{name: X, kind: {kind}, place: {place}}}\n"
    assert said(compiled(f"{HEAD}{exercise}    hold: 20 s", simple), 1, "out") == ending
    assert said(compiled(f"{HEAD}{exercise}    duration: 20 s", simple), 1, "out") == []


def test_a_change_of_place_is_said_only_where_it_changes_and_the_way_down_in_any_case() -> None:
    steps = "".join(
        f"  - exercise: {{name: X{index}, kind: mobility{place}}}\n    duration: 20 s\n"
        for index, place in enumerate(
            ["", ", place: back", ", place: back", ", place: kneeling", ", place: standing", "", ", place: standing"]
        )
    )
    timeline = compiled(HEAD + steps, simple)
    assert [said(timeline, step, "setup") for step in range(1, 8)] == [
        [], ["Come down to the floor and lie on your back."], [],
        ["Roll onto your side and come up to your knees."], ["Come slowly up to standing."],
        [], [],
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_way_from_every_place_to_every_other(language: Language) -> None:
    places: tuple[Place, ...] = get_args(Place)
    ways = phrasebook(language).grammar["ways"]
    assert set(ways) == set(places)
    for there in places:
        for here in set(places) - {there}:
            assert ways[there].get(here) or ways[there]["upright" if here in UPRIGHT else "floor"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_one_may_need_has_its_word(language: Language) -> None:
    assert set(phrasebook(language).grammar["equipment"]) == set(get_args(Equipment))


def test_a_later_round_says_its_number_and_one_reminder() -> None:
    timeline = compiled(HEAD + ROUNDS, simple)
    first, later = said(timeline, 1), said(timeline, 4)
    assert later[:3] == [
        "Round two of two.",
        "Now the left knee.",
        "Let your knees sink to one side.",
    ]
    assert "Keep both shoulders heavy." not in later
    assert not {"Lie on your back.", "Go gently.", "Come down to the floor and lie on your back."} & set(later)
    assert "Two exercises" not in said(timeline, 0)[1]
    assert first[0] == "Round one of two."


def test_exercises_are_counted_by_what_differs() -> None:
    plank = "  - exercise: plank\n    hold: 20 s\n"
    timeline = compiled(f"{HEAD}{plank}  - exercise: glute-bridge\n    reps: 5\n{plank}", simple)
    assert said(timeline, 0)[1].startswith("Two exercises")
    assert [said(timeline, step, "place") for step in (1, 2, 3)] == [
        ["Number one of two."],
        ["Number two of two."],
        [],
    ]


def test_what_a_rest_announced_is_not_announced_again() -> None:
    text = f"{HEAD}  - exercise: glute-bridge\n    reps: 5\n  - rest: 30 s\n  - exercise: plank\n    hold: 20 s"
    timeline = compiled(text, simple)
    assert said(timeline, 3, "name") == ["Last one, Plank."]
    timeline = compiled(text.replace("s\n  - exercise: plank", "s\n  - say: Drink.\n  - exercise: plank"), simple)
    assert "Plank" in said(timeline, 2, "next")[0]
    assert said(timeline, 4, "name") == ["Plank."]


def test_one_caution_is_said_once_a_session_whoever_has_it() -> None:
    exercise = (
        "  - exercise: {{name: {name}, kind: mobility, caution: 'Stop if it is sharp. {own}'}}\n    duration: 20 s\n"
    )
    steps = exercise.format(name="A", own="Go slow.") + exercise.format(name="B", own="Go low.")
    timeline = compiled(HEAD + steps, simple)
    assert said(timeline, 1, "caution") == ["Stop if it is sharp.", "Go slow."]
    assert said(timeline, 2, "caution") == ["Go low."]
    timeline = compiled(f"{HEAD.replace('steps', 'intro: Stop if it is sharp.' + chr(10) + 'steps')}{steps}", simple)
    assert said(timeline, 1, "caution") == ["Go slow."]


def test_no_more_than_twenty_five_new_words_come_before_a_start_and_none_is_lost() -> None:
    long = " ".join(f"Do thing number {n} here." for n in range(12))
    exercise = f"{{name: X, kind: stretch, setup: Sit down now., instruction: '{long}'}}"
    timeline = compiled(f"{HEAD}  - exercise: {exercise}\n    hold: 4 min", simple)
    before = said(timeline, 1, "setup", "instruction")
    assert sum(len(sentence.split()) for sentence in before) <= 25
    assert len(before) == 5
    assert [*before[1:], *said(timeline, 1, "tip")] == [f"Do thing number {n} here." for n in range(12)]


def test_what_is_needed_is_told_of_the_exercises_really_chosen() -> None:
    timeline = compiled(f"{HEAD}{FLOOR}  - heat: pad\n    duration: 10 min", simple)
    assert "You will need a mat, a towel, a heat pad and a cloth." in said(timeline, 0)
    assert not any("need" in sentence for sentence in said(compiled(f"{HEAD}  - say: Hello.", simple), 0))


def test_a_stop_adds_your_training_to_the_length() -> None:
    timeline = compiled(f"{HEAD}  - exercise: glute-bridge\n    reps: 5\n  - stop: Train.", simple)
    assert said(timeline, 0)[1].endswith("plus your training.")


def test_what_a_message_asks_for_has_its_time() -> None:
    plain, timed = (compiled(f"{HEAD}  - say: Drink some water.\n{time}", simple) for time in ("", "    time: 20 s"))
    step = timed.steps[1]
    assert step.end_ms - clip_of(timed, "Drink some water.").end_ms >= 20_000
    assert timed.duration_ms - plain.duration_ms >= 18_000


def test_chapters_have_titles_one_can_find_and_a_titled_rest_is_one() -> None:
    text = (
        f"{HEAD}  - say: Have you any pain that will not go away at all?\n  - say: Sit.\n    title: Seat\n"
        "  - rest: 30 s\n  - rest: 40 s\n    title: A break\n  - stop: Go and train.\n  - say: Good."
    )
    titles = [chapter.title for chapter in compiled(text, simple).chapters]
    assert titles == ["Welcome", "Have you any pain that will…", "Seat", "A break", "Training", "Good", "Finish"]


@pytest.mark.parametrize(
    "step", ["rest: 7 min", "exercise: {name: X, kind: stretch}\n    hold: 8 min\n    count: off"]
)
def test_nobody_waits_longer_than_a_minute_and_a_half_for_a_word(step: str) -> None:
    timeline = compiled(f"{HEAD}  - {step}\n  - say: Well done.", simple)
    long = timeline.steps[1]
    heard = [clip.onset_ms for clip in timeline.clips if long.work_start_ms <= clip.onset_ms <= long.work_end_ms]
    moments = [long.work_start_ms, *heard, long.work_end_ms]
    assert max(after - before for before, after in pairwise(moments)) <= 93_000


def test_all_tips_are_said_in_a_long_step_and_shared_among_short_ones() -> None:
    tips = "[One tip., Two tips., Three tips., Four tips., Five tips.]"
    exercise = f"  - exercise: {{name: X, kind: stretch, tips: {tips}}}\n"
    assert len(said(compiled(f"{HEAD}{exercise}    hold: 3 min\n    count: off", simple), 1, "tip")) == 5
    timeline = compiled(f"{HEAD}{exercise}    hold: 40 s\n    sides: both", simple)
    assert said(timeline, 1, "tip") == ["One tip.", "Three tips.", "Five tips."]
    assert said(timeline, 2, "tip") == ["Two tips.", "Four tips."]


def test_a_tip_that_finds_no_room_is_listed() -> None:
    tip = "Breathe slowly and let all of it sink."
    step = f"exercise: {{name: X, kind: stretch, tips: [{tip}]}}\n    hold: 20 s\n    count: down"
    timeline = compiled(f"{HEAD}  - {step}", simple)
    assert [item.text for item in timeline.dropped if item.role == "tip"] == [tip]


def test_the_first_seconds_of_a_hold_are_quiet_even_half_way() -> None:
    timeline = compiled(f"{HEAD}  - exercise: {{name: X, kind: stretch}}\n    hold: 9 s\n    halfway: true", simple)
    assert [clip.sound for clip in timeline.clips if clip.role == "halfway"] == [Tone(name="halfway")]


def test_a_get_ready_time_that_nobody_asked_for_holds_all_its_words_and_one_that_is_too_short_is_told() -> None:
    own = "  - exercise: {name: X, kind: stretch, setup: Sit on the floor with your legs long., instruction: Bend.}\n"
    other = "  - exercise: plank\n    hold: 20 s\n"
    free = compiled(f"{HEAD}{own}    hold: 20 s\n{other}", simple)
    assert free.problems == ()
    assert {"place", "length", "ready"} <= {clip.role for clip in free.clips if clip.step_index == 1}
    short = compiled(f"{HEAD}{own}    hold: 20 s\n    prepare: 2 s\n{other}", simple)
    assert [(problem.rule, problem.location.line, problem.size > 2000) for problem in short.problems] == [
        ("get-ready-grew", 4, True)
    ]


def test_the_worst_of_a_line_is_told_by_its_size_and_not_by_its_wording() -> None:
    text = f"{HEAD}  - repeat: 2\n    steps:\n      - exercise: {{name: X, kind: mobility, setup: {'Sit. ' * 4}}}\n"
    timeline = compiled(f"{text}        duration: 20 s\n        prepare: 1 s", simple)
    (problem,) = timeline.problems
    assert problem.size > 10_000  # “needs 5 s”, of the second round, comes after it in the alphabet


# --- how it is said ------------------------------------------------------------------------------------------


def paced(pace: float) -> Timeline:
    sheet = plan_routine(routine_of(HEAD + FLOOR), Options(language="en"), "en", VOICES["en"], pace=pace)
    return schedule(sheet, simple)


def test_a_calm_pace_lengthens_the_pauses_more_than_the_words() -> None:
    def words_and_pauses(timeline: Timeline) -> tuple[int, int]:
        clips = [c for c in timeline.clips if c.step_index == 0]
        return clips[0].duration_ms, clips[1].start_ms - clips[0].end_ms

    (words, pause), (calm_words, calm_pause) = words_and_pauses(paced(1.0)), words_and_pauses(paced(0.8))
    assert 1.0 < calm_words / words < 1.2
    assert calm_pause / pause > 1.3
    for pace, pause_ms in ((1.0, 2500), (0.8, 3906)):  # after something to do, where time enough is around it
        setup, caution = clip_of(paced(pace), "Lie on your back."), clip_of(paced(pace), "Go gently.")
        assert pause_ms <= caution.start_ms - setup.end_ms < pause_ms + 24
    brisk = paced(1.25)
    assert brisk.clips[0].sound == Utterance(text="Calm.", language="en", voice="fake:en", pace=1.25)
    assert brisk.duration_ms < paced(1.0).duration_ms < paced(0.8).duration_ms
    for pace in (0.7, 0.8, 1.25, 1.5):
        promises.hold_all(routine_of(HEAD + FLOOR), paced(pace), simple)


def test_the_gym_has_shorter_pauses_and_no_other_plan() -> None:
    usual, gym = sheet_of(routine_of(HEAD + FLOOR)), briefly(sheet_of(routine_of(HEAD + FLOOR)))
    assert 150 <= gym.manner.words_a_minute <= 165
    home, quick = schedule(usual, simple), schedule(gym, simple)
    assert quick.duration_ms < home.duration_ms
    assert [step.work_end_ms - step.work_start_ms for step in quick.steps[1:-1]] == [30_000, 30_000]
    assert printed(quick) != printed(home)


def test_each_level_picks_its_own_end_of_a_range() -> None:
    at = SourceLocation(path="test", line=1, column=1)
    ranges = {(20_000, 30_000): (20_000, 25_000, 30_000), (22_000, 31_000): (22_000, 25_000, 31_000)}
    for (low, high), expected in ranges.items():
        chosen = tuple(LEVEL_CHOICES[level].ms(DurationRange(low_ms=low, high_ms=high), at) for level in LEVELS)
        assert chosen == expected
    assert Choice(fraction=0.5).ms(DurationRange(low_ms=1000, high_ms=9000), at) == 5000
