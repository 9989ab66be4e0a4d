"""What a person wrote: a routine, its steps and the exercises that they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from voicecoach.model.languages import Language
from voicecoach.model.problems import SourceLocation, Text
from voicecoach.model.words import Equipment, ExerciseKind, Phase, Place, Side, Sides, Work


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
    """How often something is done: `2`, or `2-4` from which a level or a chosen length picks."""

    low: int
    high: int

    @property
    def is_fixed(self) -> bool:
        return self.low == self.high


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

    @property
    def each_ms(self) -> int:
        return self.up_ms + self.down_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfWords:
    """What is said on the two halves of a paced repetition; `None`: nothing."""

    up: Text | None = None
    down: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedText:
    """What is said at a moment of a timed part."""

    at_ms: int
    """After its start."""
    text: Text
    location: SourceLocation
    """Where the moment stands."""


Repetitions: TypeAlias = CountRange | Literal["max"]
"""`max`: until the person stops."""
MAX_REPS_MS = 40_000
"""How long a file gives `max`, where nobody says."""


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
    reps: Repetitions | None
    """What a step does that names none of `hold`, `duration` and `reps`."""
    words: HalfWords | None
    """Of a repetition; `None`: the usual ones."""
    sources: tuple[str, ...]
    location: SourceLocation


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseStep:
    """One line of a routine that does an exercise. Every value a file-wide default could fill is filled."""

    exercise: Exercise
    duration: DurationRange | None
    hold: DurationRange | None
    hold_right: DurationRange | None
    """Of the right side, where it is meant to differ; `hold` is that of the left then."""
    in_breaths: bool
    """The hold is written in breaths, and told so."""
    reps: CountRange | None
    """`None` also for `max`."""
    own: bool
    """In one's own time: repetitions that nobody paces."""
    time: DurationRange | None
    """How long the person has for them; `None`: until they say so."""
    release_ms: int
    sets: int | None
    """How often all of it is done, with `rest` between; `None` where nobody wrote so: once."""
    rest: DurationRange | None
    rest_location: SourceLocation
    """Where `rest` stands."""
    sides: Sides
    breathing: Breathing | None
    tempo: Tempo
    words: HalfWords | None
    """`None`: the usual ones."""
    counting: Counting
    counting_own: bool
    """`count` is written in the step itself, and not for the file."""
    halfway: bool
    halfway_text: Text | None
    """What is said at half-way, in place of the usual words."""
    at: tuple[TimedText, ...]
    count_in: int
    """From which number the seconds before the start are counted; 0: they are not."""
    load: Text | None
    """What is lifted: told with the name."""
    note: Text | None
    """Shown, and never said."""
    named_own: bool
    """The step has a name of its own for an exercise of the library."""
    prepare_ms: int
    change_ms: int
    """Time to change sides, before the second side."""
    prepare_written: bool
    change_written: bool
    """Whether somebody wrote so, here or for all steps. What nobody asked for may grow without a word."""
    location: SourceLocation
    timing_location: SourceLocation
    """Where `hold`, `duration` or `reps` stands, for problems about the length."""
    right_location: SourceLocation
    """Where the hold of the right side stands."""
    time_location: SourceLocation
    breathing_location: SourceLocation
    """Where `breathing` stands."""

    @property
    def work(self) -> Work:
        if self.own:
            return "own"
        return "reps" if self.reps else "hold" if self.hold else "duration"

    @property
    def is_held(self) -> bool:
        """One hold, and no repetitions of it."""
        return self.work == "hold"

    @property
    def waits(self) -> bool:
        """Nobody knows how long it takes: who plays it here says when it is over."""
        return self.own and self.time is None

    @property
    def holds(self) -> tuple[DurationRange, ...]:
        """What is held: one range, or that of the left and of the right."""
        return tuple(range_ for range_ in (self.hold, self.hold_right) if range_)

    @property
    def a_side(self) -> int:
        """How many repetitions are done for each that is written: both sides in turn make two."""
        return 2 if self.sides == "alternate" else 1

    def chosen_from(self, side: Side | None) -> tuple[DurationRange | None, SourceLocation]:
        """The range that its length, or that of a repetition, is chosen from, and where it stands."""
        return (self.time, self.time_location) if self.time else self.holds_on(side)

    def holds_on(self, side: Side | None) -> tuple[DurationRange | None, SourceLocation]:
        """The range of one hold on that side, or of the set, and where it stands."""
        if side == "right" and self.hold_right:
            return self.hold_right, self.right_location
        return self.hold or self.duration, self.timing_location

    @property
    def lasts_ms(self) -> tuple[int, int]:
        sides: tuple[Side | None, ...] = ("left", "right") if self.sides == "both" else (None,)
        lengths = [self.side_lasts_ms(side) for side in sides] * (self.sets or 1)
        return sum(low for low, _ in lengths), sum(high for _, high in lengths)

    def side_lasts_ms(self, side: Side | None) -> tuple[int, int]:
        range_, _ = self.chosen_from(side)
        if self.time or self.work in ("hold", "duration"):
            return range_.ends_ms if range_ else (0, 0)
        if self.reps is None:
            return MAX_REPS_MS, MAX_REPS_MS
        low_ms, high_ms = range_.ends_ms if range_ else (self.tempo.each_ms,) * 2
        return self.set_ms(self.reps.low, low_ms), self.set_ms(self.reps.high, high_ms)

    def set_ms(self, reps: int, each_ms: int) -> int:
        """How long that many repetitions last, with what lies between them."""
        reps *= self.a_side
        return reps * each_ms + (reps - 1) * self.between_ms

    @property
    def between_ms(self) -> int:
        """Between two repetitions: after a hold one lets go."""
        return self.release_ms if self.hold else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RestStep:
    duration: DurationRange
    title: Text | None = None
    """What its chapter is called; a rest without one belongs to the chapter before it."""
    at: tuple[TimedText, ...] = ()
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
    at: tuple[TimedText, ...] = ()
    count_in: int = 0
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
    at: tuple[TimedText, ...] = ()
    """Said in that silence."""
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
    between_location: SourceLocation
    """Where `between` stands."""
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
