from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from tests.cli.running import process, run
from voicecoach.resources import shipped
from voicecoach.routine.rules import RULES
from voicecoach.units import parse_duration

SHIPPED = sorted(path.stem for path in shipped("scripts", "routines").glob("*.yaml"))


# --- list, exercises, voices ---------------------------------------------------------------------------------


def test_list_has_a_line_a_routine_in_columns() -> None:
    done = run("list", "--lang", "da")
    lines = done.out.splitlines()
    assert [line.split()[0] for line in lines] == SHIPPED
    line = next(line for line in lines if line.startswith("back-cool-down"))
    assert line.split()[1] == "cool-down"
    assert "about" in line
    assert "min" in line
    assert "da en" in line
    assert line.endswith("Nedkøling for ryggen")
    assert len({line.index("about") for line in lines}) == 1
    assert (done.code, done.err) == (0, "")


def test_list_as_json() -> None:
    entries = json.loads(run("list", "--json").out)
    assert [entry["id"] for entry in entries] == SHIPPED
    assert all(entry["duration_ms"] > 60_000 and set(entry["languages"]) == {"da", "en"} for entry in entries)


@pytest.mark.parametrize(("language", "name"), [("da", "Barnets stilling"), ("en", "Child's pose")])
def test_exercises_are_listed_with_their_substitutes(language: str, name: str) -> None:
    lines = run("exercises", "--lang", language).out.splitlines()
    (line,) = [line for line in lines if line.startswith("childs-pose ")]
    assert name in line
    assert "stretch" in line
    assert line.endswith("easier: childs-pose-supported")
    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)


def test_voices_speak_both_languages() -> None:
    done = run("voices")
    assert done.code == 0
    for language in ("da", "en"):
        assert any(f" {language} " in line and "installed" in line for line in done.out.splitlines())


# --- new -----------------------------------------------------------------------------------------------------


def test_new_writes_a_routine_without_problems(tmp_path: Path) -> None:
    path = tmp_path / "min rutine æøå.yaml"
    assert run("new", path).code == 0
    head, _, rest = path.read_bytes().partition(b"\n")
    assert head.startswith(b"# yaml-language-server: $schema=file:///")
    assert rest == shipped("scripts", "template.yaml").read_bytes()
    done = run("check", path)
    assert (done.code, done.out) == (0, "")


def test_new_speaks_the_language_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for locale, language in (("da_DK.UTF-8", "da"), ("en_GB.UTF-8", "en"), ("fr_FR.UTF-8", "en")):
        monkeypatch.setenv("LANG", locale)
        assert run("new", "--force", tmp_path / "mine.yaml").code == 0
        assert f"\nlanguage: {language} " in (tmp_path / "mine.yaml").read_text(encoding="utf-8")


def test_new_names_the_schema_that_schema_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder may have a name with spaces; where nothing can be written, the routine does without the line."""
    monkeypatch.setenv("VOICECOACH_CONFIG_DIR", str(tmp_path / "min mappe æ"))
    (tmp_path / "min mappe æ" / "exercises").mkdir(parents=True)
    (tmp_path / "min mappe æ" / "exercises" / "own.yaml").write_text(
        "wall-push: {name: {en: Push}, kind: strength}\n"
    )
    assert run("new", tmp_path / "a.yaml").code == 0
    address = (tmp_path / "a.yaml").read_text(encoding="utf-8").splitlines()[0].partition("=")[2]
    assert " " not in address
    kept = Path(url2pathname(urlsplit(address).path)).read_text(encoding="utf-8")
    assert kept == run("schema").out
    assert json.loads(kept)["$schema"].endswith("2020-12/schema")
    assert '"wall-push"' in kept
    assert json.loads(run("schema", "routine").out)["$ref"] == "#/$defs/Routine"
    assert run("schema", "plank").code == 2
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("VOICECOACH_CONFIG_DIR", str(tmp_path / "file" / "below"))
    assert run("new", tmp_path / "b.yaml").code == 0
    assert (tmp_path / "b.yaml").read_bytes() == shipped("scripts", "template.yaml").read_bytes()


def test_new_never_overwrites_unless_it_is_forced(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine", encoding="utf-8")
    done = run("new", path)
    assert done.code == 1
    assert "already there" in done.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("new", "--force", path).code == 0
    assert path.read_text(encoding="utf-8") != "mine"


# --- check ---------------------------------------------------------------------------------------------------

WARNED = "title: {da: Ro, en: Calm}\nsteps:\n  - exercise: childs-pose\n    hold: 40 s\n"
WRONG = "title: {da: Ro, en: Calm}\nsteps:\n  - exercise: plnk\n    hold: 40\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    warned, wrong = tmp_path / "warned.yaml", tmp_path / "wrong.yaml"
    warned.write_text(WARNED, encoding="utf-8")
    wrong.write_text(WRONG, encoding="utf-8")
    return warned, wrong


def test_check_lists_all_problems_of_all_files(files: tuple[Path, Path]) -> None:
    warned, wrong = files
    done = run("check", warned, wrong)
    assert done.code == 1
    found = [line for line in done.out.splitlines() if not line.startswith(" ")]
    assert [line.split(" ")[0] for line in found] == [
        f"{warned}:3:5:",
        f"{warned}:4:5:",
        f"{wrong}:3:15:",
        f"{wrong}:4:11:",
    ]
    assert found[0].endswith("[stretch-before-warmth]")
    assert "    40 what? Write 40 s." in done.out.splitlines()
    assert done.err == "2 files: 2 errors, 2 warnings.\n"


def test_warnings_alone_are_no_failure(files: tuple[Path, Path]) -> None:
    assert run("check", files[0]).code == 0


def test_check_as_json(files: tuple[Path, Path]) -> None:
    done = run("check", "--json", *files)
    assert (done.code, done.err) == (1, "")
    problems = json.loads(done.out)
    assert [set(problem) for problem in problems] == 4 * [
        {"rule", "severity", "message", "file", "line", "column", "hint"}
    ]
    assert problems[2] == {
        "rule": "unknown-exercise", "severity": "error", "message": "there is no exercise `plnk`",
        "file": str(files[1]), "line": 3, "column": 15, "hint": "Did you mean `plank`?",
    }  # fmt: skip
    assert json.loads(run("check", "--json", "contrast").out) == []


def test_check_without_files_checks_everything_and_finds_nothing() -> None:
    done = run("check")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"{len(SHIPPED)} files: no problems.\n"


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_explained(rule: str) -> None:
    done = run("check", "--explain", rule)
    assert done.code == 0
    assert done.out.startswith(f"{rule} ({RULES[rule].severity}, source: {RULES[rule].source})\n")
    assert " ".join(RULES[rule].explanation.split()) in " ".join(done.out.split())


def test_an_unknown_rule_names_the_nearest_or_lists_them_all() -> None:
    done = run("check", "--explain", "heat-over-30-min")
    assert (done.code, done.out) == (1, "")
    assert "Did you mean heat-over-20-min?" in done.err
    done = run("check", "--explain", "nonsense")
    assert done.code == 1
    assert "stretch-hold-range" in done.err


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("stretch-hold-range", "Source: The source article on back pain after training."),
        ("heat-over-20-min", "Source: voicecoach itself; neither the article nor a study"),
        ("unknown-key", "Source: the routine language of voicecoach, docs/routines.md"),
    ],
)
def test_a_rule_is_told_with_its_source(rule: str, source: str) -> None:
    assert run("check", "--explain", rule).out.splitlines()[-1] == source


def test_errors_and_warnings_of_a_file_are_shown_together(tmp_path: Path) -> None:
    """One that cannot be read, one that breaks a rule of safety, advice, and what the voice has no time for."""
    path = tmp_path / "x.yaml"
    path.write_text(
        "title: {en: Trial}\nphase: core\nsteps:\n  - {exercise: hip-circles, duration: 30 s}\n"
        "  - {exercise: plank, hold: 50 s, sied: left}\n  - {heat: pad, duration: 25 min}\n",
        encoding="utf-8",
    )
    found = [(problem["line"], problem["rule"]) for problem in json.loads(run("check", "--json", path).out)]
    assert found == [(5, "plank-hold-range"), (5, "unknown-key"), (6, "heat-over-20-min")]
    path.write_text(path.read_text(encoding="utf-8").replace(", sied: left", ", prepare: 1 s"), encoding="utf-8")
    found = [(problem["line"], problem["rule"]) for problem in json.loads(run("check", "--json", path).out)]
    assert {(5, "plank-hold-range"), (5, "get-ready-grew"), (6, "heat-over-20-min")} <= set(found)


def test_a_step_that_cannot_be_read_is_no_short_break(tmp_path: Path) -> None:
    """What is left out may be what the rules of the whole would look for."""
    path = tmp_path / "x.yaml"
    path.write_text(
        "title: {en: Trial}\nphase: cool-down\nsteps:\n  - {heat: pad, duration: 15 min}\n  - rest: 20\n"
        "  - {heat: pad, duration: 15 min}\n  - {exercise: childs-pose, hold: 50 s}\n",
        encoding="utf-8",
    )
    found = [(problem["line"], problem["rule"]) for problem in json.loads(run("check", "--json", path).out)]
    assert found == [(5, "duration"), (7, "stretch-hold-range")]


def test_what_one_change_mends_is_one_line_with_the_largest_need(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "title: {en: Trial}\nphase: mixed\nprepare: 2 s\nsteps:\n  - {exercise: hip-circles}\n"
        "  - {exercise: bird-dog}\n  - {exercise: arm-circles}\n",
        encoding="utf-8",
    )
    problems = json.loads(run("check", "--json", path).out)
    assert [(problem["line"], problem["rule"], problem["lines"]) for problem in problems] == [
        (line, "get-ready-grew", [5, 6, 7]) for line in (5, 6, 7)
    ]
    shown = [line for line in run("check", path).out.splitlines() if not line.startswith(" ")]
    assert len(shown) == 1
    assert shown[0].startswith(f"{path}:5:5: warning: ")
    assert "(lines 5, 6, 7)" in shown[0]
    assert problems[1]["message"] in shown[0], "bird dog has the most to say"


# --- show ----------------------------------------------------------------------------------------------------


def test_show_prints_a_line_a_cue() -> None:
    done = run("show", "contrast", "--lang", "da")
    lines = done.out.splitlines()
    assert lines[0].startswith("Skift mellem varme og kulde · ")
    assert any(line.split()[1:] == ["begin", "(start)"] for line in lines if line.startswith("   "))
    assert any("Mærk efter" in line or "Læg" in line for line in lines)
    assert done.code == 0


def test_show_and_export_say_what_a_file_cannot_and_verify_knows_what_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "egen.yaml"
    text = """
title: Prøve
language: da
steps:
  - {exercise: {name: Squat, kind: mobility}, reps: max, note: RPE 7, load: 20 kg}
  - {exercise: {name: Kat, kind: mobility}, hold: {left: 2 s, right: 4 s}}
"""
    path.write_text(text, encoding="utf-8")
    lines = run("show", str(path)).out.splitlines()
    assert [line.split(". ")[1] for line in lines if "play waits" in line] == [
        "Squat · 0:40 · play waits here for you, a file goes on"
    ]
    assert any(line.split() == ["note", "RPE", "7"] for line in lines)
    assert any("Squat, med 20 kg." in line for line in lines)
    steps = json.loads(run("show", str(path), "--json").out)["steps"]
    assert [(step["waits"], step["work"], step["note"]) for step in steps[1:3]] == [
        (True, "own", "RPE 7"), (False, "hold", None),
    ]  # fmt: skip
    done = run("export", str(path), "-o", str(tmp_path / "egen.wav"))
    assert "Squat: in your own time. The file gives it 0:40." in done.err
    done = run("verify", str(tmp_path / "egen.wav"), str(path))
    assert done.code == 0, done.out
    assert "1 pairs, worst difference +0.000 ms" in done.out


@pytest.mark.parametrize("language", ["da", "en"])
def test_fit_is_met(language: str) -> None:
    done = run("show", "gym-cool-down", "--lang", language, "--fit", "12 min", "--json")
    assert done.code == 0, done.err
    assert abs(json.loads(done.out)["duration_ms"] - parse_duration("12 min")) <= 1000


def test_easier_takes_the_substitutes() -> None:
    data = json.loads(run("show", "back-cool-down", "--lang", "en", "--easier", "--json").out)
    assert {"knee-to-chest-towel", "childs-pose-supported"} <= {step["exercise"] for step in data["steps"]}


def test_twice_verbose_says_how_long_each_stage_took() -> None:
    done = process("-vv", "show", "contrast", "--lang", "en")
    assert all(stage in done.err for stage in ("read", "plan", "speech", "schedule"))


def test_verbose_tells_of_entries_that_were_healed(tmp_path: Path) -> None:
    cache = {"VOICECOACH_CACHE_DIR": str(tmp_path)}
    process("show", "contrast", "--lang", "en", env=cache)
    damaged = [path for path in tmp_path.rglob("*/??/*") if path.is_file()]
    for path in damaged:
        path.write_bytes(path.read_bytes()[:-1])
    done = process("-v", "show", "contrast", "--lang", "en", env=cache)
    assert damaged
    assert "made again" in done.err
    assert " ms" not in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("line", ["list", "--help", "play --help", "--version", "export screening -o -"])
def test_a_full_disk_behind_the_output_is_told(line: str) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "voicecoach", *line.split()], stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    said = ran.stderr.decode()
    assert ran.returncode == 1
    assert "could not be written" in said
    assert "Traceback" not in said


def test_a_format_that_is_not_the_ending_is_refused(tmp_path: Path) -> None:
    ran = process("export", "screening", "-o", str(tmp_path / "x.mp3"), "--format", "wav")
    assert ran.code == 1
    assert "would not hold .mp3" in ran.err
    assert not list(tmp_path.iterdir())


def test_a_file_of_exercises_is_checked_as_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("language: da\nkatten:\n  name: Katten\n  kind: mobility\n", encoding="utf-8")
    assert process("check", str(path)).code == 0
    path.write_text("katten:\n  name: {da: Katten, en: Cat}\n  kind: mobilty\n", encoding="utf-8")
    ran = process("check", str(path))
    assert ran.code == 1
    assert f"{path}:3:9: error" in ran.out
    assert "Did you mean `mobility`?" in ran.out


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_playing_is_told_by_the_exit_code(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "voicecoach", "play", "screening", "--device", "null"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as playing:
        assert playing.stdout is not None
        assert playing.stdout.readline()
        playing.send_signal(number)
        try:
            assert playing.wait(timeout=60) == 128 + number
        finally:
            playing.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("pause_s", [0.0, 0.001, 0.005, 0.02])
def test_playing_ends_at_once_however_often_it_is_told(pause_s: float) -> None:
    command = [sys.executable, "-m", "voicecoach", "play", "screening", "--device", "null"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as playing:
        assert playing.stdout is not None
        assert playing.stdout.readline()
        for _ in range(3):
            playing.send_signal(signal.SIGINT)
            time.sleep(pause_s)
        try:
            assert playing.wait(timeout=60) == 130
        finally:
            playing.kill()
