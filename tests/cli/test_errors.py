"""Whatever is typed: one clear message, the right exit code, and never a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.running import CODE, process, run

GOOD = "title: {da: Ro, en: Calm}\nsteps: [{exercise: slow-walk, duration: 5 min}]\n"


def refused(*arguments: str | Path, code: str) -> str:
    done = run(*arguments)
    assert done.code == CODE[code], (done.out, done.err)
    assert "Traceback" not in done.err
    assert done.err.strip()
    assert len(done.err.splitlines()) <= 8
    return done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lst"], "Did you mean list?"),
        (["exprot", "x"], "Did you mean export?"),
        (["xyzzy"], "The commands: list, show"),
        (["list", "--lagn", "da"], "--lang"),
        (["--vebose", "list"], "--verbose"),
        (["list", "--lang", "dk"], "'da', 'en'. Did you mean da?"),
        (["exercises", "--lang", "English"], "Did you mean en?"),
        (["show", "contrast", "--profile", "bluetooth"], "Did you mean phone?"),
        (["show", "contrast", "--level", "begynder"], "Did you mean gentle?"),
        (["show", "contrast", "--level", "xyzzy"], "'gentle', 'normal', 'full'"),
        (["show"], "ROUTINE"),
        (["show", "contrast", "--level", "hard"], "Did you mean full?"),
        (["show", "contrast", "--fit", "12"], "12 what? Write \"12 min\"."),
        (["show", "contrast", "--fit", "-5 min"], "above zero"),
        (["show", "contrast", "--fit", "9" * 5000 + ":00"], "not a duration"),
        (["export", "contrast"], "--output"),
        (["list", "surplus"], "surplus"),
        (["new"], "FILE"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)  # fmt: skip
def test_wrong_usage_is_two_and_says_what_was_meant(arguments: list[str], said: str) -> None:
    assert said in refused(*arguments, code="usage")


@pytest.mark.parametrize("command", ["show", "export -o x.wav", "check"])
def test_an_unknown_routine_is_one_and_has_its_nearest(command: str) -> None:
    name, *rest = command.split()
    assert "Did you mean back-cool-down?" in refused(name, "back-cooldown", *rest, code="input")


@pytest.mark.parametrize("name", ["", ".", "/", "x" * 5000, "x" * 5000 + ".yaml", "🧘", "gone.yaml", "a/b/c", "-"])
@pytest.mark.parametrize("command", ["show", "check"])
def test_names_that_are_no_routine(command: str, name: str) -> None:
    refused(command, "--", name, code="input")


@pytest.mark.parametrize("name", ["", ".", "..", "/", "x" * 5000 + ".yaml", "gone/x.yaml", "x.txt", "noending"])
def test_names_that_new_cannot_write(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused("new", "--", name, code="input")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x.xyz", "x", "gone/x.wav"])
def test_names_that_export_cannot_write(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.yaml").write_text("title: {en: Calm}\nsteps: [{say: {en: Hi.}}]\n", encoding="utf-8")
    refused("export", "short.yaml", "-o", name, code="input")
    assert [path.name for path in tmp_path.iterdir()] == ["short.yaml"]


def test_a_file_with_problems_lists_them_all(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("title: {da: Ro, en: Calm}\nsteps:\n  - rest: 30\n  - exercise: plnk\n", encoding="utf-8")
    for command, *options in (["show"], ["export", "-o", str(tmp_path / "x.wav")]):
        err = refused(command, path, *options, code="input")
        assert f"{path}:3:11: error:" in err
        assert f"{path}:4:15: error:" in err
        assert "2 errors in the routine" in err


def test_a_voice_that_does_not_exist() -> None:
    assert "nobody" in refused("show", "contrast", "--voice", "nobody:da", code="input")


def test_a_length_that_cannot_be_met_names_one_that_can() -> None:
    err = refused("show", "contrast", "--lang", "en", "--fit", "1 min", code="input")
    assert "contrast" in err
    assert "12:" in err or "13:" in err or "14:" in err or "15:" in err


def test_a_broken_own_routine_does_not_break_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "voicecoach" / "routines"
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_bytes(b"\xff\0")
    done = run("list")
    assert done.code == 0
    assert "back-cool-down" in done.out
    assert "broken.yaml has errors; see: voicecoach check" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with pipes")
@pytest.mark.parametrize("arguments", [["list"], ["show", "back-cool-down", "--lang", "en", "--json"], ["--help"]])
def test_a_pipe_that_closes_early_is_quiet(arguments: list[str]) -> None:
    done = process(*arguments, shell="| head -1")
    assert len(done.out.splitlines()) == 1
    assert done.err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="has other code pages")
def test_a_terminal_that_knows_no_danish_letters_gets_question_marks() -> None:
    done = process("list", "--lang", "da", env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "iso8859-5"})
    assert done.code == 0
    assert "Nedk?ling for ryggen" in done.out


def test_a_process_has_the_exit_code_too(tmp_path: Path) -> None:
    assert process("list").code == 0
    assert process("show", "gone.yaml").code == 1
    assert process("lst").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="reads the folder otherwise")
def test_without_a_home_and_without_places_to_write(tmp_path: Path) -> None:
    nowhere = {"HOME": os.devnull, "XDG_CONFIG_HOME": os.devnull, "VOICECOACH_CACHE_DIR": os.devnull + "/x"}
    done = process("list", env=nowhere)
    assert (done.code, done.err) == (0, "")
