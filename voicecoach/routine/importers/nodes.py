"""Headings, and what stands under each: exercises, rests, remarks, tables, repetitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from voicecoach.model import DurationRange
from voicecoach.routine.importers.expressions import LONGEST_HELD_MS, Amounts


@dataclass(slots=True)
class Done:
    """An exercise; how long may be said later, or nowhere."""

    line: int
    told: Amounts
    indent: int = 0
    item: bool = False
    label: str = ""
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Break:
    line: int
    told: Amounts


@dataclass(slots=True)
class Said:
    line: int
    text: str
    told: Amounts | None = None


@dataclass(slots=True)
class About:
    """Something about the whole, for whoever reads the routine: no voice says it."""

    line: int
    text: str


@dataclass(slots=True)
class Again:
    """What stands above is done several times."""

    line: int
    rounds: str


@dataclass(slots=True)
class Rows:
    rows: list[tuple[int, list[str]]]

    @property
    def line(self) -> int:
        return self.rows[0][0]


@dataclass(slots=True)
class Circuit:
    """“3 rounds of: 10 burpees, 20 lunges”."""

    line: int
    told: Amounts
    title: str
    inside: list[Amounts]
    key: str = ""
    """What stood before the colon."""

    def at(self, line: int) -> Circuit:
        return replace(self, line=line)


@dataclass(slots=True)
class Node:
    """A heading, and what stands under it."""

    title: str
    level: int
    line: int
    told: Amounts = field(default_factory=Amounts)
    """What the heading says."""
    called: str = ""
    """The title without how long and how often."""
    for_all: list[Amounts] = field(default_factory=list)
    """What lines under it say of all that is done there."""
    entries: list[Done | Break | Said | About | Again | Rows | Circuit] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    loose: bool = False
    """Blank lines stand between its entries."""

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def is_missing(told: Amounts, more: Amounts) -> bool:
    """Whether the line tells nothing that is known already."""
    if more.reps and (told.held or told.time) and not told.reps and not told.sets and not more.time:
        return True
    return not (
        (told.says_how_long and (more.time or more.reps or more.breaths or more.distance or more.groups))
        or (told.sets and more.sets)
        or (told.rest and more.rest)
    ) or bool(more.held and not told.held and told.reps)


def _repeated(told: Amounts, lasts: DurationRange, count: str) -> None:
    """“Hold for 20 seconds. Repeat 3 times.”"""
    if lasts.high_ms > LONGEST_HELD_MS:
        told.sets = count
    else:
        told.reps, told.held, told.time = [count], lasts, None


def merge(told: Amounts, more: Amounts) -> None:
    """What another line says of the same exercise."""
    lasts = told.held or told.time
    if more.reps and lasts and not told.reps and not told.sets and more.reps != ["max"]:
        _repeated(told, lasts, more.reps[0])
    told.sets = told.sets or more.sets or more.rounds
    told.reps = told.reps or (more.reps if not told.says_how_long else [])
    told.groups = told.groups or more.groups
    told.time = told.time or more.time
    told.held = told.held or more.held
    told.breaths = told.breaths or more.breaths
    told.distance = told.distance or more.distance
    told.rest = told.rest or more.rest
    told.rest_between = told.rest_between or more.rest_between
    told.sides = told.sides or more.sides
    told.limb = told.limb or more.limb
    told.load = told.load or more.load
    told.halfway = told.halfway or more.halfway
    told.notes += more.notes
    if told.bare and told.says_how_long:
        told.bare = ""
    elif not told.says_how_long:
        told.bare = told.bare or more.bare
