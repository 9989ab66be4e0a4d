"""Breaths: as they are written, as long as they sound, and nothing said over the first two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compiler import promises
from tests.compiler.compiling import compiled, fitted, routine_of
from tests.compiler.measures import simple
from voicecoach.compiler.breathing import BEND_PERCENT, TURN_MS, led
from voicecoach.compiler.clips import words
from voicecoach.model import Breathing, Timeline, Tone

HEAD = "title: Breathe\nlanguage: en\nsteps:\n"
phases = st.integers(500, 12_000)
pauses = st.sampled_from([0, 0, 500, 4000])


def breathe(length: str, breath: str = "{in: 4 s, out: 6 s}", more: str = "", key: str = "hold") -> Timeline:
    step = f"  - exercise: childs-pose\n    {key}: {length}\n    breathing: {breath}\n    {more}\n"
    return compiled(HEAD + step, simple)


def tones(timeline: Timeline, role: str, step: int = 1) -> list[tuple[int, int]]:
    """(start, length) of each breath that sounds, from the start of the timed part."""
    at_ms = timeline.steps[step].work_start_ms
    clips = promises.cues(timeline, timeline.steps[step], role)
    return [(clip.onset_ms - at_ms, clip.duration_ms) for clip in clips if isinstance(clip.sound, Tone)]


@given(phases, phases, pauses, pauses, st.integers(1000, 900_000), st.booleans())
def test_a_breath_is_as_it_is_written_or_is_told_to_be_bent(
    in_ms: int, out_ms: int, hold_in_ms: int, hold_out_ms: int, length_ms: int, lock: bool
) -> None:
    written = Breathing(in_ms=in_ms, out_ms=out_ms, hold_in_ms=hold_in_ms, hold_out_ms=hold_out_ms, lock=lock)
    found = led(written, length_ms)
    pairs = [
        (written.in_ms, found.breath.in_ms),
        (written.out_ms, found.breath.out_ms),
        (written.hold_in_ms, found.breath.hold_in_ms),
        (written.hold_out_ms, found.breath.hold_out_ms),
    ]
    still_ms = length_ms - found.count * found.breath.cycle_ms
    assert found.count >= 1
    assert still_ms >= 0
    if not found.fits:
        least = 100 if lock else 100 - BEND_PERCENT
        assert found.count == 1
        assert written.cycle_ms * least > length_ms * 100
        return
    bend = 0 if lock else BEND_PERCENT
    for asked_ms, led_ms in pairs:
        assert asked_ms * (100 - bend) // 100 <= led_ms <= asked_ms * (100 + bend) / 100
    assert still_ms * 100 < written.cycle_ms * (100 if lock else 100 - BEND_PERCENT) + 400 * found.count


@pytest.mark.parametrize(
    ("length", "breath", "count", "cycle_s"),
    [
        ("30 s", "{in: 4 s, out: 6 s}", 3, 10),
        ("60 s", "{in: 4 s, out: 6 s}", 6, 10),
        ("25 s", "{in: 4 s, out: 6 s}", 2, 10),  # and 5 s are still
        ("22 s", "{in: 4 s, out: 6 s}", 2, 11),
        ("35 s", "{in: 12 s, out: 12 s}", 1, 24),
        ("25 s", "{in: 4 s, out: 6 s, lock: true}", 2, 10),
        ("22 s", "{in: 4 s, out: 6 s, lock: true}", 2, 10),
        ("20-30 s", "{in: 4 s, out: 6 s, lock: true}", 2, 10),
        ("26 s", "{in: 4 s, hold_in: 2 s, out: 6 s, hold_out: 1 s}", 2, 13),
    ],
)
def test_as_many_breaths_are_led_as_fit(length: str, breath: str, count: int, cycle_s: int) -> None:
    timeline = breathe(length, breath)
    starts = [start_ms for start_ms, _ in tones(timeline, "breath-in")]
    assert starts == [index * cycle_s * 1000 for index in range(count)]
    assert not [problem for problem in timeline.problems if problem.rule == "breath-bent"]


def test_a_breath_sounds_as_long_as_it_lasts() -> None:
    timeline = breathe("52 s", "{in: 4 s, hold_in: 2 s, out: 6 s, hold_out: 1 s}")
    assert {length for _, length in tones(timeline, "breath-in")} == {4000 - TURN_MS}
    assert {length for _, length in tones(timeline, "breath-out")} == {6000 - TURN_MS}
    assert {length for _, length in tones(timeline, "breath-hold")} == {2000 - TURN_MS, 1000 - TURN_MS}
    sounding = sorted(span for role in ("breath-in", "breath-out", "breath-hold") for span in tones(timeline, role))
    assert len(sounding) == 16
    assert all(start + length + TURN_MS == after for (start, length), (after, _) in pairwise(sounding))


@pytest.mark.parametrize(("length", "lock"), [("8 s", "false"), ("9 s", "true"), ("5 s", "false")])
def test_a_breath_that_does_not_fit_is_told_at_its_line(length: str, lock: str) -> None:
    timeline = breathe(length, f"{{in: 4 s, out: 6 s, lock: {lock}}}")
    (problem,) = (problem for problem in timeline.problems if problem.rule == "breath-bent")
    assert (problem.severity, problem.location.line) == ("warning", 6)
    seconds = int(length.split()[0])
    assert "4/6 s" in problem.message
    assert f"{seconds * 0.4:g}/{seconds * 0.6:g} s" in problem.message
    assert [start for start, _ in tones(timeline, "breath-in")] == [0]


def test_over_the_first_two_breaths_only_the_breath_is_led() -> None:
    """In a hold and in breathing that goes on; with the instruction, tips, half-way and counts all wished for."""
    for length, key in (("20 s", "hold"), ("30 s", "hold"), ("4 min", "duration")):
        timeline = breathe(length, more="halfway: true", key=key)
        step = timeline.steps[1]
        quiet = [
            clip
            for clip in promises.speech(timeline)
            if step.work_start_ms - 100 <= clip.start_ms < step.work_start_ms + 20_000
        ]
        assert [words(clip.sound) for clip in quiet] == ["In", "Out", "In", "Out"]
        assert [clip.onset_ms - step.work_start_ms for clip in quiet] == [0, 4000, 10_000, 14_000]


def test_a_count_of_the_steps_own_is_heard_all_the_same() -> None:
    def counts(more: str) -> list[str]:
        timeline = breathe("20 s", more=more)
        return [words(clip.sound) for clip in promises.cues(timeline, timeline.steps[1], "count")]

    assert counts("") == []
    assert counts("count: last 3") == ["three", "two", "one"]


def test_a_tip_is_over_a_second_before_the_next_in_breath() -> None:
    for length in ("30 s", "60 s", "4 min"):
        timeline = breathe(length)
        step = timeline.steps[1]
        tips = [clip for clip in promises.cues(timeline, step, "tip") if clip.start_ms > step.work_start_ms]
        assert tips
        for clip in tips:
            ins = [step.work_start_ms + start for start, _ in tones(timeline, "breath-in")]
            assert not [at for at in ins if clip.start_ms < at - 30 < clip.end_ms + 1000 - 30], (clip, ins)


def test_a_tip_that_would_run_into_the_next_in_breath_is_not_said() -> None:
    """8.9 s of it would fit into a breath of ten, but not end a second before the next."""
    for characters, said in ((170, 1), (178, 0)):
        exercise = f"{{name: X, kind: breathing, tips: [{'x' * characters}]}}"
        step = f"  - exercise: {exercise}\n    duration: 50 s\n    breathing: {{in: 4 s, out: 6 s}}\n"
        timeline = compiled(HEAD + step, simple)
        tips = promises.cues(timeline, timeline.steps[1], "tip")
        led_over = [clip for clip in tips if clip.start_ms >= timeline.steps[1].work_start_ms]
        assert [words(clip.sound) for clip in led_over] == ["x" * characters] * said


def test_ones_own_way_to_breathe_is_allowed_once_and_before_it_begins() -> None:
    step = "  - exercise: childs-pose\n    hold: 30 s\n    sides: both\n    breathing: {in: 4 s, out: 6 s}\n"
    timeline = compiled(HEAD + step + step, simple)
    (allowed,) = (clip for clip in timeline.clips if "your own way" in words(clip.sound))
    assert allowed.end_ms <= timeline.steps[1].work_start_ms


def test_a_chosen_length_leads_breaths_within_bounds_too() -> None:
    routine = routine_of(
        HEAD + "  - exercise: deep-breathing\n    duration: 1-4 min\n    breathing: {in: 4 s, out: 6 s}\n"
    )
    for target_ms in (133_000, 171_000):
        timeline = fitted(routine, target_ms, simple)
        starts = [start for start, _ in tones(timeline, "breath-in")]
        assert all(8500 <= after - before <= 11_500 for before, after in pairwise(starts))
