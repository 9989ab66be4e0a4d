"""What somebody else's file says, before it is written as a routine: plain values, and what was lost on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from voicecoach.model import DurationRange, Language

Sides: TypeAlias = Literal["both", "left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An exercise, as it is done. One of `time`, `breaths` and `reps` says how long, or `time` and `reps`."""

    name: str
    time: DurationRange | None = None
    still: bool = False
    """It is held, not moved in."""
    breaths: str = ""
    """`5`, `5-8`."""
    reps: str = ""
    """`8`, `8-12`, `max`; nothing if it is as long as `time`."""
    held: DurationRange | None = None
    """How long each repetition is held."""
    release: DurationRange | None = None
    """The rest between repetitions that are held."""
    sets: int = 1
    rest: DurationRange | None = None
    """Between the sets."""
    sides: Sides | None = None
    limb: str = ""
    load: str = ""
    note: str = ""
    instruction: str = ""
    halfway: str = ""
    """What is said at half-way."""
    at_once: bool = False
    """It begins where what is before it ends."""
    said_at: tuple[tuple[int, str], ...] = ()
    """What is said in it, by its milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    time: DurationRange
    words: str = ""
    """What else is said in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Something that is said."""

    text: str
    time: DurationRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    rounds: str
    """`3`, `3-5`."""
    parts: tuple[Part, ...]
    between: DurationRange | None = None


Part: TypeAlias = "Move | Pause | Words | Section | Repeat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workout:
    title: str
    parts: tuple[Part, ...]
    language: Language
    about: str = ""
    intro: str = ""
    outro: str = ""
    timed: bool = False
    """Of an interval timer: nothing comes between two intervals but what is written."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that no routine says, or that was not understood."""

    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    workouts: tuple[Workout, ...]
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of another program, as its importer gets it."""

    path: Path
    text: str
    value: Any = None
    """What the text is as JSON or YAML, if it is."""
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    """Where each value stands, if that is known."""

    @property
    def name(self) -> str:
        """What it is called where nothing in it says so: the words of its file's name."""
        return self.path.stem.replace("-", " ").replace("_", " ")

    def line_of(self, *path: str | int) -> int:
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)
