"""One file to make, as values: what is wanted, and what became of it. They can be sent to another process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voicecoach.coach.options import Choices, FileChoices, Options
from voicecoach.errors import ProblemsError, VoicecoachError

if TYPE_CHECKING:
    from voicecoach.model import Problem

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file that is wanted: a routine, where it goes, the fields of `Options`, and what is chosen of the file. All
    of it may be the words of a person; nothing is looked at before it is made."""

    routine: str | Path
    """An id, or a path."""
    out: str | Path
    language: str | None = None
    voice: str | None = None
    pace: str | float | None = None
    level: str | None = None
    fit: str | int | None = None
    easier: bool = False
    profile: str | None = None
    floor: bool = False
    music: str | Path | None = None
    music_db: float | None = None
    duck_db: float | None = None
    vars: Mapping[str, str] | None = None
    format: str | None = None
    year: int | None = None
    stereo: bool = False
    sidecars: str | tuple[str, ...] = ()
    force: bool = False
    """Replace what is there, whatever it is."""

    def options(self) -> Options:
        """Raises `OptionError` for a value that there is not."""
        names = {each.name for each in fields(self)} & Choices.__annotations__.keys()
        return Options.of(**{name: getattr(self, name) for name in names})

    def file(self) -> FileChoices:
        return FileChoices(format=self.format, year=self.year, stereo=self.stereo, sidecars=self.sidecars)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A file that was written."""

    path: Path
    duration_ms: int
    bytes: int
    beside: tuple[Path, ...] = ()
    """Its sidecars."""
    known_sha256: str = field(default="", repr=False)
    """Of what went through a pipe, and cannot be read again."""

    @cached_property
    def sha256(self) -> str:
        """Of its bytes, in hexadecimal; read from the file when it is first asked for."""
        if self.known_sha256:
            return self.known_sha256
        with self.path.open("rb") as file:
            return sha256_of(file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Why there is no file."""

    job: Job
    rule: str
    """The id of the first problem's rule, or the kind of the error: `fit`, `missing`, `output`."""
    message: str
    hint: str = ""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the routine, or with the configuration."""
    exit_code: int = 1


def failed(job: Job, error: VoicecoachError) -> Failed:
    problems = error.problems if isinstance(error, ProblemsError) else ()
    first = next((problem for problem in problems if problem.severity == "error"), None)
    kind = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__.removesuffix("Error")).lower()
    return Failed(
        job=job,
        rule=first.rule if first else kind,
        message=f"{first.location}: {first.message}" if first else error.message,
        hint=first.hint if first else error.hint,
        problems=problems,
        exit_code=error.exit_code,
    )


def sha256_of(file: BinaryIO) -> str:
    import hashlib  # brings OpenSSL along, which a list does without

    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()
