"""What there is to play: the facts of `list`, kept on disk, since reading everything takes longer than a list may.

The kept facts are those of files with the same path, size and time, in the same version. Of anything else `entries`
knows whether it has to be read anew.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach import __version__
from voicecoach.coach.places import Places
from voicecoach.model import Language
from voicecoach.reading_files import read_limited
from voicecoach.routine.files import exercise_files

if TYPE_CHECKING:
    from voicecoach.coach.progress import Report

_MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A routine in the list."""

    id: str
    title: str
    phase: str
    language: str
    languages: tuple[str, ...]
    duration_ms: int
    """Estimated, at the level “normal”."""
    path: str

    @property
    def minutes(self) -> int:
        return max(1, round(self.duration_ms / 60_000))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def catalog(at: Places, language: Language | None, report: Report | None = None) -> tuple[list[Entry], list[str]]:
    """All routines that can be read, and the paths of those that cannot. `report` is told while files are read."""
    files = at.routine_files()
    state = _state(exercise_files(at.own), language)
    memory = at.cache / "catalog.json"
    kept = _kept(memory, state)
    stats = {str(path): _stat(path) for path in files.values()}
    changed = [path for path in files.values() if str(path) not in kept or kept[str(path)][0] != stats[str(path)]]
    if changed or kept.keys() - stats.keys():
        from voicecoach.coach.entries import facts_of  # what is kept is shown without the stages
        from voicecoach.coach.progress import quiet

        kept = {path: facts for path, facts in kept.items() if path in stats}
        for path, facts in facts_of(at, changed, language, report or quiet):
            kept[str(path)] = [stats[str(path)], facts]
        _keep(memory, {"state": state, "files": kept})
    entries = [
        Entry(
            id=id_,
            path=str(path),
            **{**facts, "title": facts["title"] or id_, "languages": tuple(facts["languages"])},
        )
        for id_, path in files.items()
        if (facts := kept[str(path)][1])
    ]
    return entries, [str(path) for path in files.values() if not kept[str(path)][1]]


def _state(exercises: list[Path], language: str | None) -> list[Any]:
    """What every entry may depend on."""
    return [__version__, _stat(Path(__file__).parent), language, [[str(path), _stat(path)] for path in exercises]]


def _stat(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except OSError:  # a link may lead nowhere
        return None
    return [found.st_size, found.st_mtime_ns]


def _kept(path: Path, state: list[Any]) -> dict[str, Any]:
    """Path → its size and time, and what it said then. Nothing, if anything has changed that every entry may depend
    on: `entries` knows which do."""
    try:
        kept = json.loads(read_limited(path, _MAX_BYTES))
        files = kept["files"] if kept["state"] == state else {}
        return files if all(len(found) == 2 for found in files.values()) else {}
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return {}


def _keep(path: Path, kept: dict[str, Any]) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):  # a list is no reason to fail
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(kept), encoding="utf-8")
        beside.replace(path)
