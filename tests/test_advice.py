"""Advice names what can be done as data; the terminal words it, and only the terminal."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import voicecoach
from voicecoach.advice import Advice, Option, do, filled
from voicecoach.cli.advised import worded
from voicecoach.cli.main import COMMANDS, cli
from voicecoach.errors import SpeechError

PACKAGE = Path(voicecoach.__file__).parent
FILES = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] != "cli"]
TYPED = re.compile(rf"(?:^|\s)--[a-z]|voicecoach ({'|'.join(COMMANDS)})\b")
A_PROGRAM_OF_ITS_OWN = {
    "speech/worker.py",
    *(f"speech/{engine}/{file}.py" for engine in ("espeak", "supertonic") for file in ("worker", "engine")),
}
"""The worker process, and what starts it: its arguments are typed by nobody."""


def test_advice_is_a_text_and_a_guest_words_it() -> None:
    advice = Advice("See: ", do("routines"), " or ", Option("fit", "20 min"), ", ", Option("language", "da"), ".")
    assert advice == 'See: `routines` or fit="20 min", language="da".'
    assert worded(advice) == 'See: voicecoach list or --fit "20 min", --lang da.'


def test_a_command_carries_its_arguments_and_options() -> None:
    advice = Advice("Write it: ", do("record-list", "screening", Option("voice", "mor"), Option("manifest")))
    assert worded(advice) == "Write it: voicecoach record-list screening --voice mor --manifest"


def test_advice_within_advice_keeps_its_pieces() -> None:
    assert worded(Advice("First. ", Advice("See: ", do("voices")))) == "First. See: voicecoach voices"


def test_gaps_are_filled_and_the_pieces_stay() -> None:
    advice = filled(Advice("Make {what}: ", do("new", "{stem}.yaml")), what="it", stem="legs")
    assert worded(advice) == "Make it: voicecoach new legs.yaml"
    assert filled("{a} {{b}}", a=1) == "1 {b}"


def test_what_is_no_advice_stays_as_it_is() -> None:
    assert worded("Write `language: da`.") == "Write `language: da`."


def test_advice_crosses_processes() -> None:
    hint = SpeechError("a", "b", "c").hint
    assert worded(pickle.loads(pickle.dumps(hint))) == worded(hint) == "Try another voice: voicecoach voices"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_below_the_guests_nothing_is_typed(path: Path) -> None:
    if str(path.relative_to(PACKAGE)) not in A_PROGRAM_OF_ITS_OWN:
        assert not [text for text in _texts(ast.parse(path.read_text(encoding="utf-8"))) if TYPED.search(text)]


def test_what_advice_names_can_be_typed() -> None:
    named = list(_named())
    assert len(named) > 20
    for kind, name in named:
        words = worded(Advice(do(name) if kind == "do" else Option(name))).split()
        if kind == "do":
            assert _command(words[1:]).name == words[-1]
        else:
            assert words[0] in set(_options(cli)), name


def _texts(tree: ast.AST) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Constant) and isinstance(child.value, str) and not isinstance(node, ast.Expr):
                yield child.value


def _named() -> Iterator[tuple[str, str]]:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="do" | "Option" as kind), args=[ast.Constant(value=str(name)), *_]):
                    yield kind, name


def _command(words: list[str]) -> click.Command:
    command: click.Command = cli
    for word in words:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found is not None, words
        command = found
    return command


def _options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        yield from parameter.opts
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from _options(found)
