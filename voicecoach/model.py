"""The frozen values that cross a stage border. Imports nothing but the standard library.

Times are whole milliseconds, and the unit stands in every name: `start_ms`, `end_ms` and `duration_ms` are
placed in the programme, `offset_ms` is relative to an anchor, `onset_ms` is where a sound is perceived to begin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Language: TypeAlias = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = ("da", "en")
Level: TypeAlias = Literal["gentle", "normal", "full"]
LEVELS: tuple[Level, ...] = ("gentle", "normal", "full")
Phase: TypeAlias = Literal["warm-up", "core", "cool-down", "heat", "screening", "mixed"]
ExerciseKind: TypeAlias = Literal["stretch", "mobility", "strength", "cardio", "breathing"]
Sides: TypeAlias = Literal["both", "alternate", "left", "right", "none"]
Side: TypeAlias = Literal["left", "right"]
Place: TypeAlias = Literal["standing", "chair", "back", "front", "side", "kneeling", "all-fours"]
Equipment: TypeAlias = Literal[
    "mat",
    "chair",
    "bench",
    "table",
    "wall",
    "step",
    "towel",
    "blanket",
    "pillow",
    "cloth",
    "band",
    "strap",
    "ball",
    "roller",
    "weights",
    "kettlebell",
    "barbell",
    "bar",
    "rope",
    "bike",
    "treadmill",
    "rower",
    "pad",
    "belt",
    "pack",
]
"""What a person may need at hand; each has its words in `language/`."""
Severity: TypeAlias = Literal["error", "warning"]


# --- places and problems -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLocation:
    """A place in a file that a person wrote."""

    path: str
    """The file, as the person named it."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is said, one text a language. A language that is missing here is never filled from another one."""

    by_language: Mapping[Language, str]
    location: SourceLocation

    def get(self, language: Language) -> str | None:
        return self.by_language.get(language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the input that a person should know of: what, where, why, and what to do."""

    rule: str
    """The id of the rule, lower-case kebab: `unknown-key`, `stretch-hold-range`."""
    severity: Severity
    message: str
    location: SourceLocation
    hint: str = ""
    """What to do about it, one sentence; empty if the message says it."""
    size: int = 0
    """How large the need is, such as the milliseconds that are missing: of several the largest is told."""
    lines: tuple[int, ...] = ()
    """The lines of all that one change mends, where they are several."""


# --- what a person wrote -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationRange:
    """`20-30 s`; a plain duration is a range whose two ends are equal."""

    low_ms: int
    high_ms: int

    @property
    def is_fixed(self) -> bool:
        return self.low_ms == self.high_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRange:
    """How often a `repeat` goes round: `2`, or `2-4` from which a chosen length may pick."""

    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How the seconds of a hold are counted aloud."""

    style: Literal["down", "up", "last", "every", "off"]
    seconds: int = 0
    """For `last`: how many; for `every`: the interval, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breathing:
    """The four phases of one breath, in milliseconds."""

    in_ms: int
    out_ms: int
    hold_in_ms: int = 0
    hold_out_ms: int = 0
    lock: bool = False
    """The hold is lengthened or shortened inside its range so that it is a whole number of breaths."""

    @property
    def cycle_ms(self) -> int:
        return self.in_ms + self.hold_in_ms + self.out_ms + self.hold_out_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """The pace of repetitions that are not held."""

    up_ms: int
    down_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """An entry of the exercise library, or one written inside a routine."""

    id: str | None
    """`None` for an exercise written inside a routine."""
    name: Text
    kind: ExerciseKind
    sides: Sides
    setup: Text | None
    instruction: Text | None
    tips: tuple[Text, ...]
    caution: Text | None
    easier: str | None
    """The id of a gentler substitute."""
    place: Place | None
    """Where the body is while it is done; `None` where the author did not say."""
    ending: Text | None
    """How one gets out of it; said after the end."""
    limb: Text | None
    """What a side is a side of: “leg”. `None`: the sides themselves are named."""
    reminder: Text | None
    """How it is done in a few words, for the second side and later rounds; `None`: how its instruction begins."""
    equipment: tuple[Equipment, ...]
    intensity: Literal["easy", "hard"] | None
    """`None` where the author did not say."""
    hold: DurationRange | None
    duration: DurationRange | None
    reps: int | None
    """What a step does that names none of `hold`, `duration` and `reps`."""
    sources: tuple[str, ...]
    location: SourceLocation


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseStep:
    """One line of a routine that does an exercise. Every value a file-wide default could fill is filled."""

    exercise: Exercise
    duration: DurationRange | None
    hold: DurationRange | None
    reps: int | None
    release_ms: int
    sides: Sides
    breathing: Breathing | None
    tempo: Tempo
    counting: Counting
    counting_own: bool
    """`count` is written in the step itself, and not for the file."""
    halfway: bool
    halfway_text: Text | None
    """What is said at half-way, in place of the usual words."""
    prepare_ms: int
    change_ms: int
    """Time to change sides, before the second side."""
    prepare_written: bool
    change_written: bool
    """Whether somebody wrote so, here or for all steps. What nobody asked for may grow without a word."""
    location: SourceLocation
    timing_location: SourceLocation
    """Where `hold`, `duration` or `reps` stands, for problems about the length."""
    breathing_location: SourceLocation
    """Where `breathing` stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestStep:
    duration: DurationRange
    title: Text | None = None
    """What its chapter is called; a rest without one belongs to the chapter before it."""
    location: SourceLocation


@dataclass(frozen=True, slots=True, kw_only=True)
class ThermalStep:
    """Heat (a pad or a belt) or cold (a pack)."""

    kind: Literal["heat", "cold"]
    source: Literal["pad", "belt", "pack"]
    duration: DurationRange
    check_every_ms: int | None
    """The interval of the skin check reminder."""
    prepare_ms: int
    prepare_written: bool
    location: SourceLocation
    timing_location: SourceLocation
    contrast_round: int = 0
    """1, 2, … inside a `contrast`, else 0."""
    contrast_rounds: int = 0
    contrast_second: bool = False
    """Inside a `contrast`, the second of its round."""

    @property
    def goes_on(self) -> bool:
        """Inside a `contrast`, all but the very first."""
        return self.contrast_round > 1 or self.contrast_second


@dataclass(frozen=True, slots=True, kw_only=True)
class SayStep:
    text: Text
    stop: bool
    """The person goes and does something, and goes on when ready: playing pauses after the words."""
    title: Text | None = None
    """What its chapter is called; else its first words."""
    time_ms: int = 0
    """How long what is asked for takes: silence after the words."""
    location: SourceLocation


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatStep:
    rounds: CountRange
    between: DurationRange | None
    steps: tuple[Step, ...]
    location: SourceLocation


Step: TypeAlias = "ExerciseStep | RestStep | ThermalStep | SayStep | RepeatStep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A routine as it was written, with every exercise found."""

    id: str
    title: Text
    about: Text | None
    phase: Phase
    language: Language
    intro: Text | None
    outro: Text | None
    heat_caution: bool
    """False if the author turned the 24-hour caution off, which `check` refuses."""
    heat_caution_location: SourceLocation
    steps: tuple[Step, ...]
    sources: tuple[str, ...]
    location: SourceLocation


# --- sounds --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Exact words in one voice. Hashable: it is the key of the speech cache."""

    text: str
    language: Language
    voice: str
    """`engine:voice`, such as `pyttsx3:gmq/da`."""
    pace: float = 1.0
    """1.0 is the voice's coaching pace; 1.3 is 30 % faster."""


ToneName: TypeAlias = Literal["start", "end", "side", "halfway", "breath-in", "breath-out", "breath-hold", "wake"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """One of the sounds whose recipes lie in `audio/`."""

    name: ToneName
    duration_ms: int | None = None
    """How long it sounds; `None`: as long as its recipe."""


Sound: TypeAlias = "Utterance | Tone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio:
    """Sound as samples: mono, float32, full scale ±1.0."""

    samples: NDArray[np.float32]
    """Shape (frames,)."""
    sample_rate_hz: int
    onset_ms: float = 0.0
    """Where the sound is perceived to begin, from its first sample."""

    @property
    def duration_ms(self) -> float:
        return len(self.samples) * 1000 / self.sample_rate_hz


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundLength:
    """All the schedule needs to know of a sound."""

    duration_ms: int
    onset_ms: int


Measure: TypeAlias = "Callable[[Sound], SoundLength]"

Quality: TypeAlias = Literal["basic", "good", "natural", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Someone who can speak, or could if they were installed."""

    id: str
    """`engine:voice`."""
    name: str
    language: Language
    quality: Quality
    licence: str
    installed: bool = True
    how_to_get: str = ""
    """The one command that installs it; empty if it is installed."""


# --- planned -------------------------------------------------------------------------------------------------

Role: TypeAlias = str
"""What a cue is for: `name`, `setup`, `begin`, `count`, …; the full list is in `compiler/roles.py`."""

StepKind: TypeAlias = Literal["exercise", "rest", "heat", "cold", "say", "intro", "outro"]
Work: TypeAlias = Literal["hold", "duration", "reps"]
"""How the timed part of an exercise is filled."""
Anchor: TypeAlias = Literal["lead", "work", "tail"]
"""`lead`: said one after another from the step's start; `work`: `offset_ms` from the start of the timed part;
`tail`: one after another from the end of the timed part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A planned sound, anchored to a step. It has no absolute time yet."""

    sound: Sound
    role: Role
    step_index: int
    anchor: Anchor
    location: SourceLocation
    offset_ms: int = 0
    """Where its perceived beginning belongs, relative to the anchor (`work` only)."""
    earliest_ms: int = 0
    latest_ms: int = 0
    """The window, relative to the anchor, in which its perceived beginning may lie (`work` only)."""
    end_by_ms: int | None = None
    """It must be over by then, relative to the anchor; `None`: by the end of the timed part."""
    priority: int = 0
    """The greater is placed first and dropped last."""
    protected: bool = False
    """Never dropped: time is made for it."""
    pause_ms: int = 0
    """The least silence after it, where that is more than its role asks for (`lead` and `tail` only)."""
    last: bool = False
    """Said after all others of the get-ready time."""
    shorter: Cue | None = None
    """What to say where this does not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step as it will be performed, with the length of its timed part, which speech never changes."""

    index: int
    kind: StepKind
    exercise_id: str | None
    title: str
    """What a person calls it, in the routine's language."""
    side: Side | None
    round: int
    work_ms: int
    """0 for `say`, `intro` and `outro`, whose length is that of their words."""
    prepare_ms: int
    """The get-ready time that was asked for. It grows if protected words need more."""
    stop: bool
    chapter: str | None = ""
    """The title of the chapter that begins with it, where that is not its own; `None`: the chapter before goes on."""
    location: SourceLocation
    prepare_written: bool = False
    """Somebody asked for this get-ready time; else it is as long as its words need, and nothing is left out."""
    settle_ms: int = 0
    """The least silence between the last word before the timed part and its start; in a `say`, after its words."""
    work: Work | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the coach talks where nothing is timed: never quicker than one can follow."""

    words_a_minute: int = 125
    """At most, with the pauses."""
    pauses: float = 1.0
    """A factor on every pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSheet:
    """The whole plan: what is said in which step and in what order, with no absolute times."""

    routine_id: str
    title: str
    language: Language
    voice: str
    steps: tuple[PlannedStep, ...]
    cues: tuple[Cue, ...]
    """In the order of their steps."""
    manner: Manner = Manner()
    problems: tuple[Problem, ...] = ()
    """What could not be planned as it was written, and was planned otherwise."""


# --- placed --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStep:
    index: int
    kind: StepKind
    exercise_id: str | None
    title: str
    side: Side | None
    round: int
    start_ms: int
    end_ms: int
    work_start_ms: int
    work_end_ms: int
    stop: bool
    location: SourceLocation
    work: Work | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A sound with its place in the programme."""

    sound: Sound
    role: Role
    step_index: int
    start_ms: int
    duration_ms: int
    onset_ms: int
    """Absolute: where it is perceived to begin."""
    location: SourceLocation
    gain_db: float = 0.0

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.duration_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    title: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A cue that did not fit, and why."""

    role: Role
    text: str
    step_index: int
    reason: str
    location: SourceLocation


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything that will be heard and when. No samples: it prints, compares and is the JSON of `show --json`."""

    routine_id: str
    title: str
    language: Language
    voice: str
    duration_ms: int
    steps: tuple[TimelineStep, ...]
    clips: tuple[Clip, ...]
    """In the order of their starts."""
    chapters: tuple[Chapter, ...]
    dropped: tuple[Dropped, ...]
    problems: tuple[Problem, ...] = field(default=())
    """What the schedule had to do that the author should know of, such as a get-ready time that grew."""
