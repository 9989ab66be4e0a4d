"""Counting: what is counted, what is not, whole minutes, repetitions in pairs, half-way."""

from __future__ import annotations

import pytest

from tests.compiler import promises
from tests.compiler.compiling import compiled
from tests.compiler.measures import simple
from voicecoach.compiler.clips import words
from voicecoach.model import Language, Timeline, Tone

S = 1000


def steps(*written: str, head: str = "", language: Language = "en") -> Timeline:
    """A routine of these steps, each a flow mapping."""
    lines = "".join(f"  - {step}\n" for step in written)
    return compiled(f"title: {{da: T, en: T}}\nlanguage: {language}\n{head}\nsteps:\n{lines}", simple, language)


def said(timeline: Timeline, *roles: str, step: int = 1) -> list[tuple[float, str]]:
    """(seconds from the start of the timed part, words) of what is spoken in these roles."""
    at_ms = timeline.steps[step].work_start_ms
    clips = [clip for role in roles for clip in promises.cues(timeline, timeline.steps[step], role)]
    spoken = [clip for clip in clips if not isinstance(clip.sound, Tone)]
    return sorted(((clip.onset_ms - at_ms) / S, words(clip.sound)) for clip in spoken)


def texts(timeline: Timeline, *roles: str, step: int = 1) -> list[str]:
    return [text for _, text in said(timeline, *roles, step=step)]


def inline(kind: str, rest: str, more: str = "") -> str:
    return f"{{exercise: {{name: {{da: X, en: X}}, kind: {kind}{more}}}, {rest}}}"


LAST_FIVE = ["five", "four", "three", "two", "one"]


@pytest.mark.parametrize(
    ("step", "counted"),
    [
        (inline("stretch", "hold: 25 s"), LAST_FIVE),
        (inline("strength", "hold: 25 s"), LAST_FIVE),
        (inline("mobility", "duration: 40 s"), LAST_FIVE),
        (inline("cardio", "duration: 40 s", ", intensity: hard"), LAST_FIVE),
        (inline("strength", "hold: 6 s"), LAST_FIVE),
        (inline("strength", "hold: 5 s"), []),
        (inline("stretch", "hold: 3 s"), []),
        (inline("breathing", "duration: 40 s"), []),
        (inline("cardio", "duration: 40 s", ", intensity: easy"), []),
        (inline("cardio", "duration: 5 min"), []),
        (inline("strength", "reps: 2, hold: 5 s"), []),
        (inline("stretch", "hold: 5 breaths, breathing: {in: 4 s, out: 6 s}"), []),
        (inline("strength", "reps: 2, hold: 6 s"), LAST_FIVE * 2),
        # what the step itself says is done
        (inline("strength", "hold: 5 s, count: last 2"), ["two", "one"]),
        (inline("breathing", "duration: 40 s, count: last 2"), ["two", "one"]),
        (inline("stretch", "hold: 5 breaths, breathing: {in: 4 s, out: 6 s}, count: last 2"), ["two", "one"]),
        (inline("cardio", "duration: 5 min, count: last 2"), ["two", "one"]),
        (inline("strength", "reps: 2, hold: 5 s, count: last 2"), ["two", "one"] * 2),
        (inline("stretch", "hold: 25 s, count: off"), []),
    ],
)
@pytest.mark.parametrize("head", ["", "count: last 5"])
def test_what_people_count_is_counted(step: str, counted: list[str], head: str) -> None:
    """What a file says for all its steps is for those that are counted."""
    assert texts(steps(step, head=head), "count") == counted


def test_a_files_own_way_to_count_is_taken() -> None:
    assert texts(steps(inline("stretch", "hold: 25 s"), head="count: every 10 s"), "count") == ["twenty", "ten"]
    assert texts(steps(inline("breathing", "duration: 25 s"), head="count: down"), "count") == []


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (inline("cardio", "duration: 3 min"), [(60, "One minute done."), (120, "One minute left.")]),
        (
            inline("breathing", "duration: 4 min, breathing: {in: 4 s, out: 6 s}"),
            [(60, "One minute done."), (120, "Two minutes left."), (180, "One minute left.")],
        ),
        (
            inline("cardio", "duration: 4 min, halfway: true"),
            [(60, "One minute done."), (180, "One minute left.")],
        ),
        (  # a line at 180, 195 and 210 would be too many
            inline("cardio", "duration: 6 min 30 s, halfway: true"),
            [
                (60, "One minute done."),
                (120, "Two minutes done."),
                (270, "Two minutes left."),
                (330, "One minute left."),
            ],
        ),
        (
            inline("mobility", "duration: 5 min 30 s"),
            [
                (60, "One minute done."),
                (120, "Two minutes done."),
                (210, "Two minutes left."),
                (270, "One minute left."),
            ],
        ),
        (inline("strength", "hold: 3 min"), [(60, "One minute done."), (120, "One minute left.")]),
        (inline("strength", "hold: 3 min, count: every 60 s"), []),  # which tells them
        (inline("cardio", "duration: 80 s"), []),
        (inline("cardio", "duration: 2 min"), [(60, "One minute left.")]),  # or nothing would be heard for so long
    ],
)  # fmt: skip
def test_whole_minutes_are_told_in_long_parts(step: str, told: list[tuple[int, str]]) -> None:
    found = said(steps(step), "at", "time-left")
    assert [text for _, text in found] == [text for _, text in told]
    assert all(want <= have <= want + 3 for (want, _), (have, _) in zip(told, found, strict=True))


@pytest.mark.parametrize(
    ("step", "left"),
    [
        ("{heat: pad, duration: 12 min 30 s}", "eleven ten nine six five four one"),
        ("{cold: pack, duration: 9 min}", "eight seven six five three two one"),
        ("{heat: pad, duration: 11 min}", "ten nine eight seven five four three two one"),
        ("{heat: pad, duration: 3 min}", "one"),
        ("{cold: pack, duration: 2 min}", ""),
    ],
)
def test_in_heat_and_cold_few_of_the_minutes_that_are_left_are_told(step: str, left: str) -> None:
    """Beside the checks of the skin, only as many as leave no silence over 90 s, and the last."""
    timeline = steps(step)
    assert [text.split()[0].lower() for text in texts(timeline, "time-left")] == left.split()
    assert not texts(timeline, "count", "at")


def test_no_one_lies_long_without_a_word() -> None:
    """Over 90 s of silence get a line, whatever the kind."""
    for step in (
        "{heat: pad, duration: 15 min}",
        inline("cardio", "duration: 10 min"),
        inline("stretch", "hold: 150 s"),
    ):
        timeline = steps(step)
        inside = timeline.steps[1]
        heard = [clip for clip in promises.speech(timeline) if clip.end_ms > inside.work_start_ms]
        edges = [inside.work_start_ms, *(clip.onset_ms for clip in heard if clip.onset_ms < inside.work_end_ms)]
        assert (
            max(after - before for before, after in zip(edges, [*edges[1:], inside.work_end_ms], strict=True))
            <= 91 * S
        )


def test_two_sides_in_turn_are_counted_in_pairs() -> None:
    timeline = steps(inline("mobility", "reps: 4, sides: alternate"))
    each = 4.0
    assert said(timeline, "rep") == [
        (index * 2 * each, word) for index, word in enumerate(["one", "two", "three", "four"])
    ]
    sides = [text for at, text in said(timeline, "side") if at > 0]
    assert sides == ["Right", "Left", "Right", "Left", "Right", "Last one. Left", "Right"]


def test_held_repetitions_on_two_sides_are_numbered_on_the_first() -> None:
    timeline = steps("{exercise: bird-dog, reps: 3, hold: 5 s, release: 2 s, sides: alternate}")
    step = timeline.steps[1]
    assert step.work_end_ms - step.work_start_ms == (6 * 5 + 5 * 2) * S
    assert said(timeline, "rep") == [(0, "one"), (14, "two"), (28, "three")]
    assert texts(timeline, "count") == []


@pytest.mark.parametrize("step", ["reps: 3", "reps: 3, hold: 5 s", "reps: 3, hold: 8 s", "reps: 2"])
def test_the_last_repetition_is_said_to_be_the_last(step: str) -> None:
    timeline = steps(inline("strength", step))
    (last_at, _) = said(timeline, "rep")[-1]
    (at,) = (at for at, text in said(timeline, "tempo") if text == "Last one.")
    assert last_at - 3 < at < last_at


def test_one_repetition_is_not_the_last() -> None:
    assert "Last one." not in texts(steps(inline("strength", "reps: 1, hold: 5 s")), "tempo")


@pytest.mark.parametrize(("kind", "word"), [("strength", "And lower."), ("stretch", "And release.")])
def test_the_end_of_each_held_repetition_is_heard(kind: str, word: str) -> None:
    timeline = steps(inline(kind, "reps: 3, hold: 5 s, release: 3 s"))
    step = timeline.steps[1]
    cues = promises.cues(timeline, step, "release")
    ends = [clip.onset_ms - step.work_start_ms for clip in cues if isinstance(clip.sound, Tone)]
    assert ends == [5000, 13_000]
    assert texts(timeline, "release") == [word, word]


@pytest.mark.parametrize(("language", "heard"), [("da", "Halvvejs. Skift ben."), ("en", "Half-way. Change legs.")])
def test_half_way_says_what_to_do_there(language: Language, heard: str) -> None:
    text = "{da: Skift ben., en: Change legs.}"
    timeline = steps(inline("stretch", f"hold: 40 s, halfway: {text}"), language=language)
    ((at, told),) = said(timeline, "halfway")
    assert (at, told) == (20, heard)


def test_a_text_at_half_way_that_finds_no_room_is_no_tone_but_told() -> None:
    timeline = steps(
        inline(
            "stretch",
            "hold: 4 s, count: off, halfway: Change the leg that is in front and breathe out slowly as you do.",
        )
    )
    assert not promises.cues(timeline, timeline.steps[1], "halfway")
    assert [dropped.role for dropped in timeline.dropped if dropped.role == "halfway"] == ["halfway"]
