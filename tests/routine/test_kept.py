"""What was read before is what reading gives, and nothing but that."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from voicecoach.advice import Advice, Option, do
from voicecoach.cli.advised import worded
from voicecoach.coach.ruling import rule_problems
from voicecoach.disk_cache import DiskCache
from voicecoach.errors import RoutineError
from voicecoach.model import Problem, Routine
from voicecoach.routine import kept as kept_module
from voicecoach.routine.files import routine_files
from voicecoach.routine.kept import load_kept
from voicecoach.routine.library import find_routine, load_library, load_routine


@pytest.fixture
def kept(tmp_path: Path) -> DiskCache:
    return DiskCache(tmp_path / "kept", 10**7)


def again(kept: DiskCache) -> DiskCache:
    """The same folder, for another process."""
    return DiskCache(kept.folder, kept.limit_bytes)


def refuse(*_: object) -> object:
    raise AssertionError


@pytest.mark.parametrize("path", list(routine_files().values()), ids=lambda path: path.stem)
def test_every_routine_comes_back_as_it_was_read(
    path: Path, kept: DiskCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = load_library()
    routine, problems = load_routine(path, library)
    problems += rule_problems(routine)
    first = load_kept(path, kept, rule_problems)
    monkeypatch.setattr(kept_module, "load_library", refuse)
    for found in (first, load_kept(path, again(kept), rule_problems)):
        assert found == (routine, problems, library)


def test_advice_comes_back_with_its_pieces(kept: DiskCache, monkeypatch: pytest.MonkeyPatch) -> None:
    def advised(routine: Routine) -> list[Problem]:
        hint = Advice("See: ", do("new", "x.yaml"), Option("fit", "20 min"))
        return [Problem(rule="x", severity="warning", message="y", location=routine.location, hint=hint)]

    monkeypatch.setattr(advised, "__module__", rule_problems.__module__)
    path = find_routine("contrast")
    load_kept(path, kept, advised)
    monkeypatch.setattr(kept_module, "load_library", refuse)
    hint = load_kept(path, again(kept), advised)[1][-1].hint
    assert worded(hint) == 'See: voicecoach new x.yaml--fit "20 min"'


def test_a_change_is_read(kept: DiskCache, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    text = find_routine("back-cool-down").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    load_kept(path, kept, rule_problems)
    before = path.stat()
    path.write_text(text.replace("phase: cool-down", "phase: warm-up  "), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # neither size nor time tell of it
    assert path.stat().st_size == before.st_size
    assert load_kept(path, again(kept), rule_problems)[0].phase == "warm-up"


def test_an_error_is_told_each_time(kept: DiskCache, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("title: 1\nnonsense: true\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RoutineError):
            load_kept(path, again(kept), rule_problems)
    with pytest.raises(RoutineError):
        load_kept(tmp_path / "none.yaml", kept, rule_problems)


class Harm:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("false",)


@pytest.mark.parametrize("data", [b"", b"nonsense", pickle.dumps(Harm()), pickle.dumps(7)[:-1]])
def test_what_is_not_of_the_model_is_not_made(data: bytes, kept: DiskCache, monkeypatch: pytest.MonkeyPatch) -> None:
    path = find_routine("back-cool-down")
    expected = load_kept(path, kept, rule_problems)
    monkeypatch.setattr(os, "system", refuse)
    kept.store(kept_module._key(path, rule_problems, None), data)
    assert load_kept(path, again(kept), rule_problems) == expected
