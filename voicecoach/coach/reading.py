"""Files in, routines out, with the rules of the coaching held against them."""

from __future__ import annotations

from pathlib import Path

from voicecoach.coach.places import Places, places
from voicecoach.coach.progress import timed
from voicecoach.coach.ruling import rule_problems
from voicecoach.coach.sounds import kept_renderings
from voicecoach.compiler.easier import with_substitutes
from voicecoach.errors import RoutineError
from voicecoach.model import LANGUAGES, Language, Problem, Routine
from voicecoach.routine.files import routine_files
from voicecoach.routine.kept import load_kept
from voicecoach.routine.library import find_routine


def all_routines(at: Places) -> dict[str, Path]:
    """The files of all routines that have an id, by id."""
    return routine_files(at.own, at.routine_files())


def load(name: str, at: Places | None = None, *, easier: bool = False) -> tuple[Routine, list[Problem]]:
    """The routine of an id or a path, with its warnings; `easier`: with gentler substitutes.

    Raises `NotFoundError`, or `RoutineError` with everything that is wrong with it, the rules of the coaching
    included.
    """
    at = at or places()
    with timed("read"):
        path = find_routine(name, all_routines(at))
        routine, problems, library = load_kept(path, kept_renderings(at), rule_problems, at.own)
    if any(problem.severity == "error" for problem in problems):
        raise RoutineError(problems)
    return (with_substitutes(routine, library.exercises) if easier else routine), problems


def spoken_languages(routine: Routine) -> list[Language]:
    """The languages a routine sets out to speak: its own, and those of its title."""
    return [language for language in LANGUAGES if language == routine.language or routine.title.get(language)]
