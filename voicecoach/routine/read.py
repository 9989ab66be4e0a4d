"""Documents → model: a file's text becomes a `Routine`, or exercises, with every problem at its line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath

from voicecoach.advice import Advice, do
from voicecoach.model import DEFAULT_LANGUAGE, LANGUAGES, Exercise, Language, Problem, Routine, SourceLocation
from voicecoach.plain_text import without_controls
from voicecoach.reading_files import open_ordinary
from voicecoach.routine import documents as shape
from voicecoach.routine import foreign, hints, values
from voicecoach.routine.faults import validated, wrong
from voicecoach.routine.maker import Defaults, Maker
from voicecoach.routine.pruned import at_path, pruned
from voicecoach.routine.source import read_text
from voicecoach.routine.steps import made_steps
from voicecoach.routine.yaml_tree import Path, Tree, parse


def read_exercises(path: FilePath) -> tuple[dict[str, Exercise], list[Problem]]:
    """The exercises of one library file, by id; those that have problems are left out."""
    tree, problems = _tree(path)
    if tree is None:
        return {}, problems
    entries = dict(tree.value)
    language = entries.pop("language", None)
    if language is not None and language not in LANGUAGES:
        what, hint = f"“{language}” is not a language here", f"Write {' or '.join(LANGUAGES)}."
        problems.append(wrong("unknown-language", what, tree.at(("language",)), hint))
    exercises = {}
    for id_, entry in entries.items():
        found, entry_problems = validated(shape.ExerciseShape, entry, tree, (id_,))
        try:
            values.id_(id_)
        except ValueError as error:
            entry_problems.insert(0, wrong("id", str(error), tree.key_at((id_,)), hints.for_id(id_)))
        if found and not entry_problems:
            maker = Maker(tree, language, {}, entry_problems)
            exercises[id_] = maker.exercise(found, (id_,), id_)
        problems += entry_problems
    return exercises, problems


def exercise_file_problems(path: FilePath) -> list[Problem] | None:
    """The problems of a file of exercises; `None` if it is another file: no title, no steps, only named things."""
    tree, _ = _tree(path)
    if tree is None or not tree.value or {"title", "steps"} & set(tree.value):
        return None
    entries = [entry for key, entry in tree.value.items() if key != "language"]
    if not entries or not all(isinstance(entry, dict) and "name" in entry for entry in entries):
        return None
    return read_exercises(path)[1]


def read_routine(path: FilePath, library: Mapping[str, Exercise]) -> tuple[Routine | None, list[Problem]]:
    """The routine in a file. `None` if there are errors; the list holds all of them, in the order of the lines."""
    routine, problems, _ = read_as_far(path, library)
    return (None if any(p.severity == "error" for p in problems) else routine), problems


def read_as_far(path: FilePath, library: Mapping[str, Exercise]) -> tuple[Routine | None, list[Problem], bool]:
    """What can be read of the routine in a file, its problems, and whether that is all of it but for unknown keys."""
    tree, problems = _tree(path)
    if tree is None:
        return None, problems, False
    found, shape_problems = validated(shape.RoutineShape, tree.value, tree, (), library)
    problems += shape_problems
    left_out: list[Path] = []
    if found is None:  # read on without what is broken, so that all problems are told at once
        found, left_out = pruned(tree)
    routine = None
    if found:
        language = found.language or _first_language(found.title)
        maker = Maker(tree, language, library, problems)
        routine = _routine(maker, found, without_controls(path.stem))
        _look_at_broken_steps(maker, left_out)
    problems.sort(key=lambda problem: (problem.location.line, problem.location.column))
    return routine, problems, all(p.rule == "unknown-key" for p in problems if p.severity == "error")


def _routine(maker: Maker, found: shape.RoutineShape, id_: str) -> Routine:
    count_in = (3 if found.phase == "training" else 0) if found.count_in is None else found.count_in
    written = frozenset(found.model_fields_set)
    maker.defaults = Defaults(found.prepare, found.change, written, count_in, found.count)
    title = maker.text(found.title, ("title",))
    return Routine(
        id=id_,
        title=title,
        about=maker.maybe_text(found.about, ("about",)),
        phase=found.phase,
        language=maker.language or DEFAULT_LANGUAGE,
        intro=maker.maybe_text(found.intro, ("intro",)),
        outro=maker.maybe_text(found.outro, ("outro",)),
        heat_caution=found.heat_caution,
        heat_caution_location=maker.tree.key_at(("heat caution",)),
        steps=made_steps(maker, found.steps, ("steps",)),
        accepted=frozenset(found.accept),
        sources=tuple(found.sources),
        location=maker.tree.at(()),
    )


def _look_at_broken_steps(maker: Maker, paths: Iterable[Path]) -> None:
    """A step that was left out for another problem may also name an exercise that does not exist."""
    told = {problem.location for problem in maker.problems}
    for path in paths:
        step = at_path(maker.tree.value, path)
        at = maker.tree.at((*path, "exercise"))
        if isinstance(step, dict) and isinstance(step.get("exercise"), str) and at not in told:
            maker.find_exercise(step["exercise"], (*path, "exercise"))
            told.add(at)


def _first_language(title: str | dict[str, str]) -> Language | None:
    return next((language for language in LANGUAGES if list(title)[:1] == [language]), None)


def _tree(path: FilePath) -> tuple[Tree | None, list[Problem]]:
    text, problems = read_text(path)
    if text is None:
        return None, _foreign_bytes(path, problems) or problems
    tree, problems = parse(text, str(path))
    if found := foreign.of_text(text, tree.value, path):
        return None, [_foreign(found, path)]
    if problems and tree.value is None:
        return None, problems
    if not isinstance(tree.value, dict):
        what = "the file is empty" if tree.value is None else "the file does not hold keys and values"
        problems.append(
            wrong("not-a-mapping", what, tree.at(()), Advice("Start from a template: ", do("new", "FILE")))
        )
        return None, problems
    return tree, problems


def _foreign_bytes(path: FilePath, problems: list[Problem]) -> list[Problem]:
    """The one problem of a file that no text is, if it is known what it is."""
    if not {"not-text", "not-utf-8", "too-large"} & {problem.rule for problem in problems}:
        return []
    try:
        with open_ordinary(path) as file:
            found = foreign.of_bytes(file.read(foreign.HEAD_BYTES), path)
    except OSError:  # gone since it was read
        return []
    return [_foreign(found, path)] if found else []


def _foreign(found: foreign.Foreign, path: FilePath) -> Problem:
    at = SourceLocation(path=str(path), line=1, column=1)
    return wrong("foreign-file", f"this is {found.what}, not a routine", at, found.hint(path))
