"""Every key of the routine language, declared once. `docs/routines.md` explains them by example.

The single values are those of `values`; what needs more than one value, or the library, is in `read`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from voicecoach.model import Counting, Equipment, Place
from voicecoach.routine.values import (
    Accepted,
    Bool,
    Breath,
    Count,
    CountIn,
    Duration,
    DurationOrNone,
    ExerciseWord,
    Halfway,
    Hold,
    Id,
    LanguageWord,
    Load,
    MomentKey,
    Off,
    Range,
    RangeOrNone,
    Reps,
    Rounds,
    Sets,
    SidesWord,
    Source,
    WholeNumber,
    WrittenText,
    at_least,
)


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


class WordsShape(Shape):
    up: WrittenText | None = None
    down: WrittenText | None = None


At = Annotated[dict[MomentKey, WrittenText], Field()]
"""What is said at which moment of the timed part."""


def _words_form(value: Any) -> str:
    return "<two words>" if isinstance(value, dict) else "<off>"


Words = Annotated[
    Annotated[WordsShape, Tag("<two words>")] | Annotated[Off, Tag("<off>")], Discriminator(_words_form)
]


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
    words: Words | None = None
    sources: list[Source] = []


def _exercise_form(value: Any) -> str:
    return "<inline>" if isinstance(value, dict) else "<id>"


class ExerciseStepShape(Shape):
    exercise: Annotated[
        Annotated[ExerciseWord, Tag("<id>")] | Annotated[ExerciseShape, Tag("<inline>")],
        Discriminator(_exercise_form),
    ]
    name: WrittenText | None = None
    setup: WrittenText | None = None
    instruction: WrittenText | None = None
    tips: list[WrittenText] | None = None
    duration: Range | None = None
    hold: Hold | None = None
    reps: Reps | None = None
    pace: Literal["own"] | None = None
    time: Range | None = None
    release: DurationOrNone | None = None
    sets: Sets | None = None
    rest: RangeOrNone | None = None
    sides: SidesWord | None = None
    breathing: BreathingShape | None = None
    tempo: TempoShape | None = None
    words: Words | None = None
    load: Load | None = None
    note: WrittenText | None = None
    count: Count | None = None
    count_in: CountIn | None = Field(None, alias="count in")
    halfway: Halfway = False
    at: At = {}
    prepare: DurationOrNone | None = None
    change: DurationOrNone | None = None


class RestShape(Shape):
    rest: RangeOrNone
    title: WrittenText | None = None
    at: At = {}


class SectionShape(Shape):
    section: WrittenText


class SilenceShape(Shape):
    silence: Duration


class SayShape(Shape):
    say: WrittenText
    title: WrittenText | None = None
    time: Duration | None = None
    at: At = {}


class StopShape(Shape):
    stop: WrittenText
    title: WrittenText | None = None


class HeatShape(Shape):
    heat: Literal["pad", "belt", "none"]
    duration: Range
    check_every: Annotated[Duration, at_least(30_000)] | None = Field(None, alias="check every")
    count_in: CountIn | None = Field(None, alias="count in")
    at: At = {}
    prepare: DurationOrNone | None = None


class NoHeatShape(Shape):
    """The line stays in the file, and nothing is done or said."""

    heat: Literal["none"]
    duration: Range | None = None
    check_every: Annotated[Duration, at_least(30_000)] | None = Field(None, alias="check every")
    count_in: CountIn | None = Field(None, alias="count in")
    at: At = {}
    prepare: DurationOrNone | None = None


class ColdShape(Shape):
    cold: Literal["pack"]
    duration: Range
    check_every: Annotated[Duration, at_least(30_000)] | None = Field(None, alias="check every")
    count_in: CountIn | None = Field(None, alias="count in")
    at: At = {}
    prepare: DurationOrNone | None = None


class ContrastTimesShape(Shape):
    heat: Range
    cold: Range
    rounds: WholeNumber = 1
    first: Literal["heat", "cold"] = "heat"
    check_every: Annotated[Duration, at_least(30_000)] | None = Field(None, alias="check every")


class ContrastShape(Shape):
    contrast: ContrastTimesShape
    prepare: DurationOrNone | None = None


class RepeatShape(Shape):
    repeat: Rounds
    between: RangeOrNone | None = None
    steps: Annotated[list[StepShape], Field(min_length=1)]


STEPS: dict[str, type[Shape]] = {
    "exercise": ExerciseStepShape,
    "repeat": RepeatShape,
    "rest": RestShape,
    "heat": HeatShape,
    "cold": ColdShape,
    "contrast": ContrastShape,
    "section": SectionShape,
    "silence": SilenceShape,
    "say": SayShape,
    "stop": StopShape,
}
"""A step is of the kind of the first of these keys that it has. `contrast` holds heat and cold of its own."""

STEP_KEYS = tuple(STEPS)


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
    | Annotated[SectionShape, Tag("<section>")]
    | Annotated[SilenceShape, Tag("<silence>")]
    | Annotated[SayShape, Tag("<say>")]
    | Annotated[StopShape, Tag("<stop>")],
    Discriminator(_step_kind),
]


class RoutineShape(Shape):
    title: WrittenText
    about: WrittenText | None = None
    phase: Literal["warm-up", "core", "cool-down", "heat", "screening", "training", "mixed"] = "mixed"
    accept: list[Accepted] = []
    language: LanguageWord | None = None
    prepare: DurationOrNone = 8000
    change: DurationOrNone = 6000
    count: Count = Counting(style="last", seconds=5)
    count_in: CountIn | None = Field(None, alias="count in")
    intro: WrittenText | None = None
    steps: Annotated[list[StepShape], Field(min_length=1)]
    outro: WrittenText | None = None
    heat_caution: Bool = Field(True, alias="heat caution")
    sources: list[Source] = []


RepeatShape.model_rebuild()


class Home(NamedTuple):
    """Where keys stand."""

    shape: type[Shape]
    called: str
    """In the words of a hint."""


def _step_home(key: str) -> Home:
    return Home(STEPS[key], f"{'an' if key[0] in 'aeiou' else 'a'} `{key}` step")


STEP_HOMES: dict[str, Home] = {
    **{f"<{key}>": _step_home(key) for key in STEPS},
    "<no heat>": Home(NoHeatShape, "a `heat` step"),
}
HOMES: dict[str, Home] = {
    "<routine>": Home(RoutineShape, "the routine itself, at the left edge"),
    **STEP_HOMES,
    "<inline>": Home(ExerciseShape, "an exercise of your own"),
    "breathing": Home(BreathingShape, "`breathing`"),
    "tempo": Home(TempoShape, "`tempo`"),
    "words": Home(WordsShape, "`words`"),
    "contrast": Home(ContrastTimesShape, "`contrast`"),
}
"""By the tag of a form, or the key that holds it, as pydantic's place of an error has them. `faults` finds the shape
of a place here, and `hints` what to call it."""
