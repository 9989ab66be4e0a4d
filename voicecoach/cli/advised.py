"""How advice reads at a terminal: what is to be done is a command, what is to be chosen is its option."""

from __future__ import annotations

from voicecoach.advice import Action, Advice, Option

_COMMANDS = {"routines": "list"}
_OPTIONS = {"language": "--lang", "output": "-o"}
"""Those that are typed otherwise than they are called."""


def worded(text: str) -> str:
    """Any text that a person is to read; of an advice, the words of this guest."""
    return text.worded(_typed) if isinstance(text, Advice) else text


def _typed(piece: str | Option | Action) -> str:
    if isinstance(piece, Action):
        return " ".join(["voicecoach", _COMMANDS.get(piece.name, piece.name), *map(_typed, piece.arguments)])
    if isinstance(piece, Option):
        option = _OPTIONS.get(piece.name, f"--{piece.name.replace('_', '-')}")
        value = f'"{piece.value}"' if " " in piece.value else piece.value
        return f"{option} {value}" if value else option
    return piece
