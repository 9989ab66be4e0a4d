"""`exercises`: the list, one exercise with all that is known of it, and the language of the system."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import CODE, run
from voicecoach.cli.locale_language import locale_language
from voicecoach.coach.exercise_cards import cards
from voicecoach.coach.places import places

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LOCALE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C")


def test_one_exercise_is_shown_with_all_that_is_known_of_it() -> None:
    done = run("exercises", "knee-to-chest", "--lang", "da")
    exercise = cards(places()).exercises["knee-to-chest"]
    shown = " ".join(done.out.split())
    assert exercise.setup
    assert exercise.instruction
    for text in (*exercise.name.by_language.values(), exercise.setup.get("da"), exercise.instruction.get("da")):
        assert text in shown  # type: ignore[operator]
    assert all(str(tip.get("da")) in shown for tip in exercise.tips)
    assert str(exercise.caution and exercise.caution.get("da")) in shown
    assert "sides both" in shown
    assert "hold 20-30 s" in shown
    assert "easier knee-to-chest-towel: " in shown
    assert "Woods, K. et al." in shown
    assert "used in back-cool-down" in shown
    assert f"file {exercise.location.path}:{exercise.location.line}" in shown
    assert (done.code, done.err) == (0, "")


def test_a_gentler_exercise_says_what_it_is_gentler_than() -> None:
    assert "knee-to-chest: Knee-to-chest stretch" in run("exercises", "knee-to-chest-towel").out


@pytest.mark.parametrize("word", ["Planke", "plank", "PLANK", "planke"])
def test_an_exercise_is_found_by_its_name_too(word: str) -> None:
    assert run("exercises", word).out.split()[:2] == ["id", "plank"]


def test_another_word_lists_the_exercises_that_have_it() -> None:
    lines = run("exercises", "stræk", "--lang", "da").out.splitlines()
    assert "knee-to-chest" in [line.split()[0] for line in lines]
    assert 1 < len(lines) < 10


@pytest.mark.parametrize(
    ("word", "said"), [("knee-to-chst", "`knee-to-chest`?"), ("xyzzy", "voicecoach exercises"), ("", "")]
)
def test_an_unknown_exercise_has_its_nearest(word: str, said: str) -> None:
    done = run("exercises", "--", word)
    assert done.code == CODE["input"]
    assert "there is no exercise" in done.err
    assert said in done.err


def test_as_json() -> None:
    every = json.loads(run("exercises", "--json").out)
    one = json.loads(run("exercises", "plank", "--json").out)
    assert one in every
    assert one["name"] == {"da": "Planke", "en": "Plank"}
    assert one["hold"] == {"low_ms": 20000, "high_ms": 30000}
    assert Path(one["file"]).name == "core.yaml"
    assert one["line"] > 0


def test_ones_own_exercise_is_shown_and_a_broken_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "voicecoach" / "exercises"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text("language: da\nkat:\n  name: Kat\n  kind: mobility\n", encoding="utf-8")
    (folder / "broken.yaml").write_text("hund:\n  name: Hund\n", encoding="utf-8")
    done = run("exercises", "kat", "--lang", "en")
    assert [line.split() for line in done.out.splitlines()[:2]] == [["id", "kat"], ["name", "Kat"]]
    assert f"voicecoach check {folder / 'broken.yaml'}" in done.err
    assert "mine.yaml" not in done.err


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "da_DK.UTF-8", "LANG": "en_US.UTF-8"}, "da"),
        ({"LC_ALL": "", "LC_MESSAGES": "da", "LANG": "en_US.UTF-8"}, "da"),
        ({"LC_ALL": "", "LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "da_DK.UTF-8"}, None),
        ({"LC_ALL": "C.UTF-8"}, None),
        ({"LC_ALL": "dav_KE"}, None),
    ],
)
def test_the_language_is_that_of_the_system(
    variables: dict[str, str], language: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert locale_language() == language


def test_the_language_of_the_system_is_taken_and_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    done = run("exercises")
    assert "Barnets stilling" in done.out
    assert done.err.count("--lang en") == 1
    assert "--lang" not in run("exercises", "--lang", "da").err
    assert "Nedkøling for ryggen" in run("list").out
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "Back cool-down" in run("list").out
    assert "Child's pose" in run("exercises").out
