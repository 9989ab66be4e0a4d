"""What a person wrote: a routine, its steps and the exercises that they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from voicecoach.model.languages import Language
from voicecoach.model.problems import SourceLocation, Text
from voicecoach.model.words import Equipment, ExerciseKind, Phase, Place, Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationRange:
    """`20-30 s`; a plain duration is a range whose two ends are equal."""

    low_ms: int
    high_ms: int

    @property
    def is_fixed(self) -> bool:
        return self.low_ms == self.high_ms

    @property
    def ends_ms(self) -> tuple[int, int]:
        return self.low_ms, self.high_ms


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

    @property
    def lasts_ms(self) -> tuple[int, int]:
        each = self.hold or self.duration
        if not self.reps:
            times = 2 if self.sides == "both" else 1
            return (each.low_ms * times, each.high_ms * times) if each else (0, 0)
        low_ms, high_ms = each.ends_ms if each else (self.tempo.up_ms + self.tempo.down_ms,) * 2
        reps = self.reps * (2 if self.sides == "alternate" else 1)
        sets = 2 if self.sides == "both" else 1
        between_ms = (reps - 1) * self.release_ms if self.hold else 0
        return (reps * low_ms + between_ms) * sets, (reps * high_ms + between_ms) * sets


@dataclass(frozen=True, slots=True, kw_only=True)
class RestStep:
    duration: DurationRange
    title: Text | None = None
    """What its chapter is called; a rest without one belongs to the chapter before it."""
    location: SourceLocation

    @property
    def lasts_ms(self) -> tuple[int, int]:
        return self.duration.ends_ms


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

    @property
    def lasts_ms(self) -> tuple[int, int]:
        return self.duration.ends_ms


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

    @property
    def lasts_ms(self) -> tuple[int, int]:
        """Its words are no time; what is asked for may take some."""
        time_ms = 0 if self.stop else self.time_ms
        return time_ms, time_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionStep:
    """The heading of what follows: it is said, and stands over the chapters."""

    text: Text
    location: SourceLocation

    @property
    def lasts_ms(self) -> tuple[int, int]:
        return 0, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceStep:
    """Nothing is heard, exactly so long."""

    length_ms: int
    location: SourceLocation

    @property
    def lasts_ms(self) -> tuple[int, int]:
        return self.length_ms, self.length_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatStep:
    rounds: CountRange
    between: DurationRange | None
    steps: tuple[Step, ...]
    location: SourceLocation

    @property
    def lasts_ms(self) -> tuple[int, int]:
        """Its steps are asked one by one."""
        return 0, 0


SingleStep: TypeAlias = "ExerciseStep | RestStep | ThermalStep | SectionStep | SilenceStep | SayStep"
"""What is performed; a `repeat` is performed as the steps in it."""
Step: TypeAlias = "SingleStep | RepeatStep"
"""Each has `lasts_ms`, the shortest and the longest it may last: its timed parts, all sides and repetitions."""


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
    accepted: frozenset[str] = frozenset()
    """The rules whose warnings the author has answered."""
