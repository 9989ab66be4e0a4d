from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from voicecoach.coach.catalog import catalog
from voicecoach.coach.places import places
from voicecoach.model import LANGUAGES, Problem, Routine
from voicecoach.resources import shipped
from voicecoach.routine.library import Library, load_routine

SHIPPED = sorted(path.stem for path in shipped("scripts", "routines").glob("*.yaml"))
ROUTINE = "title: {da: Min, en: Mine}\nphase: heat\nlanguage: da\nsteps: [{heat: pad, duration: 10 min}]\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own folder of routines, and an empty cache."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "config" / "voicecoach" / "routines"
    folder.mkdir(parents=True)
    return folder


def test_every_shipped_routine_is_listed_with_its_facts(own: Path) -> None:
    entries, broken = catalog(places(), None)
    assert [entry.id for entry in entries] == SHIPPED
    assert broken == []
    for entry in entries:
        assert entry.languages == ("da", "en")
        assert 1 <= entry.minutes <= 90
        assert entry.title
        assert Path(entry.path).is_file()


def test_titles_come_in_the_language_that_was_asked_for(own: Path) -> None:
    titles = [
        {entry.id: entry.title for entry in catalog(places(), language)[0]}["back-cool-down"]
        for language in LANGUAGES
    ]
    assert titles == ["Nedkøling for ryggen", "Back cool-down"]


def test_the_second_answer_is_the_first(own: Path) -> None:
    assert catalog(places(), "en") == catalog(places(), "en")


def test_a_persons_own_routine_is_listed_and_wins(own: Path) -> None:
    (own / "mine.yaml").write_text(ROUTINE, encoding="utf-8")
    (own / "contrast.yaml").write_text(ROUTINE, encoding="utf-8")
    entries = {entry.id: entry for entry in catalog(places(), None)[0]}
    assert sorted(entries) == sorted([*SHIPPED, "mine"])
    assert entries["mine"].title == entries["contrast"].title == "Min"
    assert entries["mine"].minutes == 11


def test_a_change_is_seen(own: Path) -> None:
    path = own / "mine.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    before = {entry.id: entry.title for entry in catalog(places(), None)[0]}["mine"]
    path.write_text(ROUTINE.replace("Min,", "Mit lange,"), encoding="utf-8")
    after = {entry.id: entry.title for entry in catalog(places(), None)[0]}["mine"]
    assert (before, after) == ("Min", "Mit lange")


OF_EXERCISES = "title: {{en: Mine {0}}}\nphase: mixed\nlanguage: en\nsteps:\n  - {{exercise: own-{0}, reps: 4}}\n"
EXERCISE = "own-{0}:\n  name: {{en: Turn {0}}}\n  kind: mobility\n  instruction: {{en: Turn.}}\n"


@pytest.fixture
def many(own: Path) -> Path:
    """Files of a person's own, each with an exercise of its own, and one that is broken."""
    (own.parent / "exercises").mkdir()
    for name in "abc":
        (own / f"{name}.yaml").write_text(OF_EXERCISES.format(name), encoding="utf-8")
        (own.parent / "exercises" / f"{name}.yaml").write_text(EXERCISE.format(name), encoding="utf-8")
    (own / "broken.yaml").write_text(OF_EXERCISES.format("none"), encoding="utf-8")
    return own


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The routines that were read."""
    from voicecoach.coach import entries

    found: list[str] = []
    real = load_routine

    def load(path: Path, library: Library) -> tuple[Routine, list[Problem]]:
        found.append(path.stem)
        return real(path, library)

    monkeypatch.setattr(entries, "load_routine", load)
    return found


def test_after_a_change_only_what_depends_on_it_is_read(many: Path, reads: list[str]) -> None:
    def read() -> list[str]:
        reads.clear()
        catalog(places(), "en")
        return sorted(reads)

    assert read() == sorted([*SHIPPED, "a", "b", "broken", "c"])
    assert read() == []
    (many / "b.yaml").write_text(OF_EXERCISES.format("b") + "  - {rest: 10 s}\n", encoding="utf-8")
    assert read() == ["b"]
    own_exercise = many.parent / "exercises" / "c.yaml"
    own_exercise.write_text(EXERCISE.format("c").replace("Turn.", "Turn round."), encoding="utf-8")
    assert read() == ["broken", "c"]
    (many.parent / "exercises" / "none.yaml").write_text(EXERCISE.format("none"), encoding="utf-8")
    assert read() == ["broken"]
    (many / "a.yaml").rename(many / "d.yaml")
    assert read() == ["d"]
    (many / "d.yaml").unlink()
    assert read() == []
    assert [entry.id for entry in catalog(places(), "en")[0]] == sorted([*SHIPPED, "b", "broken", "c"])


def test_a_file_that_is_only_written_anew_is_not_read(many: Path, reads: list[str]) -> None:
    catalog(places(), "en")
    reads.clear()
    for path in many.glob("*.yaml"):
        path.write_bytes(path.read_bytes())
        os.utime(path, (1, 1))
    catalog(places(), "en")
    assert reads == []


def test_whoever_waits_is_told_how_far_it_is(many: Path) -> None:
    told: list[str] = []
    catalog(places(), "en", lambda progress: told.append(str(progress)))
    assert told == [f"files: {done} of {len(SHIPPED) + 4}" for done in range(1, len(SHIPPED) + 5)]
    told.clear()
    catalog(places(), "en", lambda progress: told.append(str(progress)))
    assert told == []


def test_a_routine_with_errors_is_named_and_the_others_listed(own: Path) -> None:
    (own / "broken.yaml").write_text("title: [", encoding="utf-8")
    (own / "folder.yaml").mkdir()
    if hasattr(os, "symlink"):
        (own / "dangling.yaml").symlink_to(own / "gone.yaml")
    entries, broken = catalog(places(), None)
    assert [entry.id for entry in entries] == SHIPPED
    assert {Path(path).name for path in broken} >= {"broken.yaml"}


@pytest.mark.parametrize("kept", ["", "[]", "{", "null", '{"state": 1}', "\x00"])
def test_a_damaged_memory_is_forgotten(own: Path, tmp_path: Path, kept: str) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "catalog.json").write_text(kept, encoding="utf-8")
    assert [entry.id for entry in catalog(places(), None)[0]] == SHIPPED


def test_without_a_place_to_remember_it_is_read_each_time(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", os.devnull + "/nowhere")
    assert [entry.id for entry in catalog(places(), None)[0]] == SHIPPED


def test_an_entry_is_json(own: Path) -> None:
    entries, _ = catalog(places(), "da")
    first = json.loads(json.dumps(entries[0].as_json()))
    assert set(first) == {"id", "title", "phase", "language", "languages", "duration_ms", "path"}
