"""Single values of the routine language: a duration, a range, a text, a way to count, and which are refused.

A validator that refuses raises `PydanticCustomError(rule, message, {"hint": …})`; `faults` gives it its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, PlainValidator
from pydantic_core import PydanticCustomError

from voicecoach.language.wording import name_in_english
from voicecoach.model import LANGUAGES, Counting, CountRange, DurationRange, Language, Repetitions
from voicecoach.routine.meant import other_word
from voicecoach.routine.nearest import nearest
from voicecoach.routine.rules import RULES
from voicecoach.units import DurationFormatError, format_duration, parse_duration, parse_duration_range

MAX_ROUNDS = 100
MAX_REPS = 1000
MAX_TEXT = 5000
MAX_COUNT_IN = 10
_COUNT = r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?"
_BREATHS = "breaths?|åndedrag|åndedræt|vejrtrækning(?:er)?|åndinger"


def refuse(rule: str, message: str, hint: str) -> PydanticCustomError:
    # The message travels as a value, so that braces in a person's text are never read as a template.
    return PydanticCustomError(rule, "{message}", {"message": message, "hint": hint})


def shown(value: Any) -> str:
    """A value as it was written, in quotes."""
    return "nothing" if value is None else f"“{_as_written(value)}”"


def _as_written(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_as_written(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_as_written, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _duration(value: Any) -> int:
    try:
        return parse_duration(_written(value))
    except DurationFormatError as error:
        raise refuse("duration", str(error), _one_time(value) or error.hint) from None


def _one_time(value: Any) -> str | None:
    """What to write instead of a range, where the key takes one time."""
    try:
        low_ms, _ = parse_duration_range(_written(value))
    except DurationFormatError:
        return None
    return f"Here it is one time, and no range: write {format_duration(low_ms)}."


def _duration_or_none(value: Any) -> int:
    """As a duration, but 0 is an answer: no time at all."""
    return 0 if _is_none(value) else _duration(value)


def _is_none(value: Any) -> bool:
    zero = isinstance(value, int) and not isinstance(value, bool) and value == 0
    return zero or re.fullmatch(r"0+\s*(ms|s|sek|sec)\.?", str(value).strip()) is not None


def _range(value: Any) -> DurationRange:
    try:
        low_ms, high_ms = parse_duration_range(_written(value))
    except DurationFormatError as error:
        raise refuse("duration", str(error), error.hint) from None
    return DurationRange(low_ms=low_ms, high_ms=high_ms)


def _range_or_none(value: Any) -> DurationRange:
    """As a range, but 0 is an answer, and a low end: no time at all."""
    if _is_none(value):
        return DurationRange(low_ms=0, high_ms=0)
    from_none = re.fullmatch(r"0+(?:\s*s)?\s*[-–—]\s*(.+)", str(value).strip())
    return DurationRange(low_ms=0, high_ms=_duration(from_none.group(1))) if from_none else _range(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What stands at `hold`: a time or a number of breaths; where sides are meant to differ, one of each side."""

    left: DurationRange | CountRange
    right: DurationRange | CountRange | None = None


def _hold(value: Any) -> Held:
    if not isinstance(value, dict):
        return Held(left=_time_or_breaths(value))
    if set(value) == {"left", "right"}:
        return Held(left=_time_or_breaths(value["left"]), right=_time_or_breaths(value["right"]))
    named = {other_word("sides", side) or side: held for side, held in value.items()}
    if set(named) == {"left", "right"}:
        message = f"“{next(key for key in value if key not in named)}” is not a side"
        hint = f"Sides are left and right: {{left: {named['left']}, right: {named['right']}}}."
    elif missing := next((side for side in ("left", "right") if side not in value), None):
        length = next(iter(value.values()), "30 s")
        message, hint = f"the {missing} side has no length", f"Write both: {{left: {length}, right: {length}}}."
    else:
        other = next(key for key in value if key not in ("left", "right"))
        message, hint = f"“{other}” is not a side", "Sides are left and right: {left: 30 s, right: 45 s}."
    raise refuse("hold-sides", message, hint)


def _time_or_breaths(value: Any) -> DurationRange | CountRange:
    if isinstance(value, str) and (match := re.fullmatch(rf"{_COUNT}\s*(?:{_BREATHS})", value.strip(), re.I)):
        low, high = int(match.group(1)), int(match.group(2) or match.group(1))
        if not 1 <= low <= high <= MAX_REPS:
            raise refuse("breaths", f"{value} cannot be held", f"Write a number from 1 to {MAX_REPS}.")
        return CountRange(low=low, high=high)
    return _range(value)


def _written(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise DurationFormatError("a duration is expected here", "Write it as 30 s, 5 min, 1 min 30 s or 1:30.")
    return str(value)


def _text(value: Any) -> str | dict[str, str]:
    if isinstance(value, dict):
        if not value:
            raise refuse("empty-text", "the text is empty", "Write {da: …, en: …}.")
        for language, text in value.items():
            if language not in LANGUAGES:
                hint = f"The languages are {' and '.join(LANGUAGES)}."
                if ours := other_word("language", language):
                    hint += f" {name_in_english(ours)} is `{ours}`."
                if text is None and re.fullmatch(r"[^\W\d][\w-]*", str(language)):
                    hint = f'A text that begins with a brace needs quotes: "{{{language}}} …".'
                elif " " in str(language):
                    hint = "A text with a comma or a colon in it needs quotes inside {…}."
                raise refuse("unknown-language", f"“{language}” is not a language here", hint)
            _words(text)
        return value
    return _words(value)


def _words(value: Any) -> str:
    if not isinstance(value, str):
        hint = (
            "Write what is to be said." if isinstance(value, bool) else "Put it in quotes, or write {da: …, en: …}."
        )
        raise refuse("not-a-text", f"a text is expected here, not {shown(value)}", hint)
    if not value.strip():
        raise refuse("empty-text", "the text is empty", "Write what is to be said, or leave the key out.")
    if len(value) > MAX_TEXT:
        raise refuse("long-text", f"the text is {len(value)} characters long", f"Say it in at most {MAX_TEXT}.")
    return value


def _counting(value: Any) -> Counting:
    text = str(value).strip().lower() if isinstance(value, (str, int)) else ""
    if text in ("down", "up", "off"):
        return Counting(style=text)  # type: ignore[arg-type]
    if match := re.fullmatch(r"last\s+(\d{1,3})(?:\s*(?:s|sek|sec))?", text):
        if int(match.group(1)) > 0:
            return Counting(style="last", seconds=int(match.group(1)))
    elif match := re.fullmatch(r"every\s+(.+)", text):
        seconds, rest = divmod(_duration(match.group(1)), 1000)
        if seconds and not rest:
            return Counting(style="every", seconds=seconds)
    raise refuse("count", f"{shown(value)} is not a way to count", "Write down, up, last 5, every 10 s or off.")


def _count_in(value: Any) -> int:
    """How many seconds before the start are counted; 0: none."""
    text = str(value).strip().lower() if not isinstance(value, bool) else ""
    if text == "off":
        return 0
    if not re.fullmatch(r"\d{1,4}", text):
        raise refuse("count-in", f"“{value}” is no number to count in from", "Write a number such as 3, or off.")
    if int(text) > MAX_COUNT_IN:
        message = f"{text} seconds are too many to count in"
        raise refuse("count-in", message, f"Write a number up to {MAX_COUNT_IN}, or off.")
    return int(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something is said: a key, in front of its text."""

    at_ms: int
    written: str
    """The key itself. Two may say the same moment."""


def _moment(value: Any) -> Moment:
    text = str(value).strip()
    if text in LANGUAGES:
        hint = f"When it is said comes first: at: {{1 min: {{{text}: …}}}}."
        raise refuse("duration", f"“{text}” is no moment", hint)
    if not re.match(r"\d|[.,]\d", text):
        hint = "Write {1 min: …}. A text with a comma or a colon in it needs quotes inside {…}."
        raise refuse("duration", f"“{text}” is no moment", hint)
    return Moment(at_ms=_duration_or_none(value), written=value)


def _rounds(value: Any) -> CountRange:
    match = re.fullmatch(_COUNT, str(value).strip()) if not isinstance(value, bool) else None
    if not match:
        raise refuse(
            "rounds", f"{shown(value)} is not a number of rounds", "Write a number such as 2, or a range such as 2-4."
        )
    low, high = int(match.group(1)), int(match.group(2) or match.group(1))
    if not 1 <= low <= high <= MAX_ROUNDS:
        raise refuse("rounds", f"{value} rounds cannot be done", f"Write a number from 1 to {MAX_ROUNDS}.")
    return CountRange(low=low, high=high)


def id_(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        return value
    raise refuse("id", f"{shown(value)} is not an id", "An id is lower-case words joined by hyphens: knee-to-chest.")


def _exercise(value: Any) -> str:
    """Any text: whether it is the id of an exercise, or means one, only the library knows."""
    return value if isinstance(value, str) and value.strip() else id_(value)


def _source(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise refuse("source", "a source is expected here", "Write the id of a source, such as bishop-2003.")


def _whole_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        raise refuse(
            "whole-number", f"{shown(value)} is not a whole number", "Write a number such as 5, with no unit."
        )
    if not 1 <= value <= MAX_REPS:
        raise refuse("whole-number", f"{value} is out of bounds", f"Write a number from 1 to {MAX_REPS}.")
    return value


def _sets(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise refuse("rounds", f"{shown(value)} is not a number of sets", "Write a number such as 3.")
    if not 1 <= value <= MAX_ROUNDS:
        raise refuse("rounds", f"{value} sets cannot be done", f"Write a number from 1 to {MAX_ROUNDS}.")
    return value


def _repetitions(value: Any) -> Repetitions:
    text = str(value).strip().lower() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if text == "max":
        return "max"
    match = re.fullmatch(_COUNT, text)
    if not match:
        hint = "Write a number such as 8, a range such as 8-12, or max."
        raise refuse("whole-number", f"{shown(value)} is not a number of repetitions", hint)
    low, high = int(match.group(1)), int(match.group(2) or match.group(1))
    if not 1 <= low <= high <= MAX_REPS:
        hint = f"Write a number from 1 to {MAX_REPS}, or a range with its low end first."
        raise refuse("whole-number", f"{value} is out of bounds", hint)
    return CountRange(low=low, high=high)


def _load(value: Any) -> str | dict[str, str]:
    """A text with its unit, as it is read aloud; a bare number is none."""
    if isinstance(value, dict) and not set(value) & set(LANGUAGES) and value:
        unit, number = next(iter(value.items()))
        raise refuse("load", "a load is one text", f"Write it with its unit: {number} {unit}.")
    text = str(value).strip()
    if not isinstance(value, bool) and re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        raise refuse("load", f"“{text}” has no unit", f"{text} what? Write {text} kg.")
    if text.lower() in ("none", "no", "off", "ingen"):
        raise refuse("load", f"“{text}” is nothing to lift", "Leave `load` out where nothing is lifted.")
    return _text(value)


def _off(value: Any) -> str:
    """What stands in place of words: that nothing is said."""
    if value == "off":
        return "off"
    raise refuse("words", f"{shown(value)} is neither two words nor off", "Write {up: …, down: …}, or off.")


def _bool(value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise refuse("true-or-false", f"{shown(value)} is neither true nor false", "Write true or false.")


def _halfway(value: Any) -> bool | str | dict[str, str]:
    """True or false, or what is said there. A lone “yes” is no sentence that anybody wants to hear."""
    is_switch = not isinstance(value, (str, dict)) or str(value).strip().lower() in (
        "yes",
        "no",
        "on",
        "off",
        "ja",
        "nej",
    )
    return _bool(value) if is_switch else _text(value)


def _accepted(value: Any) -> str:
    """The id of a rule whose problems are warnings: what the language forbids, and what could harm, has no answer."""
    if value not in RULES if isinstance(value, str) else True:
        near = nearest(str(value), RULES)
        hint = f"Did you mean `{near}`?" if near else "Write the id in brackets at the end of a warning."
        raise refuse("accept", f"there is no rule “{value}”", hint)
    if RULES[value].severity == "error":
        raise refuse("accept", f"`{value}` is an error, which no answer mends", "Mend it, and leave the id out here.")
    return str(value)


def at_least(ms: int) -> Any:
    def check(value: int) -> int:
        if value < ms:
            raise refuse(
                "too-short", "that is too short to say anything in", f"Write at least {format_duration(ms)}."
            )
        return value

    return AfterValidator(check)


Duration = Annotated[int, PlainValidator(_duration)]
Breath = Annotated[Duration, at_least(500)]
DurationOrNone = Annotated[int, PlainValidator(_duration_or_none)]
Range = Annotated[DurationRange, PlainValidator(_range)]
RangeOrNone = Annotated[DurationRange, PlainValidator(_range_or_none)]
WrittenText = Annotated["str | dict[str, str]", PlainValidator(_text)]
Count = Annotated[Counting, PlainValidator(_counting)]
CountIn = Annotated[int, PlainValidator(_count_in)]
MomentKey = Annotated[Moment, PlainValidator(_moment)]
Rounds = Annotated[CountRange, PlainValidator(_rounds)]
Id = Annotated[str, PlainValidator(id_)]
ExerciseWord = Annotated[str, PlainValidator(_exercise)]
Source = Annotated[str, PlainValidator(_source)]
Sets = Annotated[int, PlainValidator(_sets)]
WholeNumber = Annotated[int, PlainValidator(_whole_number)]
Reps = Annotated[Repetitions, PlainValidator(_repetitions)]
Hold = Annotated[Held, PlainValidator(_hold)]
Load = Annotated["str | dict[str, str]", PlainValidator(_load)]
Off = Annotated[str, PlainValidator(_off)]
Accepted = Annotated[str, PlainValidator(_accepted)]
Bool = Annotated[bool, PlainValidator(_bool)]
SidesWord = Literal["both", "alternate", "left", "right", "none"]
Halfway = Annotated["bool | str | dict[str, str]", PlainValidator(_halfway)]
if TYPE_CHECKING:
    LanguageWord: TypeAlias = Language
else:
    LanguageWord = Literal[LANGUAGES]
