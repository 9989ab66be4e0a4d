"""Whatever stands in a text or a name, no terminal obeys it: every control is shown as a sign, or left out."""

from __future__ import annotations

import ast
import json
import logging
import re
from pathlib import Path

import click
import pytest

import voicecoach
from tests.cli.running import run
from tests.usual_voice import with_usual_voice
from voicecoach.cli import console
from voicecoach.model import Problem, SourceLocation
from voicecoach.plain_text import harmless, without_controls

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ESCAPES = r"\e]0;x\a\e[2J\u009b1m\u202e\r"
"""As YAML writes them."""
NAME = "a\x1b]0;x\x07b\x9bc.yaml"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = with_usual_voice(tmp_path / "config" / "voicecoach")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    (folder / "routines").mkdir()
    return folder


def said(*arguments: str | Path) -> str:
    done = run(*arguments)
    assert not CONTROL.search(done.out), done.out
    assert not CONTROL.search(done.err), done.err
    return done.out + done.err


def test_in_the_texts_of_a_routine(own: Path) -> None:
    path = own / "routines" / "mine.yaml"
    text = f'title: {{en: "{ESCAPES}Calm"}}\nsteps: [{{say: {{en: "Hi{ESCAPES}"}}}}, {{exercise: "x{ESCAPES}"}}]\n'
    path.write_text(text, encoding="utf-8")
    assert "x]0;x[2J1m" in said("check", path)
    path.write_text(text.partition(", {exercise")[0] + "]\n", encoding="utf-8")
    assert "]0;x[2J1m Calm" in said("list")
    shown = json.loads(run("show", path, "--json").out)
    assert not CONTROL.search(json.dumps(shown, ensure_ascii=False))
    assert "]0;x[2J1m Calm" in said("show", path)


@pytest.mark.parametrize("text", ["{", "steps: [!<%1B]0;x%07> y]", f'{{"k{ESCAPES}": 1, title: x}}', f'"{ESCAPES}"'])
def test_in_what_is_no_routine(text: str, own: Path) -> None:
    path = own / "routines" / NAME
    path.write_text(text, encoding="utf-8")
    assert "error" in said("check", path)
    assert "error" in said("check", path, "--json")
    assert "has errors" in said("list")


def test_in_the_configuration_and_in_a_manifest(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "recordings" / "m\x1b[31mor"
    folder.mkdir(parents=True)
    (folder / "manifest.toml").write_text('name = "\\u001b]0;x"\nlanguage = "en"\n', encoding="utf-8")
    assert "]0;x" in said("voices")
    said("voices", "--json")
    (own / "config.toml").write_text('[da]\n"\\u001b]0;x" = 1\npace = "\\u009b"\n', encoding="utf-8")
    assert "there is no `]0;x` here" in said("show", "contrast")


@pytest.mark.parametrize("name", ["\x1b]0;x\x07", "\x1b]0;x\x07.yaml"])
def test_in_what_was_typed(name: str) -> None:
    for arguments in ([name], ["show", name], ["show", "contrast", f"--{name}"], ["show", "contrast", "--lang", name],
                      ["new", name], ["export", "contrast", "-o", name], ["check", "--explain", name],
                      ["show", "contrast", "--voice", name], ["verify", name, "contrast"]):  # fmt: skip
        if arguments != ["new", "\x1b]0;x\x07.yaml"]:
            assert said(*arguments)


def test_the_line_of_a_problem_is_short_whatever_it_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    place = SourceLocation(path="x.yaml", line=1, column=1)
    problem = Problem(rule="x", severity="error", message="a" * 1_000_000, location=place, hint="b" * 1_000_000)
    console.problems([problem])
    assert len(capsys.readouterr().out) < 3000


def test_of_many_problems_the_first_are_told_and_how_many_more(capsys: pytest.CaptureFixture[str]) -> None:
    place = SourceLocation(path="x.yaml", line=1, column=1)
    problem = Problem(rule="x", severity="error", message="wrong", location=place, hint="")
    console.problems([problem] * (console.MAX_TOLD + 1_234))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == console.MAX_TOLD + 1
    assert lines[-1] == "x.yaml: and 1,234 more"


def test_what_stands_out_stands_out_on_a_terminal() -> None:
    assert click.unstyle(str(console.Styled("error", "red"))) == "error"
    assert str(console.Styled("a\x1b[31mb", "red")) == click.style("a�[31mb", fg="red")


def test_ordinary_letters_stay() -> None:
    for text in ("Lændestræk – “ro” 👩‍🦳\n\ttil", ""):
        assert harmless(text) == without_controls(text) == text


def test_the_log_too() -> None:
    from voicecoach.cli.logs import _Harmless

    record = logging.LogRecord("x", logging.INFO, "", 0, "%s", ("\x1b]0;x",), None)
    assert _Harmless("%(message)s").format(record) == "�]0;x"


def test_there_is_one_door_to_the_terminal() -> None:
    """`play` draws its own line, of a routine's texts alone, which were read without controls."""
    rooms = Path(voicecoach.__file__).parent / "cli"
    doors = {
        path.name
        for path in rooms.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (ast.unparse(node.func) in ("click.echo", "click.secho", "print", "sys.stdout.write", "sys.stderr.write"))
    }
    assert doors <= {"console.py", "main.py", "play.py"}
