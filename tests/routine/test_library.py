"""Where routines and exercises are found, and who wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.coach.reading import load
from voicecoach.errors import NotFoundError, RoutineError
from voicecoach.resources import shipped
from voicecoach.routine.files import routine_files
from voicecoach.routine.library import find_routine, load_library, load_routine

CAT = "name: {da: Min egen, en: My own}\n  kind: mobility\n  duration: 30 s\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("routines", "exercises"):
        (tmp_path / "voicecoach" / name).mkdir(parents=True)
    return tmp_path / "voicecoach"


def test_every_shipped_exercise_is_there_and_has_its_substitute() -> None:
    library = load_library()
    assert library.problems == []
    assert len(library.exercises) >= 25
    for exercise in library.exercises.values():
        assert exercise.easier is None or exercise.easier in library.exercises
        assert exercise.hold or exercise.duration or exercise.reps


def test_a_persons_own_exercise_is_added_and_wins(own: Path) -> None:
    (own / "exercises" / "mine.yaml").write_text(f"my-cat:\n  {CAT}plank:\n  {CAT}", encoding="utf-8")
    exercises = load_library().exercises
    assert exercises["my-cat"].name.get("da") == exercises["plank"].name.get("da") == "Min egen"
    routine = own / "routines" / "mine.yaml"
    routine.write_text("title: {en: x}\nsteps: [{exercise: my-cat}, {exercise: plank}]", encoding="utf-8")
    found, problems = load("mine")
    assert problems == []
    assert [step.exercise.name.get("en") for step in found.steps] == 2 * ["My own"]  # type: ignore[union-attr]


def test_a_persons_own_routine_wins(own: Path) -> None:
    path = own / "routines" / "contrast.yml"
    path.write_text("title: {en: x}\nsteps: [{say: {en: Hi.}}]", encoding="utf-8")
    assert find_routine("contrast") == path
    assert list(routine_files()) == sorted(routine_files())


def test_files_that_editors_leave_behind_are_not_routines(own: Path) -> None:
    for name in (".mine.yaml", "mine.yaml~", "mine.txt", ".#mine.yaml"):
        (own / "routines" / name).write_text("x", encoding="utf-8")
    assert all(path.is_relative_to(shipped("scripts")) for path in routine_files().values())


def test_a_broken_library_is_told_where_an_exercise_is_missing(own: Path) -> None:
    (own / "exercises" / "mine.yaml").write_text("my-cat: {name: [", encoding="utf-8")
    path = own / "routines" / "mine.yaml"
    path.write_text("title: {en: x}\nsteps: [{exercise: my-cat, hold: 20 s}]", encoding="utf-8")
    with pytest.raises(RoutineError) as caught:
        load_routine(path, load_library())
    assert [problem.rule for problem in caught.value.problems] == ["unknown-exercise", "yaml-syntax"]


def test_a_substitute_that_does_not_exist_is_told(own: Path) -> None:
    text = f"my-cat:\n  {CAT}  easier: planck\n"
    (own / "exercises" / "mine.yaml").write_text(text, encoding="utf-8")
    (problem,) = load_library().problems
    assert (problem.rule, problem.hint) == ("unknown-exercise", "Did you mean `plank`?")


@pytest.mark.parametrize("name", ["x.yaml", "folder/x", "X.YML"])
def test_what_looks_like_a_path_is_one(name: str) -> None:
    assert find_routine(name) == Path(name)


@pytest.mark.parametrize(
    ("name", "hint"), [("back-cooldown", "Did you mean back-cool-down?"), ("x" * 5000, "`routines`")]
)
def test_an_unknown_id_has_its_nearest(name: str, hint: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_routine(name)
    assert hint in caught.value.hint
