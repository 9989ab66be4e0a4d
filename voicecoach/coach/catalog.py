"""What there is to play: the facts of `list`, kept on disk, since reading everything takes longer than a list may.

The kept facts are those of files with the same path, size and time, in the same version; anything else is read anew.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from voicecoach import __version__
from voicecoach.coach.places import Places
from voicecoach.errors import VoicecoachError
from voicecoach.model import Language
from voicecoach.reading_files import read_limited
from voicecoach.routine.files import exercise_files, routine_files

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


def catalog(at: Places, language: Language | None) -> tuple[list[Entry], list[str]]:
    """All routines that can be read, and the paths of those that cannot."""
    files = routine_files(at.own, at.routine_files())
    state = _state([*files.values(), *exercise_files(at.own)], language)
    memory = at.cache / "catalog.json"
    kept = _kept(memory)
    if kept.get("state") != state:
        entries, broken = _read(at, files, language)
        kept = {"state": state, "entries": [asdict(entry) for entry in entries], "broken": broken}
        _keep(memory, kept)
    entries = [Entry(**{**entry, "languages": tuple(entry["languages"])}) for entry in kept["entries"]]
    return entries, list(kept["broken"])


def _read(at: Places, files: dict[str, Path], language: Language | None) -> tuple[list[Entry], list[str]]:
    from voicecoach.coach.planning import estimated_ms  # what is kept is shown without the stages
    from voicecoach.coach.reading import load, spoken_languages

    entries, broken = [], []
    for id_, path in files.items():
        try:
            routine, _ = load(str(path), at)
            languages = spoken_languages(routine)
            shown = language if language in languages else routine.language
            entries.append(
                Entry(
                    id=id_,
                    title=routine.title.get(shown) or id_,
                    phase=routine.phase,
                    language=routine.language,
                    languages=tuple(languages),
                    duration_ms=estimated_ms(routine, shown),
                    path=str(path),
                )
            )
        except VoicecoachError:
            broken.append(str(path))
    return entries, broken


def _state(files: list[Path], language: str | None) -> list[Any]:
    stats = [(path, path.stat()) for path in files if os.path.exists(path)]  # a link may lead nowhere
    code = Path(__file__).parent.stat().st_mtime_ns
    return [__version__, code, language, [[str(path), stat.st_size, stat.st_mtime_ns] for path, stat in stats]]


def _kept(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(read_limited(path, _MAX_BYTES))
        return kept if isinstance(kept, dict) else {}
    except (OSError, ValueError, RecursionError):
        return {}


def _keep(path: Path, kept: dict[str, Any]) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):  # a list is no reason to fail
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(kept), encoding="utf-8")
        beside.replace(path)
