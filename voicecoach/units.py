"""Every conversion of time and level: milliseconds, frames, decibels, and the durations that people write."""

from __future__ import annotations

import math
import re

SAMPLE_RATE_HZ = 48_000
"""The rate of the whole programme. At 48 kHz a millisecond is 48 frames and an MP3 frame is 24 ms exactly."""

MAX_DURATION_MS = 24 * 3_600_000
"""Nothing that a person does on a mat lasts longer than a day."""

_UNIT_MS = {
    "ms": 1,
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "sek", "sekund", "sekunder"), 1000),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minut", "minutter"), 60_000),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "t", "time", "timer"), 3_600_000),
}
UNITS = tuple(_UNIT_MS)
"""The words for units of time that are read, in small letters."""
_PART = re.compile(r"\s*(?:og\s+|and\s+)?(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,9}):)?(\d{1,9}):(\d\d)$")
_MARKS = ((r"(\d)\s*(?:\"|″|”|''|′′)", r"\1 s "), (r"(\d)\s*['′’]", r"\1 min "))
"""Seconds and minutes as they are marked on a stopwatch: `2'30"`."""
_LEFT_OUT = re.compile(r"(\d+(?P<unit>h|m|min))(\d{1,2})$", re.IGNORECASE)
"""`1m30`, `1h15`: the last unit is the next smaller one."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?$")


class DurationFormatError(ValueError):
    """A text that is not a duration; `hint` says what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def ms_to_frames(ms: int, rate_hz: int = SAMPLE_RATE_HZ) -> int:
    return round(ms * rate_hz / 1000)


def frames_to_ms(frames: int, rate_hz: int = SAMPLE_RATE_HZ) -> int:
    """The whole milliseconds that hold all the frames: rounded up, so that nothing is cut."""
    return -(-frames * 1000 // rate_hz)


def db_to_gain(db: float) -> float:
    return float(10 ** (db / 20))


def gain_to_db(gain: float) -> float:
    """Decibels of an amplitude; silence is -inf."""
    return 20 * math.log10(gain) if gain > 0 else -math.inf


def clock(ms: int) -> str:
    """`1:30`, `12:05`, `1:02:03`: rounded to the second, for people."""
    seconds = round(ms / 1000)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def format_duration(ms: int) -> str:
    """As a person writes it: `30 s`, `1 min 30 s`, `2 h`, `500 ms`. `parse_duration` reads it back."""
    parts = []
    for unit, size in (("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1)):
        count, ms = divmod(ms, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts) or "0 s"


def format_range(low_ms: int, high_ms: int) -> str:
    """As a person writes it: `20-30 s`, `45 s - 1 min`, `30 s`. `parse_duration_range` reads it back."""
    low, high = format_duration(low_ms), format_duration(high_ms)
    if low == high:
        return low
    (low_number, _, low_unit), (_, _, high_unit) = low.partition(" "), high.partition(" ")
    return f"{low_number}-{high}" if low_unit == high_unit else f"{low} - {high}"


def parse_duration(text: str) -> int:
    """Milliseconds of `30 s`, `1 min 30 s`, `1:30`, `500 ms`, `2 h`, `5 minutter`.

    Raises `DurationFormatError` for anything else, for 0, and for more than a day.
    """
    ms = _written_ms(text.strip())
    if ms <= 0:
        raise DurationFormatError(f"“{text}” is no time at all", "Write a duration above zero, such as 30 s.")
    if ms > MAX_DURATION_MS:
        raise DurationFormatError(
            f"“{_short(text)}” is longer than a day", "Write a shorter duration, such as 10 min."
        )
    return ms


def parse_duration_range(text: str) -> tuple[int, int]:
    """(low, high) in milliseconds of `20-30 s`, `5–10 min` or `1 min - 90 s`; a plain duration gives it twice.

    Raises `DurationFormatError`.
    """
    parts = re.split(r"\s*[-–—]\s*", text.strip())
    if len(parts) == 1 or not parts[0]:
        ms = parse_duration(text)
        return ms, ms
    if len(parts) > 2:
        raise DurationFormatError(f"“{_short(text)}” is not a range", "Write a range as 20-30 s.")
    high_ms = parse_duration(parts[1])
    low = parts[0]
    if _NUMBER.fullmatch(low):  # "20-30 s": the unit of the high end serves both
        unit = re.search(r"[^\W\d_]+\.?\s*$", parts[1])
        low += f" {unit.group()}" if unit else ""
    low_ms = parse_duration(low)
    if low_ms > high_ms:
        raise DurationFormatError(f"“{text}” runs backwards", f"Write {format_duration(high_ms)} first.")
    return low_ms, high_ms


def _written_ms(text: str) -> int:
    if match := _CLOCK.match(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        if seconds < 60 and (minutes < 60 or not match.group(1)):
            return (hours * 60 + minutes) * 60_000 + seconds * 1000
    if _NUMBER.fullmatch(text):
        raise DurationFormatError(f"“{_short(text)}” has no unit", f"{_short(text)} what? Write {_short(text)} s.")
    if text.startswith(("-", "−", "–")):
        raise DurationFormatError(f"“{_short(text)}” is negative", "Write a duration above zero, such as 30 s.")
    total, position, written = 0.0, 0, text
    text = _spelt_out(text)
    while match := _PART.match(text, position):
        size = _UNIT_MS.get(match.group(2).lower())
        if size is None:
            break
        total += float(match.group(1).replace(",", ".")) * size
        position = match.end()
    if position == 0 or position != len(text):
        raise DurationFormatError(
            f"“{_short(written)}” is not a duration", "Write a duration as 30 s, 5 min, 1 min 30 s or 1:30."
        )
    return round(total) if total < 10 * MAX_DURATION_MS else 10 * MAX_DURATION_MS


def _spelt_out(text: str) -> str:
    for mark, unit in _MARKS:
        text = re.sub(mark, unit, text)
    if match := _LEFT_OUT.match(text.strip()):
        return f"{match[1]}{match[3]} {'min' if match['unit'].lower() == 'h' else 's'}"
    return text.strip()


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
