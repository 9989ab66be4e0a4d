"""Every key of the routine language, declared once. `docs/routines.md` explains them by example.

These shapes know single values: a duration, a range, a text. What needs more than one value, or the library, is in
`read`. A validator that refuses raises `PydanticCustomError(rule, message, {"hint": …})`; `read` gives it its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
)
from pydantic_core import PydanticCustomError

from voicecoach.language.wording import name_in_english
from voicecoach.model import LANGUAGES, Counting, CountRange, DurationRange, Equipment, Language, Place
from voicecoach.routine.meant import other_word
from voicecoach.units import DurationFormatError, format_duration, parse_duration, parse_duration_range

MAX_ROUNDS = 100
MAX_REPS = 1000
MAX_TEXT = 5000


def refuse(rule: str, message: str, hint: str) -> PydanticCustomError:
    # The message travels as a value, so that braces in a person's text are never read as a template.
    return PydanticCustomError(rule, "{message}", {"message": message, "hint": hint})


def _duration(value: Any) -> int:
    try:
        return parse_duration(_written(value))
    except DurationFormatError as error:
        raise refuse("duration", str(error), error.hint) from None


def _duration_or_none(value: Any) -> int:
    """As a duration, but 0 is an answer: no time at all."""
    return 0 if value == 0 or re.fullmatch(r"0+\s*(ms|s|sek|sec)\.?", str(value).strip()) else _duration(value)


def _range(value: Any) -> DurationRange:
    try:
        low_ms, high_ms = parse_duration_range(_written(value))
    except DurationFormatError as error:
        raise refuse("duration", str(error), error.hint) from None
    return DurationRange(low_ms=low_ms, high_ms=high_ms)


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
                if " " in str(language):
                    hint = "A text with a comma or a colon in it needs quotes inside {…}."
                raise refuse("unknown-language", f"“{language}” is not a language here", hint)
            _words(text)
        return value
    return _words(value)


def _words(value: Any) -> str:
    if not isinstance(value, str):
        shown = "nothing" if value is None else f"“{value}”"
        raise refuse(
            "not-a-text", f"a text is expected here, not {shown}", "Put it in quotes, or write {da: …, en: …}."
        )
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
    raise refuse("count", f"“{value}” is not a way to count", "Write down, up, last 5, every 10 s or off.")


def _rounds(value: Any) -> CountRange:
    match = (
        re.fullmatch(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?", str(value).strip())
        if not isinstance(value, bool)
        else None
    )
    if not match:
        raise refuse(
            "rounds", f"“{value}” is not a number of rounds", "Write a number such as 2, or a range such as 2-4."
        )
    low, high = int(match.group(1)), int(match.group(2) or match.group(1))
    if not 1 <= low <= high <= MAX_ROUNDS:
        raise refuse("rounds", f"{value} rounds cannot be done", f"Write a number from 1 to {MAX_ROUNDS}.")
    return CountRange(low=low, high=high)


def _id(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        return value
    raise refuse("id", f"“{value}” is not an id", "An id is lower-case words joined by hyphens: knee-to-chest.")


def _exercise(value: Any) -> str:
    """Any text: whether it is the id of an exercise, or means one, only the library knows."""
    return value if isinstance(value, str) and value.strip() else _id(value)


def _source(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise refuse("source", "a source is expected here", "Write the id of a source, such as bishop-2003.")


def _whole_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        raise refuse("whole-number", f"“{value}” is not a whole number", "Write a number such as 5, with no unit.")
    if not 1 <= value <= MAX_REPS:
        raise refuse("whole-number", f"{value} is out of bounds", f"Write a number from 1 to {MAX_REPS}.")
    return value


def _bool(value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise refuse("true-or-false", f"“{value}” is neither true nor false", "Write true or false.")


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


def _at_least(ms: int) -> Any:
    def check(value: int) -> int:
        if value < ms:
            raise refuse(
                "too-short", "that is too short to say anything in", f"Write at least {format_duration(ms)}."
            )
        return value

    return AfterValidator(check)


Duration = Annotated[int, PlainValidator(_duration)]
Breath = Annotated[Duration, _at_least(500)]
DurationOrNone = Annotated[int, PlainValidator(_duration_or_none)]
Range = Annotated[DurationRange, PlainValidator(_range)]
WrittenText = Annotated["str | dict[str, str]", PlainValidator(_text)]
Count = Annotated[Counting, PlainValidator(_counting)]
Rounds = Annotated[CountRange, PlainValidator(_rounds)]
Id = Annotated[str, PlainValidator(_id)]
ExerciseWord = Annotated[str, PlainValidator(_exercise)]
Source = Annotated[str, PlainValidator(_source)]
Reps = Annotated[int, PlainValidator(_whole_number)]
Bool = Annotated[bool, PlainValidator(_bool)]
SidesWord = Literal["both", "alternate", "left", "right", "none"]
Halfway = Annotated["bool | str | dict[str, str]", PlainValidator(_halfway)]
if TYPE_CHECKING:
    LanguageWord: TypeAlias = Language
else:
    LanguageWord = Literal[LANGUAGES]


class Shape(BaseModel):
    """What all have in common: no unknown keys. A key with a space has its alias; both Python names are internal."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BreathingShape(Shape):
    in_: Breath = Field(alias="in")
    out: Breath
    hold_in: DurationOrNone = 0
    hold_out: DurationOrNone = 0
    lock: Bool = False


class TempoShape(Shape):
    up: Duration
    down: Duration


class ExerciseShape(Shape):
    name: WrittenText
    kind: Literal["stretch", "mobility", "strength", "cardio", "breathing"]
    sides: SidesWord = "none"
    setup: WrittenText | None = None
    instruction: WrittenText | None = None
    tips: list[WrittenText] = []
    caution: WrittenText | None = None
    easier: Id | None = None
    place: Place | None = None
    ending: WrittenText | None = None
    limb: WrittenText | None = None
    reminder: WrittenText | None = None
    equipment: list[Equipment] = []
    intensity: Literal["easy", "hard"] | None = None
    hold: Range | None = None
    duration: Range | None = None
    reps: Reps | None = None
    sources: list[Source] = []


def _exercise_form(value: Any) -> str:
    return "<inline>" if isinstance(value, dict) else "<id>"


class ExerciseStepShape(Shape):
    exercise: Annotated[
        Annotated[ExerciseWord, Tag("<id>")] | Annotated[ExerciseShape, Tag("<inline>")],
        Discriminator(_exercise_form),
    ]
    duration: Range | None = None
    hold: Range | None = None
    reps: Reps | None = None
    release: DurationOrNone | None = None
    sides: SidesWord | None = None
    breathing: BreathingShape | None = None
    tempo: TempoShape | None = None
    count: Count | None = None
    halfway: Halfway = False
    prepare: DurationOrNone | None = None
    change: DurationOrNone | None = None


class RestShape(Shape):
    rest: Range
    title: WrittenText | None = None


class SayShape(Shape):
    say: WrittenText
    title: WrittenText | None = None
    time: Duration | None = None


class StopShape(Shape):
    stop: WrittenText
    title: WrittenText | None = None


class HeatShape(Shape):
    heat: Literal["pad", "belt", "none"]
    duration: Range
    check_every: Annotated[Duration, _at_least(30_000)] | None = Field(None, alias="check every")
    prepare: DurationOrNone | None = None


class NoHeatShape(Shape):
    """The line stays in the file, and nothing is done or said."""

    heat: Literal["none"]
    duration: Range | None = None
    check_every: Annotated[Duration, _at_least(30_000)] | None = Field(None, alias="check every")
    prepare: DurationOrNone | None = None


class ColdShape(Shape):
    cold: Literal["pack"]
    duration: Range
    check_every: Annotated[Duration, _at_least(30_000)] | None = Field(None, alias="check every")
    prepare: DurationOrNone | None = None


class ContrastTimesShape(Shape):
    heat: Range
    cold: Range
    rounds: Annotated[int, PlainValidator(_whole_number)] = 1
    first: Literal["heat", "cold"] = "heat"
    check_every: Annotated[Duration, _at_least(30_000)] | None = Field(None, alias="check every")


class ContrastShape(Shape):
    contrast: ContrastTimesShape
    prepare: DurationOrNone | None = None


class RepeatShape(Shape):
    repeat: Rounds
    between: Range | None = None
    steps: Annotated[list[StepShape], Field(min_length=1)]


STEP_KEYS = ("exercise", "repeat", "rest", "heat", "cold", "contrast", "say", "stop")
"""A step is of the kind of the one of these that it has. `contrast` holds heat and cold of its own."""


def _step_kind(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    if value.get("heat") == "none":
        return "<no heat>"
    kinds = [key for key in STEP_KEYS if key in value]
    return f"<{kinds[0]}>" if kinds else None


StepShape = Annotated[
    Annotated[ExerciseStepShape, Tag("<exercise>")]
    | Annotated[RepeatShape, Tag("<repeat>")]
    | Annotated[RestShape, Tag("<rest>")]
    | Annotated[HeatShape, Tag("<heat>")]
    | Annotated[NoHeatShape, Tag("<no heat>")]
    | Annotated[ColdShape, Tag("<cold>")]
    | Annotated[ContrastShape, Tag("<contrast>")]
    | Annotated[SayShape, Tag("<say>")]
    | Annotated[StopShape, Tag("<stop>")],
    Discriminator(_step_kind),
]


class RoutineShape(Shape):
    title: WrittenText
    about: WrittenText | None = None
    phase: Literal["warm-up", "core", "cool-down", "heat", "screening", "mixed"] = "mixed"
    language: LanguageWord | None = None
    prepare: DurationOrNone = 8000
    change: DurationOrNone = 6000
    count: Count = Counting(style="last", seconds=5)
    intro: WrittenText | None = None
    steps: Annotated[list[StepShape], Field(min_length=1)]
    outro: WrittenText | None = None
    heat_caution: Bool = Field(True, alias="heat caution")
    sources: list[Source] = []


RepeatShape.model_rebuild()
