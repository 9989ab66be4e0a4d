"""A language that is only half there: all that it lacks is listed, and nothing ends in a `KeyError`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import yaml

from tests.usual_voice import with_usual_voice
from voicecoach.errors import LanguageError
from voicecoach.language import looked_for, phrasebook, spoken, wording
from voicecoach.language.lexicon import Lexicon
from voicecoach.model import DEFAULT_LANGUAGE, LANGUAGES, Language
from voicecoach.model.languages import languages_in
from voicecoach.resources import shipped

HALF = "sv"
READ_ONCE: tuple[Callable[..., object], ...] = (
    wording.wording, wording.lacking, wording.reading_of, phrasebook.phrasebook, looked_for.looked_for,
    looked_for.spans, looked_for.units, looked_for.words,
)  # fmt: skip


def forget() -> None:
    for function in READ_ONCE:
        function.cache_clear()  # type: ignore[attr-defined]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the languages, with half of another one in it: every second key of all its tables."""
    for path in wording.FOLDER.iterdir():
        if path.suffix in (".yaml", ".toml"):
            shutil.copy(path, tmp_path)
    monkeypatch.setattr("voicecoach.language.wording.FOLDER", tmp_path)
    monkeypatch.setattr("voicecoach.language.lexicon.FOLDER", tmp_path)
    whole = yaml.safe_load((tmp_path / f"{DEFAULT_LANGUAGE}.yaml").read_text(encoding="utf-8"))
    half = {key: value for key, value in whole.items() if key not in ("name-in-english", "and", "looked-for")}
    for table in ("phrases", "numbers", "equipment", "units"):
        half[table] = dict(list(whole[table].items())[::2])
    for table, key in (("phrases", "ready"), ("units", "minute")):  # asked for below, wherever they stand
        half[table].pop(key, None)
    (tmp_path / f"{HALF}.yaml").write_text(yaml.safe_dump(half), encoding="utf-8")
    forget()
    yield tmp_path
    forget()


def lost(folder: Path) -> set[str]:
    whole, half = (
        yaml.safe_load((folder / f"{code}.yaml").read_text(encoding="utf-8")) for code in (DEFAULT_LANGUAGE, HALF)
    )
    tables = ("phrases", "numbers", "equipment", "units")
    return {f"{table} {key}" for table in tables for key in whole[table].keys() - half[table].keys()}


def test_all_that_it_lacks_is_listed(folder: Path) -> None:
    assert languages_in(str(folder)) == tuple(sorted((*LANGUAGES, HALF)))
    expected = {*lost(folder), "name-in-english", "and", "looked-for", f"{HALF}.lexicon.toml", f"{HALF}.reading.toml"}
    assert len(expected) > 60
    assert set(wording.lacking(HALF)) == expected
    (folder / f"{HALF}.reading.toml").write_text('[numbers]\nand = "och"\n', encoding="utf-8")
    forget()
    assert f"{HALF}.reading.toml" not in wording.lacking(HALF)
    assert {f"{HALF}.reading.toml: numbers range", f"{HALF}.reading.toml: ordinals"} <= set(wording.lacking(HALF))


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_that_are_shipped_lack_nothing(language: Language) -> None:
    assert wording.lacking(language) == []


@pytest.mark.parametrize(
    "asked",
    [
        lambda language: phrasebook.phrasebook(language).say("ready"),
        lambda language: [spoken.number(n, language) for n in range(100)],
        lambda language: spoken.counted(3, "minute", language),
        lambda language: spoken.duration(150_000, language),
        lambda language: spoken.listed(["a", "b"], language),
        lambda language: [phrasebook.phrasebook(language).grammar["equipment"][thing] for thing in ("mat", "chair")],
        wording.name_in_english,
        looked_for.looked_for,
        looked_for.spans,
        looked_for.words,
        lambda language: Lexicon(spoken.number).spoken("30 s", language, "pyttsx3"),
    ],
)
def test_whatever_is_asked_of_it_the_answer_names_all_that_it_lacks(
    folder: Path, asked: Callable[[Language], object]
) -> None:
    with pytest.raises(LanguageError) as caught:
        asked(HALF)
    assert set(caught.value.lacks) == set(wording.lacking(HALF))
    assert f"`{HALF}`" in caught.value.message
    assert all(lacks in caught.value.message for lacks in caught.value.lacks)


def test_the_others_are_checked_and_listed_as_before(folder: Path, tmp_path: Path) -> None:
    """A program to which somebody is adding a language: only who wants to hear that one is told."""
    installed = tmp_path / "installed"
    shutil.copytree(wording.__file__.rsplit("voicecoach", 1)[0] + "voicecoach", installed / "voicecoach")
    shutil.copy(folder / f"{HALF}.yaml", installed / "voicecoach" / "language")
    for data in ("scripts", "audio"):
        shutil.copytree(shipped(data), installed / data)
    own = with_usual_voice(tmp_path / "own")
    wrong, right = tmp_path / "wrong.yaml", tmp_path / "right.yaml"
    wrong.write_text("title: Ryg\nphase: mixed\nlanguage: da\nsteps: [{say: Løft i 2 s.}, {rets: 1}]\n", "utf-8")
    right.write_text("title: {da: Ryg, en: Back}\nsteps: [{say: {da: Hej., en: Hi.}}]\n", "utf-8")

    def told(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "voicecoach", *arguments], cwd=installed, capture_output=True, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1",
                 "VOICECOACH_CONFIG_DIR": str(own), "VOICECOACH_CACHE_DIR": str(tmp_path / "cache")},
        )  # fmt: skip
        return done.stdout + done.stderr

    assert [line.split()[0] for line in told("list").splitlines()] == sorted(
        path.stem for path in shipped("scripts", "routines").glob("*.yaml")
    )
    checked = told("check", str(wrong), str(right))
    assert "rets" in checked
    assert HALF not in checked
    assert f"`{HALF}` is only half there" in told("show", str(right), "--lang", HALF)


def test_one_that_nobody_wrote_is_no_language(folder: Path) -> None:
    for asked in (phrasebook.phrasebook, looked_for.words, partial(spoken.number, 3)):
        with pytest.raises(LanguageError, match=r"xx\.yaml"):
            asked("xx")
