"""`--fit`: a chosen length is met, or what can be met is said, and true."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from tests.compiler import promises
from tests.compiler.compiling import fitted, routine_of, sheet_of
from tests.compiler.measures import Lengths, simple
from tests.compiler.strategies import ranges_of_seconds, routines
from voicecoach.compiler.schedule import schedule
from voicecoach.errors import FitError
from voicecoach.model import LANGUAGES, ExerciseStep, Language, RepeatStep, Routine, Side, Step, ThermalStep
from voicecoach.units import parse_duration

TOLERANCE_MS = 1000
NEARER_TRIED = 3
"""How many whole seconds that are nearer to the wish than the length that is named are tried too."""
_rounds = st.one_of(st.integers(1, 3), st.sampled_from(["1-3", "2-4"]))
# People do not speak for a millisecond here: how long the words take decides what can be met.
_measures = st.builds(
    lambda longest_ms, seed: Lengths(200, longest_ms, 200, seed), st.integers(200, 4000), st.integers(0, 9)
)


@settings(max_examples=settings().max_examples // 10)
@given(routines(ranges_of_seconds, _rounds), _measures, st.sampled_from(LANGUAGES), st.floats(-0.2, 1.2))
def test_a_chosen_length_is_met_or_refused_with_one_that_can_be_met(
    text: str, measure: Lengths, language: Language, where: float
) -> None:
    note(text)
    routine = routine_of(text)
    shortest = schedule(sheet_of(routine, language, "gentle"), measure).duration_ms
    longest = schedule(sheet_of(routine, language, "full"), measure).duration_ms
    target_ms = max(1000, round(shortest + where * (longest - shortest)) // 1000 * 1000)
    refused = None
    try:
        timeline = fitted(routine, target_ms, measure, language)
    except FitError as error:
        refused = error
    if refused and not _named_lengths(refused):
        assert "No step has a range" in refused.hint
        return
    if refused:
        asked_ms, (target_ms,) = target_ms, _named_lengths(refused)
        _tell_one_truth(refused, asked_ms, target_ms, lambda ms: fitted(routine, ms, measure, language))
        timeline = fitted(routine, target_ms, measure, language)
    assert abs(timeline.duration_ms - target_ms) <= TOLERANCE_MS
    promises.hold_together(routine, timeline, measure)
    _inside_their_ranges(routine, timeline.steps)


def _named_lengths(error: FitError) -> list[int]:
    return [parse_duration(length) for length in re.findall(r'fit="([^"]+)"', error.hint)]


def _tell_one_truth(error: FitError, asked_ms: int, named_ms: int, fit: Callable[[int], object]) -> None:
    """The stretches that are told begin and end with lengths that can be met, the nearest is one of theirs, and no
    whole second that is nearer can be met."""
    stretches = _told_stretches(error)
    assert any(low_ms <= named_ms <= high_ms for low_ms, high_ms in stretches), error
    for end_ms in {end_ms for stretch in stretches for end_ms in stretch}:
        assert fit(end_ms)
    toward = 1 if asked_ms > named_ms else -1
    for nearer_ms in range(named_ms + toward * 1000, asked_ms, toward * 1000)[:NEARER_TRIED]:
        with pytest.raises(FitError):
            fit(nearer_ms)


def _told_stretches(error: FitError) -> list[tuple[int, int]]:
    """`it lasts from 1:00 to 2:00, 3:00 or from 4:00 to 5:00` in milliseconds."""
    told = error.message.rpartition("it lasts ")[2]
    parts = [re.findall(r"\d+(?::\d\d)+", part) for part in re.split(r", (?!with)| or ", told)]
    return [(parse_duration(times[0]), parse_duration(times[-1])) for times in parts if times]


def _inside_their_ranges(routine: Routine, steps: object) -> None:
    ranges = dict(_ranges(routine.steps))
    for step in steps:  # type: ignore[attr-defined]
        if step.location in ranges:
            low_ms, high_ms = ranges[step.location]
            assert low_ms <= step.work_end_ms - step.work_start_ms <= high_ms, step


def _ranges(steps: tuple[Step, ...]) -> list[tuple[object, tuple[int, int]]]:
    """The shortest and the longest timed part at each place; of sides that are meant to differ those of both."""
    found: list[tuple[object, tuple[int, int]]] = []
    for step in steps:
        if isinstance(step, RepeatStep):
            found += _ranges(step.steps)
        elif isinstance(step, ExerciseStep):
            sides: tuple[Side, ...] = ("left", "right")
            lengths = [step.side_lasts_ms(side) for side in sides]
            found.append((step.location, (min(low for low, _ in lengths), max(high for _, high in lengths))))
        elif isinstance(step, ThermalStep) and not step.contrast_rounds:
            found.append((step.location, step.duration.ends_ms))
    return found


COOL_DOWN = """
title: {da: Ro, en: Calm}
steps:
  - {exercise: slow-walk, duration: 2-6 min}
  - {exercise: childs-pose, hold: 20-30 s}
  - {rest: 10-60 s}
  - {exercise: knee-to-chest, hold: 20-30 s, sides: both}
"""


@pytest.mark.parametrize("minutes", [4.75, 6, 7, 8, 9, 9.75])
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_lengths_between_the_shortest_and_the_longest_are_met(minutes: float, language: Language) -> None:
    target_ms = round(minutes * 60_000)
    routine = routine_of(COOL_DOWN)
    timeline = fitted(routine, target_ms, simple, language)
    assert abs(timeline.duration_ms - target_ms) <= TOLERANCE_MS
    promises.hold_together(routine, timeline, simple)
    _inside_their_ranges(routine, timeline.steps)


@pytest.mark.parametrize(("target_ms", "bound"), [(60_000, "at least 2 min"), (3_600_000, "at most 6 min")])
def test_a_length_that_cannot_be_met_is_refused_with_the_step_that_holds_it(target_ms: int, bound: str) -> None:
    with pytest.raises(FitError) as caught:
        fitted(routine_of(COOL_DOWN), target_ms, simple)
    assert "cannot be made" in caught.value.message
    assert f"`slow-walk` on line 4: {bound}" in caught.value.hint
    (named_ms,) = _named_lengths(caught.value)
    assert abs(fitted(routine_of(COOL_DOWN), named_ms, simple).duration_ms - named_ms) <= TOLERANCE_MS


def test_a_routine_without_ranges_says_so() -> None:
    with pytest.raises(FitError) as caught:
        fitted(routine_of("title: Ro\nlanguage: da\nsteps: [{exercise: plank, hold: 20 s}]"), 600_000, simple, "da")
    assert "No step has a range" in caught.value.hint


def test_every_range_gives_way_alike() -> None:
    """None is squeezed while another is at ease."""
    shares = []
    timeline = fitted(routine_of(COOL_DOWN), 390_000, simple)
    bounds = {1: (120, 360), 2: (20, 30), 3: (10, 60), 4: (20, 30)}
    for index, (low, high) in bounds.items():
        step = timeline.steps[index]
        shares.append(((step.work_end_ms - step.work_start_ms) / 1000 - low) / (high - low))
    assert max(shares) - min(shares) <= 0.15


def test_the_range_that_is_told_and_the_nearest_length_are_one_truth() -> None:
    refused = []
    for target_ms in (60_000, 1_200_000):
        with pytest.raises(FitError) as caught:
            fitted(routine_of(COOL_DOWN), target_ms, simple)
        refused.append(caught.value)
    too_short, too_long = refused
    ((shortest_ms, longest_ms),) = _told_stretches(too_short)
    assert _told_stretches(too_long) == [(shortest_ms, longest_ms)], "the wish does not change what can be had"
    assert (_named_lengths(too_short), _named_lengths(too_long)) == ([shortest_ms], [longest_ms])
    for error, asked_ms, named_ms in ((too_short, 60_000, shortest_ms), (too_long, 1_200_000, longest_ms)):
        _tell_one_truth(error, asked_ms, named_ms, lambda ms: fitted(routine_of(COOL_DOWN), ms, simple))


ROUNDS = """
title: {da: Ro, en: Calm}
steps:
  - repeat: 2-4
    steps: [{exercise: plank, hold: 60 s}, {rest: 20-25 s}]
"""


def test_gaps_between_numbers_of_rounds_are_told_with_the_repeat_that_makes_them() -> None:
    with pytest.raises(FitError) as caught:
        fitted(routine_of(ROUNDS), 240_000, simple)
    stretches = _told_stretches(caught.value)
    assert len(stretches) == 3
    assert "repeat on line 4" in caught.value.hint
    (named_ms,) = _named_lengths(caught.value)
    assert named_ms == min((end for stretch in stretches for end in stretch), key=lambda end: abs(end - 240_000))
    _tell_one_truth(caught.value, 240_000, named_ms, lambda ms: fitted(routine_of(ROUNDS), ms, simple))


@pytest.mark.parametrize("text", [COOL_DOWN, ROUNDS])
def test_every_length_in_a_stretch_that_is_told_is_met(text: str) -> None:
    routine = routine_of(text)
    with pytest.raises(FitError) as caught:
        fitted(routine, 3_600_000, simple)
    for low_ms, high_ms in _told_stretches(caught.value):
        for target_ms in range(low_ms, high_ms + 1, 7000):
            assert abs(fitted(routine, target_ms, simple).duration_ms - target_ms) <= TOLERANCE_MS


def test_rounds_may_be_chosen_too() -> None:
    text = "title: Ro\nlanguage: da\nsteps: [{repeat: 2-4, steps: [{exercise: plank, hold: 20-30 s}]}]"
    routine = routine_of(text)
    lengths = {len(fitted(routine, seconds * 1000, simple, "da").steps) for seconds in (110, 150, 200)}
    assert len(lengths) > 1


@pytest.mark.parametrize(("text", "numbers_of_rounds"), [(COOL_DOWN, 1), (ROUNDS, 3)])
@pytest.mark.parametrize("target_ms", [60_000, 3_600_000])
def test_a_refusal_compiles_no_more_often_than_it_must(text: str, numbers_of_rounds: int, target_ms: int) -> None:
    """Each time may speak hundreds of new words; lengths that are told alike are one."""
    compiled: list[tuple[object, int, str]] = []
    with pytest.raises(FitError):
        fitted(routine_of(text), target_ms, simple, compiled=compiled)
    assert len(compiled) <= 12 * numbers_of_rounds
    assert len(compiled) == len({str(item) for item in compiled})


@pytest.mark.parametrize("where", ["the longest", "beyond it"])
def test_a_hold_of_whole_breaths_is_as_long_as_its_last_whole_breath(where: str) -> None:
    breathing = "{in: 50 s, out: 50 s, lock: true}"
    routine = routine_of(
        f"title: Ro\nlanguage: da\nsteps: [{{exercise: plank, hold: 42-131 s, breathing: {breathing}}}]"
    )
    with pytest.raises(FitError) as caught:
        fitted(routine, 3_600_000, simple, "da")
    (longest_ms,) = _named_lengths(caught.value)
    if where == "the longest":
        timeline = fitted(routine, longest_ms, simple, "da")
        assert timeline.steps[1].work_end_ms - timeline.steps[1].work_start_ms == 100_000
    else:
        for later_s in (2, 8, 25):  # what the lock leaves of the range is no time to get ready
            with pytest.raises(FitError):
                fitted(routine, longest_ms + later_s * 1000, simple, "da")


def test_the_introduction_tells_the_length_that_was_chosen() -> None:
    timeline = fitted(routine_of(COOL_DOWN), 360_000, simple)
    assert any("about six minutes" in clip.sound.text for clip in promises.speech(timeline))  # type: ignore[union-attr]


SETS = """
title: {da: Ro, en: Calm}
steps:
  - {exercise: glute-bridge, reps: 4-20}
  - {exercise: slow-walk, reps: 5-50, time: 30-60 s}
"""


@pytest.mark.parametrize("seconds", [130, 145, 160, 175])
def test_repetitions_are_chosen_so_that_a_length_is_met_and_told_where_there_are_gaps(seconds: int) -> None:
    routine = routine_of(SETS)
    timeline = fitted(routine, seconds * 1000, simple)
    assert abs(timeline.duration_ms - seconds * 1000) <= TOLERANCE_MS
    promises.hold_together(routine, timeline, simple)
    _inside_their_ranges(routine, timeline.steps)


def test_repetitions_that_come_out_uneven_are_told() -> None:
    with pytest.raises(FitError) as caught:
        fitted(routine_of(SETS.replace("30-60 s", "30 s")), 132_000, simple)
    assert "A repetition more or less of the step on line 4" in caught.value.hint, caught.value.hint
