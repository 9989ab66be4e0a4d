"""What stands on a sheet, in words, in its order: the same for every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from voicecoach.model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """“Hold: 30 s”."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An exercise, or heat or cold: never parted by the end of a page."""

    title: str
    number: int | None = None
    """Of an exercise among all that differ; `None` for heat and cold."""
    facts: tuple[Fact, ...] = ()
    texts: tuple[str, ...] = ()
    """How it is done, a paragraph each."""
    tips: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    """In full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A rest, a message, a pause for training."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is done several times over."""

    title: str
    blocks: tuple[Block, ...]


Block: TypeAlias = "Entry | Note | Group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str | None
    """`None` for what stands before the first that has one."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The headings of the sheet itself, in its language."""

    caution: str
    tips: str
    sources: str
    listen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    routine: str
    """The id of the routine: the mark by which the file is known as ours."""
    title: str
    language: Language
    about: str
    facts: tuple[Fact, ...]
    """Of the whole: its phase, its length, what is needed."""
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    sources: tuple[str, ...]
    """In full, by author."""
    url: str
    """Where it can be heard; may be empty."""
    labels: Labels
