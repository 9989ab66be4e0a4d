from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.units import (
    MAX_DURATION_MS,
    DurationFormatError,
    clock,
    db_to_gain,
    format_duration,
    format_range,
    frames_to_ms,
    gain_to_db,
    ms_to_frames,
    parse_duration,
    parse_duration_range,
)

S, MIN, H = 1000, 60_000, 3_600_000


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("30 s", 30 * S),
        ("30s", 30 * S),
        ("5 min", 5 * MIN),
        ("1 min 30 s", 90 * S),
        ("1:30", 90 * S),
        ("0:05", 5 * S),
        ("90:00", 90 * MIN),
        ("1:02:03", H + 2 * MIN + 3 * S),
        ("90 s", 90 * S),
        ("500 ms", 500),
        ("2 h", 2 * H),
        ("1 h 5 min 10 s 250 ms", H + 5 * MIN + 10 * S + 250),
        ("1.5 s", 1500),
        ("1,5 s", 1500),
        ("  30   s  ", 30 * S),
        ("30 S", 30 * S),
        ("5 Min.", 5 * MIN),
        ("1 min and 30 s", 90 * S),
        ('30"', 30 * S),
        ("30''", 30 * S),
        ("30″", 30 * S),
        ("2'", 2 * MIN),
        ("2'30\"", 150 * S),
        ("2′ 30″", 150 * S),
        ("1m30", 90 * S),
        ("1m30s", 90 * S),
        ("1h15", 75 * MIN),
        ("1h 15m", 75 * MIN),
        # Danish
        ("30 sek", 30 * S),
        ("30 sek.", 30 * S),
        ("1 sekund", S),
        ("30 sekunder", 30 * S),
        ("1 minut", MIN),
        ("5 minutter", 5 * MIN),
        ("1 minut og 30 sekunder", 90 * S),
        ("1 time", H),
        ("2 timer", 2 * H),
        ("2 t", 2 * H),
        ("1,5 minutter", 90 * S),
        # English
        ("1 second", S),
        ("30 seconds", 30 * S),
        ("30 sec", 30 * S),
        ("2 secs", 2 * S),
        ("1 minute", MIN),
        ("5 minutes", 5 * MIN),
        ("5 mins", 5 * MIN),
        ("5 m", 5 * MIN),
        ("1 hour", H),
        ("2 hours", 2 * H),
        ("1 hr", H),
        ("24 h", MAX_DURATION_MS),
    ],
)
def test_durations_are_read_as_people_write_them(text: str, ms: int) -> None:
    assert parse_duration(text) == ms
    assert parse_duration_range(text) == (ms, ms)


@pytest.mark.parametrize(
    ("text", "low_ms", "high_ms"),
    [
        ("20-30 s", 20 * S, 30 * S),
        ("20–30 s", 20 * S, 30 * S),
        ("20 - 30 s", 20 * S, 30 * S),
        ("5-10 min", 5 * MIN, 10 * MIN),
        ("5–10 minutter", 5 * MIN, 10 * MIN),
        ("30 s - 2 min", 30 * S, 2 * MIN),
        ("1:30-2:00", 90 * S, 120 * S),
        ("0.5-1 min", 30 * S, MIN),
        ("30-30 s", 30 * S, 30 * S),
    ],
)
def test_ranges_are_read_and_the_unit_serves_both_ends(text: str, low_ms: int, high_ms: int) -> None:
    assert parse_duration_range(text) == (low_ms, high_ms)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("30", "has no unit", "30 what? Write 30 s."),
        ("1.5", "has no unit", "1.5 what?"),
        ("0 s", "no time at all", "above zero"),
        ("0:00", "no time at all", "above zero"),
        ("0.4 ms", "no time at all", "above zero"),
        ("-5 s", "negative", "above zero"),
        ("−5 s", "negative", "above zero"),
        ("25 h", "longer than a day", "shorter"),
        ("1000000000 h", "longer than a day", "shorter"),
        ("9" * 400 + " h", "longer than a day", "shorter"),
        ("", "not a duration", "30 s, 5 min"),
        ("soon", "not a duration", "30 s, 5 min"),
        ("30 parsecs", "not a duration", "30 s, 5 min"),
        ("1 min 30", "not a duration", "1 min 30 s"),
        ("1:60", "not a duration", "1:30"),
        ("1:5", "not a duration", "1:30"),
        ("1:99:00", "not a duration", "1:30"),
        ("s", "not a duration", "30 s"),
        ("30 s!", "not a duration", "30 s"),
        ("٣٠x", "not a duration", "30 s"),
        ("9" * 5000 + ":00", "not a duration", "30 s"),
    ],
)
def test_anything_else_is_refused_with_what_to_write_instead(text: str, message: str, hint: str) -> None:
    with pytest.raises(DurationFormatError, match=message) as caught:
        parse_duration(text)
    assert hint in caught.value.hint
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("30-20 s", "runs backwards", "Write 20 s first."),
        ("1-2-3 s", "not a range", "20-30 s"),
        ("20-30", "has no unit", "30 what?"),
        ("0-30 s", "no time at all", "above zero"),
        ("-5 s", "negative", "above zero"),
        ("20-", "not a duration", "30 s"),
    ],
)
def test_ranges_that_are_none_are_refused(text: str, message: str, hint: str) -> None:
    with pytest.raises(DurationFormatError, match=message) as caught:
        parse_duration_range(text)
    assert hint in caught.value.hint


@given(st.integers(1, MAX_DURATION_MS))
def test_what_is_written_can_be_read_back(ms: int) -> None:
    assert parse_duration(format_duration(ms)) == ms


@given(st.text(max_size=40))
def test_no_text_makes_a_duration_fail_otherwise(text: str) -> None:
    for read in (parse_duration, parse_duration_range):
        with suppress(DurationFormatError):
            assert read(text)


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "0:00"), (5400, "0:05"), (90 * S, "1:30"), (725 * S, "12:05"), (3723 * S, "1:02:03"), (59_999, "1:00")],
)
def test_a_clock_is_for_people(ms: int, text: str) -> None:
    assert clock(ms) == text


@given(st.integers(0, 10**9))
def test_milliseconds_become_frames_and_back(ms: int) -> None:
    assert ms_to_frames(ms) == ms * 48
    assert frames_to_ms(ms * 48) == ms
    assert frames_to_ms(ms * 48 + 1) == ms + 1  # nothing is cut


def test_decibels() -> None:
    assert db_to_gain(0) == 1
    assert db_to_gain(-20) == pytest.approx(0.1)
    assert gain_to_db(db_to_gain(-3.5)) == pytest.approx(-3.5)
    assert gain_to_db(0) == -math.inf


@pytest.mark.parametrize(
    ("low_ms", "high_ms", "text"),
    [(20_000, 30_000, "20-30 s"), (30_000, 30_000, "30 s"), (45_000, 60_000, "45 s - 1 min"),
     (300_000, 600_000, "5-10 min"), (90_000, 120_000, "1 min 30 s - 2 min"), (60_000, 90_000, "1 min - 1 min 30 s")],
)  # fmt: skip
def test_a_range_is_written_so_that_it_reads_back(low_ms: int, high_ms: int, text: str) -> None:
    assert format_range(low_ms, high_ms) == text
    assert parse_duration_range(text) == (low_ms, high_ms)
