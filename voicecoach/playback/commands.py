"""What a person wants of a player: one value, whether it comes from a key, a line, a button or a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Word: TypeAlias = Literal["pause", "resume", "toggle", "next", "back", "stop"]
WORDS: tuple[Word, ...] = get_args(Word)
"""What a player does. Any other word is refused, and told."""

_LONGEST = 200
"""Characters of a line that are kept: an answer quotes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What is wanted. Any word may be sent; whether it is done, the player answers."""

    word: str
    """One of `WORDS`, if it is to be done."""

    @staticmethod
    def of(line: str) -> Command:
        """What a line says, however it is written."""
        return Command(word=line.strip().lower()[:_LONGEST])
