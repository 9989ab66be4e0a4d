"""All exercises, and a routine by its name: those that ship, and a person's own, which win where both have an id."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.advice import Advice, do
from voicecoach.disk_cache import digest
from voicecoach.errors import NotFoundError, RoutineError
from voicecoach.model import Problem
from voicecoach.routine.files import SUFFIXES, exercise_files, routine_files
from voicecoach.routine.nearest import nearest

if TYPE_CHECKING:
    from voicecoach.model import Exercise, Routine


@dataclass(slots=True)
class Library:
    """All exercises by id, with the problems found in the files they came from."""

    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _digests: dict[str | None, bytes] = field(default_factory=dict, compare=False, repr=False)

    def digest(self, id_: str | None) -> bytes:
        """Equal only for equal exercises at the same place; of all that there is here for `None`."""
        if id_ not in self._digests:
            of = (dict(self.exercises), self.problems) if id_ is None else self.exercises.get(id_)
            self._digests[id_] = digest(repr(of))
        return self._digests[id_]


def load_library(own: Path | None = None) -> Library:
    """`own` is where a person's own `exercises/` lie; `files.own_folder` where it is not given."""
    from voicecoach.routine.read import read_exercises  # pydantic takes longer than a list may

    exercises: dict[str, Exercise] = {}
    problems: list[Problem] = []
    for path in exercise_files(own):
        found, found_problems = read_exercises(path)
        exercises |= found
        problems += found_problems
    problems += _unknown_substitutes(exercises)
    return Library(exercises, problems)


def find_routine(name: str, known: Mapping[str, Path] | None = None) -> Path:
    """The file of an id, one of `known`, or the path itself. Raises `NotFoundError` with the nearest id."""
    known = routine_files() if known is None else known
    if name in known:
        return known[name]
    path = Path(name)
    if path.suffix.lower() in SUFFIXES or path.parent != Path() or os.path.exists(path):
        return path
    near = nearest(name, known)
    hint = f"Did you mean {near}?" if near else Advice("See what there is: ", do("routines"))
    raise NotFoundError(f"there is no routine “{name}”", hint=hint)


def load_routine(path: Path, library: Library) -> tuple[Routine, list[Problem]]:
    """The routine in `path`. Raises `RoutineError` with every problem if there is an error among them."""
    from voicecoach.routine.read import read_routine

    routine, problems = read_routine(path, library.exercises)
    if routine is None:
        if any(problem.rule == "unknown-exercise" for problem in problems):
            problems = [*problems, *library.problems]  # the exercise may be missing because its own file is broken
        raise RoutineError(problems)
    return routine, problems


def _unknown_substitutes(exercises: Mapping[str, Exercise]) -> list[Problem]:
    problems = []
    for exercise in exercises.values():
        if exercise.easier is not None and exercise.easier not in exercises:
            near = nearest(exercise.easier, exercises)
            problems.append(
                Problem(
                    rule="unknown-exercise",
                    severity="error",
                    message=f"the gentler substitute `{exercise.easier}` does not exist",
                    location=exercise.location,
                    hint=f"Did you mean `{near}`?" if near else "Name an exercise of the library.",
                )
            )
    return problems
