"""What was read before is what reading gives, and nothing but that."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach.advice import Advice, Option, do
from voicecoach.cli.advised import worded
from voicecoach.coach.ruling import rule_problems
from voicecoach.disk_cache import DiskCache
from voicecoach.errors import RoutineError
from voicecoach.model import Exercise, Problem, Routine
from voicecoach.routine import kept as kept_module
from voicecoach.routine.files import routine_files
from voicecoach.routine.kept import kept_library, load_kept, made_of
from voicecoach.routine.library import Library, find_routine, load_library, load_routine


@pytest.fixture
def kept(tmp_path: Path) -> DiskCache:
    return DiskCache(tmp_path / "kept", 10**7)


def again(kept: DiskCache) -> DiskCache:
    """The same folder, for another process."""
    return DiskCache(kept.folder, kept.limit_bytes)


def refuse(*_: object) -> object:
    raise AssertionError


def loaded(path: Path, kept: DiskCache) -> tuple[Routine, list[Problem]]:
    return load_kept(path, kept_library(None, kept), kept, rule_problems)


@pytest.mark.parametrize("path", list(routine_files().values()), ids=lambda path: path.stem)
def test_every_routine_comes_back_as_it_was_read(
    path: Path, kept: DiskCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = load_library()
    routine, problems = load_routine(path, library)
    problems += rule_problems(routine)
    first = loaded(path, kept)
    monkeypatch.setattr(kept_module, "load_library", refuse)
    monkeypatch.setattr(kept_module, "load_routine", refuse)
    for found in (first, loaded(path, again(kept))):
        assert found == (routine, problems)
    assert kept_library(None, again(kept)) == library
    assert repr(kept_library(None, again(kept))) == repr(library)  # which is what the keys are made of


def test_advice_comes_back_with_its_pieces(kept: DiskCache, monkeypatch: pytest.MonkeyPatch) -> None:
    def advised(routine: Routine) -> list[Problem]:
        hint = Advice("See: ", do("new", "x.yaml"), Option("fit", "20 min"))
        return [Problem(rule="x", severity="warning", message="y", location=routine.location, hint=hint)]

    monkeypatch.setattr(advised, "__module__", rule_problems.__module__)
    path, library = find_routine("contrast"), load_library()
    load_kept(path, library, kept, advised)
    monkeypatch.setattr(kept_module, "load_routine", refuse)
    hint = load_kept(path, library, again(kept), advised)[1][-1].hint
    assert worded(hint) == 'See: voicecoach new x.yaml--fit "20 min"'


def test_a_change_is_read(kept: DiskCache, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    text = find_routine("back-cool-down").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    loaded(path, kept)
    before = path.stat()
    path.write_text(text.replace("phase: cool-down", "phase: warm-up  "), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # neither size nor time tell of it
    assert path.stat().st_size == before.st_size
    assert loaded(path, again(kept))[0].phase == "warm-up"


def test_an_error_is_told_each_time(kept: DiskCache, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("title: 1\nnonsense: true\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RoutineError):
            loaded(path, again(kept))
    with pytest.raises(RoutineError):
        loaded(tmp_path / "none.yaml", kept)


def exercise(name: str) -> Exercise:
    return replace(next(iter(load_library().exercises.values())), id=name)


@pytest.mark.parametrize(
    ("asks", "changes"),
    [
        (lambda exercises: exercises["a"], ["a"]),
        (lambda exercises: exercises.get("b"), ["b"]),
        (lambda exercises: "a" in exercises, ["a"]),
        (lambda exercises: "new" in exercises, ["a", "b", "new"]),
        (lambda exercises: exercises.get("gone"), ["a", "b", "new"]),
        (lambda exercises: list(exercises), ["a", "b", "new"]),
        (lambda exercises: len(exercises), ["a", "b", "new"]),
        (lambda exercises: None, []),
    ],
)
def test_what_was_made_depends_on_the_exercises_that_were_asked_for(
    asks: Callable[[Mapping[str, Exercise]], object], changes: list[str], kept: DiskCache, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("x", encoding="utf-8")
    made: list[int] = []

    def make(library: Library) -> int:
        asks(library.exercises)
        made.append(len(made))
        return made[-1]

    usual = {"a": exercise("a"), "b": exercise("b")}
    found = [made_of(path, Library(usual), kept, make) for _ in range(2)]
    assert found == [0, 0]
    again_made = [
        name
        for name in ("a", "b", "new")
        if made_of(path, Library({**usual, name: exercise(f"other-{name}")}), again(kept), make) != 0
    ]
    assert again_made == changes
    assert made_of(path, Library(usual), again(kept), make) in (0, len(made) - 1)
    assert made_of(path, Library(usual), kept, make, "another voice") == len(made) - 1 > 0


def test_what_changes_while_it_is_read_is_not_kept(kept: DiskCache, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("old", encoding="utf-8")

    def make(_: Library) -> str:
        path.write_text("new", encoding="utf-8")
        return "of new"

    assert made_of(path, Library(), kept, make) == "of new"
    path.write_text("old", encoding="utf-8")
    assert made_of(path, Library(), kept, lambda _: "of old") == "of old"


class Harm:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("false",)


@pytest.mark.parametrize("data", [b"", b"nonsense", pickle.dumps(Harm()), pickle.dumps(7)[:-1], pickle.dumps(7)])
def test_what_is_not_of_the_model_is_not_made(data: bytes, kept: DiskCache, monkeypatch: pytest.MonkeyPatch) -> None:
    path = find_routine("contrast")
    expected = loaded(path, kept)
    monkeypatch.setattr(os, "system", refuse)
    keys = [file.stem for file in kept.folder.rglob("*.kept")]
    assert len(keys) == 3
    for key in keys:
        kept.store(key, data)
        assert loaded(path, again(kept)) == expected
