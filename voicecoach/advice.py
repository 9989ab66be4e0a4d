"""What would help, as data: a sentence in which commands and options stand as what they are, not as they are typed.

A text for a Python program, which reads `` `routines` `` and `fit="20 min"`; a guest words each piece as a person
of that guest would do it (`voicecoach list`, `--fit "20 min"`; a page would show a button).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias


class Option(NamedTuple):
    """Something that is chosen when a routine is made or played; without a value, the option itself."""

    name: str
    """As the fields of `Options` are named: `language`, `fit`."""
    value: str = ""


class Action(NamedTuple):
    """Something that can be done, with what it is done to."""

    name: str
    """`routines`, `exercises`, `voices`, `new`: what a guest has a command for."""
    arguments: tuple[str | Option, ...] = ()


Piece: TypeAlias = "str | Option | Action"


class Advice(str):
    """A sentence made of pieces. As a string it is the neutral text; put together, format and cut its pieces."""

    pieces: tuple[Piece, ...]

    def __new__(cls, *pieces: Piece) -> Advice:
        """A piece may be an advice itself: its pieces become some of these."""
        flat = tuple(inner for piece in pieces for inner in (piece.pieces if isinstance(piece, Advice) else (piece,)))
        self = super().__new__(cls, "".join(map(_neutral, flat)))
        self.pieces = flat
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:  # errors cross processes
        return self.pieces

    def worded(self, words: Callable[[Option | Action], str]) -> str:
        """The sentence in the words of a guest."""
        return "".join(piece if isinstance(piece, str) else words(piece) for piece in self.pieces)


def do(name: str, *arguments: str | Option) -> Action:
    return Action(name, arguments)


def how_to_get(command: str, *actions: Action) -> str:
    """What installs something, in one line: a command of the system (empty: none), and what is done after it."""
    steps: list[Piece] = [command] if command else []
    for action in actions:
        steps += [" && ", action] if steps else [action]
    return Advice(*steps) if steps else ""


def filled(sentence: str, **values: object) -> str:
    """`sentence.format(**values)`, in every text of an advice."""
    if not isinstance(sentence, Advice):
        return sentence.format(**values)
    return Advice(*(_filled(piece, values) for piece in sentence.pieces))


def _filled(piece: Piece, values: dict[str, object]) -> Piece:
    if isinstance(piece, Action):
        return do(piece.name, *(_filled_argument(argument, values) for argument in piece.arguments))
    return piece.format(**values) if isinstance(piece, str) else piece


def _filled_argument(argument: str | Option, values: dict[str, object]) -> str | Option:
    if isinstance(argument, str):
        return argument.format(**values)
    return argument._replace(value=argument.value.format(**values))


def _neutral(piece: Piece) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Option):
        return f'{piece.name}="{piece.value}"' if piece.value else f"`{piece.name}`"
    return f"`{' '.join([piece.name, *map(_neutral, piece.arguments)])}`"
