"""What a line of a workout is made of: numbers, times and ranges as people write them, and what was understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from voicecoach.language.imported import any_of
from voicecoach.model import DurationRange
from voicecoach.routine.importers.workout import Sides
from voicecoach.units import MAX_DURATION_MS, DurationFormatError, parse_duration_range

GAP, FAR = "\ue000", "\ue001"
"""Stand where something, and where a distance, was taken out; no text has them."""
NUMBER = r"\d{1,5}(?:[.,]\d{1,2})?"
UNIT = (
    r"(?:(?:hours?|hrs?|h|timer?|minutes?|minutters?|minuts?|mins?|m|seconds?|secs?|sekunders?|sekunds?|sek|s)"
    r"(?![^\W\d_])\.?|(?:\"|″|'{1,2})(?!\s*(?:box|step|plyo)))"
)
_PART = rf"{NUMBER}\+?\s*-?\s*{UNIT}"
_CLOCK = r"(?<![\d:])(?:\d{1,2}:)?\d{0,2}:\d{2}(?![\d:])"
TIME = rf"(?:{_CLOCK}|{_PART}(?:\s*(?:and|og)?\s*{_PART}|(?<=[hm])\d{{1,2}}(?!\d))?)"
TO = r"\s*(?:-|–|—|\bto\b|\btil\b|\bor\b|\beller\b)\s*"
ABOUT = r"(?:(?:ca\.?|about|approx\.?|around|cirka|omkring|~|≈)\s*)?"
TIMES = rf"{ABOUT}(?:(?:{TIME}|{NUMBER}){TO})?{TIME}\+?"
"""A time, or a range of it."""
COUNT = r"\d{1,4}(?:(?:\s*[-–—]\s*|\s+(?:to|til)\s+)\d{1,4})?\+?"
SHORT = r"\d{1,2}(?:\s*[-–—]\s*\d{1,2})?"

LONGEST_HELD_MS = 15_000
"""A repetition that is held is held no longer; what is held longer is a set."""


@dataclass(slots=True)
class Amounts:
    """All that one line says."""

    name: str = ""
    remarks: list[str] = field(default_factory=list)
    """What else stands in it."""
    sets: str = ""
    rounds: str = ""
    reps: list[str] = field(default_factory=list)
    """Of several sets each its own, if they differ."""
    groups: list[tuple[str, str]] = field(default_factory=list)
    """“3x5, 1x3”: sets, and what is done in each."""
    time: DurationRange | None = None
    held: DurationRange | None = None
    breaths: str = ""
    distance: str = ""
    rest: DurationRange | None = None
    rest_between: str = ""
    """`sets`, `rounds`, `exercises`, `reps`, or nothing if the line does not say."""
    sides: Sides | None = None
    limb: str = ""
    load: str = ""
    notes: list[str] = field(default_factory=list)
    halfway: str = ""
    bare: str = ""
    """A number with no unit."""
    line: int = 0
    """Of a rule for several exercises: where it stands."""
    counted: bool = False
    """It says “reps”."""
    again: bool = False
    """It says “4 times”, and not what of."""
    only_each: bool = False
    """A lone “each”: of the sides, beside an exercise; of the exercises, where none is named."""

    @property
    def says_how_long(self) -> bool:
        return bool(self.time or self.held or self.reps or self.groups or self.breaths or self.distance)

    @property
    def empty(self) -> bool:
        return not (self.says_how_long or self.sets or self.rounds or self.rest or self.sides or self.bare)


def duration_of(text: str, default_unit: str = "") -> DurationRange | None:
    """A time as people write it, or nothing. A bare number is of the default unit, if there is one."""
    text = re.sub(rf"^{ABOUT}|(?<=\d)\+|\+$", "", text.strip(), flags=re.I).strip()
    text = re.sub(r"(?<!\d):(\d\d)(?!\d)", r"0:\1", text)
    text = re.sub(r"(?<=\d)\s*-\s*(?=[^\W\d_])", " ", text)
    text = re.sub(r"\b(sekund|minut)(?:er|ter)?s\b", r"\1", text, flags=re.I)  # “1 minuts pause”
    text = re.sub(r"^0+-(?=\d)", "1-", re.sub(TO, "-", text))
    if default_unit and re.fullmatch(rf"{NUMBER}(?:-{NUMBER})?", text):
        text = f"{text} {default_unit}"
    try:
        low_ms, high_ms = parse_duration_range(text)
    except DurationFormatError:
        return None
    return DurationRange(low_ms=low_ms, high_ms=high_ms) if high_ms <= MAX_DURATION_MS else None


def plain_count(text: str) -> str:
    """`8`, `8-12`; without a plus, from low to high."""
    found = [str(int(number)) for number in re.findall(r"\d{1,4}", text)][:2]
    if len(found) == 2 and int(found[0]) > int(found[1]):
        found.reverse()
    found = [number for number in found if number != "0"]
    return "-".join(dict.fromkeys(found))


class Unread:
    """The text that is left of a line."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.text)
        if found:
            self.text = f"{self.text[: found.start()]}{GAP}{self.text[found.end() :]}"
        return found


@cache
def pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.I)


def word(key: str) -> str:
    return rf"(?<![\w]){any_of(key)}(?!\w)"
