"""Files in, routines out, with the rules of the coaching held against them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicecoach.coach.places import Places, places
from voicecoach.coach.progress import timed
from voicecoach.coach.ruling import rule_problems
from voicecoach.compiler.easier import with_substitutes
from voicecoach.disk_cache import DiskCache
from voicecoach.errors import RoutineError, VoicecoachError
from voicecoach.model import LANGUAGES, Language, Problem, Routine
from voicecoach.routine.kept import kept_library, load_kept
from voicecoach.routine.library import Library, find_routine
from voicecoach.routine.problem_lists import unanswered

_MAX_BYTES = 50_000_000
"""Of a thousand routines, about."""


def kept_readings(at: Places) -> DiskCache:
    """What was made of routine files before: read, judged, listed."""
    return DiskCache(at.cache / "read", _MAX_BYTES)


def library_of(at: Places) -> Library:
    """All exercises, a person's own among them."""
    return kept_library(at.own, kept_readings(at))


def load(name: str, at: Places | None = None, *, easier: bool = False) -> tuple[Routine, list[Problem]]:
    """The routine of an id or a path, with its warnings; `easier`: with gentler substitutes.

    Raises `NotFoundError`, or `RoutineError` with everything that is wrong with it, the rules of the coaching
    included.
    """
    at = at or places()
    with timed("read"):
        path = find_routine(name, at.routine_files())
        kept = kept_readings(at)
        library = kept_library(at.own, kept)
        routine, problems = _judged(path, library, kept)
    chosen = with_substitutes(routine, library.exercises) if easier else routine
    return chosen, unanswered(routine, problems)


def readable(at: Places) -> Iterator[tuple[str, Routine]]:
    """All routines by their ids; those with errors are left out until they are mended."""
    kept = kept_readings(at)
    library = kept_library(at.own, kept)
    for id_, path in at.routine_files().items():
        try:
            routine, _ = _judged(path, library, kept)
        except VoicecoachError:
            continue
        yield id_, routine


def _judged(path: Path, library: Library, kept: DiskCache) -> tuple[Routine, list[Problem]]:
    """Raises `RoutineError`, as `load` does."""
    routine, problems = load_kept(path, library, kept, rule_problems)
    if any(problem.severity == "error" for problem in problems):
        raise RoutineError(problems)
    return routine, problems


def spoken_languages(routine: Routine) -> list[Language]:
    """The languages a routine sets out to speak: its own, and those of its title."""
    return [language for language in LANGUAGES if language == routine.language or routine.title.get(language)]
