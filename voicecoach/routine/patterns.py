"""What the reader accepts as a single value, once more for editors: pieces of JSON Schema.

Patterns are those of JavaScript and Python alike, as `\\d` and lookaheads are. What no pattern can say (a day is the
longest time, a range does not run backwards) is left to `voicecoach check`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from voicecoach.model import LANGUAGES
from voicecoach.units import UNITS

_Schema = dict[str, Any]

_NUMBER = r"\d+(?:[.,]\d+)?"
_SOME = "(?=[^-–—]*[1-9])"
"""Not zero."""


def in_any_case(word: str) -> str:
    """A pattern for the word in capitals and small letters; JSON Schema knows no flags."""
    return "".join(f"[{letter.lower()}{letter.upper()}]" if letter.isalpha() else letter for letter in word)


def one_of(words: Iterable[str]) -> str:
    """The longest first, as a shorter one may be how it begins."""
    return "(?:" + "|".join(map(in_any_case, sorted(words, key=len, reverse=True))) + ")"


_UNIT = rf"{_NUMBER}\s*{one_of(UNITS)}"
_MARKED = rf"""{_NUMBER}\s*(?:["″”]|''|′′|['′’])"""
_AND = rf"{one_of(['og', 'and'])}\s+"
_PART = rf"(?:{_UNIT}(?![^\s\d.–—-])\.?|{_MARKED})"
_PARTS = rf"(?:{_AND})?{_PART}(?:\s*(?:(?<![A-Za-z]){_AND})?{_PART})*"
_CLOCK = r"(?:\d{1,9}:0*[0-5]?\d:[0-5]\d|\d{1,9}:[0-5]\d)"
_LEFT_OUT = rf"\d+{one_of(['h', 'm', 'min'])}\d{{1,2}}"
_TIME = rf"{_SOME}(?:{_CLOCK}|{_LEFT_OUT}|{_PARTS})"
_UP_TO = rf"{_SOME}(?:(?:{_AND})?{_PART}\s*(?:(?<![A-Za-z]){_AND})?)*{_UNIT}\.?"
"""Ends with a unit, which serves the low end too."""
_SWITCHES = ("yes", "no", "on", "off", "ja", "nej")
_TO = r"\s*[-–—]\s*"
_NO_TIME = r"0+\s*(?:ms|s|sek|sec)\.?"


def text_of(pattern: str, told: str, *examples: str) -> _Schema:
    """A text that the pattern is all of; `told` is what an editor shows where it is not."""
    shown = {"examples": list(examples)} if examples else {}
    return {"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$", "patternErrorMessage": told, **shown}


def any_of(*schemas: _Schema) -> _Schema:
    return {"anyOf": list(schemas)}


def whole(low: int, high: int) -> _Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


DURATION = text_of(_TIME, "Write a duration as 30 s, 5 min, 1 min 30 s or 1:30.", "30 s", "5 min")
DURATION_OR_NONE = any_of({"const": 0}, text_of(rf"{_NO_TIME}|{_TIME}", DURATION["patternErrorMessage"], "10 s"))
RANGE = text_of(
    rf"{_TIME}|{_TIME}{_TO}{_TIME}|{_SOME}{_NUMBER}{_TO}{_UP_TO}",
    "Write a duration as 30 s or 1:30, or a range as 20-30 s.",
    "30 s",
    "20-30 s",
)
RANGE_OR_NONE = any_of(
    {"const": 0},
    text_of(
        rf"{_NO_TIME}|0+(?:\s*s)?{_TO}{_TIME}|{RANGE['pattern'][1:-1]}",
        RANGE["patternErrorMessage"],
        *RANGE["examples"],
    ),
)
SOME_TEXT: _Schema = {"type": "string", "pattern": r"\S"}


def counted(most: int) -> str:
    """A whole number from 1 to `most`, which is a power of ten, as it is written."""
    return rf"0*(?:[1-9]\d{{0,{len(str(most)) - 2}}}|{most})"


def count_range(most: int) -> _Schema:
    """`2`, or `2-4`."""
    written = rf"{counted(most)}(?:\s*[-–]\s*{counted(most)})?"
    return any_of(whole(1, most), text_of(written, "Write a number such as 2, or a range such as 2-4."))


MAX = text_of(in_any_case("max"), "Write a number such as 8, a range such as 8-12, or max.")
_BREATHS = one_of(["breath", "breaths", "åndedrag", "åndedræt", "vejrtrækning", "vejrtrækninger", "åndinger"])


def hold(most: int) -> _Schema:
    """A time or a number of breaths; or one of each side."""
    breaths = rf"{counted(most)}(?:\s*[-–]\s*{counted(most)})?\s*{_BREATHS}"
    told = "Write how long as 20-30 s, or 5 breaths."
    one = text_of(rf"{RANGE['pattern'][1:-1]}|{breaths}", told, *RANGE["examples"], "5 breaths")
    sides = {"left": one, "right": one}
    of_each = {"type": "object", "properties": sides, "required": list(sides), "additionalProperties": False}
    return any_of(one, of_each)


def load(schema: _Schema) -> _Schema:
    """`schema`, but for a bare number, and for what is nothing to lift."""
    unfit = rf"{_NUMBER}|{one_of(['none', 'no', 'off', 'ingen'])}"
    return {**schema, "not": {"type": "string", "pattern": rf"^\s*(?:{unfit})\s*$"}}


def text(longest: int) -> _Schema:
    """A text, or one a language."""
    words = {**SOME_TEXT, "maxLength": longest, "patternErrorMessage": "The text is empty."}
    by_language = {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, words),
        "additionalProperties": False,
        "minProperties": 1,
    }
    return any_of(words, by_language)


def not_switches(schema: _Schema) -> _Schema:
    """`schema`, but for a word alone that means yes or no."""
    return {**schema, "not": {"type": "string", "pattern": rf"^\s*{one_of(_SWITCHES)}\s*$"}}


COUNT = any_of(
    {"enum": ["last 5", "every 10 s", "down", "up", "off"]},
    text_of(
        rf"{one_of(['down', 'up', 'off'])}"
        rf"|{in_any_case('last')}\s+(?=0*[1-9])\d{{1,3}}(?:\s*{one_of(['s', 'sek', 'sec'])})?"
        rf"|{in_any_case('every')}\s+{_TIME}",
        "Write down, up, last 5, every 10 s or off.",
    ),
)
ID: _Schema = {
    "type": "string",
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "patternErrorMessage": "An id is lower-case words joined by hyphens: knee-to-chest.",
}


NAMED: dict[str, _Schema] = {
    "duration": DURATION,
    "duration-or-none": DURATION_OR_NONE,
    "range": RANGE,
    "count": COUNT,
    "range-or-none": RANGE_OR_NONE,
}
"""What stands in many places, so that a schema need say it only once."""
