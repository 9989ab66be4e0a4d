"""What verifying finds: promises, each kept or broken, with its figures and its worst places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Offender:
    """A place in the file where a promise is broken."""

    at_ms: int
    text: str
    """The words of the cue, or what the place is."""
    says: str
    """What is wrong with it, with its figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise, and whether the sound keeps it."""

    id: str
    """Lower-case kebab: `hold-lengths`."""
    kept: bool
    says: str
    """The figures, for people, on one line."""
    figures: Mapping[str, float]
    """The figures, for machines; the unit is in the name."""
    offenders: tuple[Offender, ...] = ()
    """The worst first. Empty if the promise is kept."""

    def as_json(self) -> dict[str, Any]:
        offenders = [{"at_ms": o.at_ms, "text": o.text, "says": o.says} for o in self.offenders]
        figures = {name: round(value, 3) for name, value in self.figures.items()}
        return {"id": self.id, "ok": self.kept, "says": self.says, "figures": figures, "offenders": offenders}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    file: str
    routine_id: str
    language: str
    voice: str
    promises: tuple[Promise, ...]
    hint: str = field(default="")
    """What may be the one reason for all that is broken; else empty."""

    @property
    def kept(self) -> bool:
        return all(promise.kept for promise in self.promises)

    def as_json(self) -> dict[str, Any]:
        """The object of `verify --json`."""
        return {
            "schema": SCHEMA,
            "ok": self.kept,
            "file": self.file,
            "routine": self.routine_id,
            "language": self.language,
            "voice": self.voice,
            "hint": self.hint,
            "promises": [promise.as_json() for promise in self.promises],
        }
