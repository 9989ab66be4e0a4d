"""Places in files that a person wrote, the texts that stand there, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.model.languages import Language
from voicecoach.model.words import Severity


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
    """What to do about it, one sentence, an `Advice` where it names something to do; empty if the message says it."""
    size: int = 0
    """How large the need is, such as the milliseconds that are missing: of several the largest is told."""
    lines: tuple[int, ...] = ()
    """The lines of all that one change mends, where they are several."""
