"""Options that take one of a few words, and say which was meant by another: `dk` is `da`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from voicecoach.model import LANGUAGES, LEVELS


class Word(click.Choice):  # type: ignore[type-arg,unused-ignore]
    """As `click.Choice`; `key` is what other words for the choices are looked up under."""

    def __init__(self, key: str, choices: Sequence[str]) -> None:
        super().__init__(choices)
        self.key = key

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        try:
            return super().convert(value, param, context)
        except click.BadParameter as error:
            from voicecoach.coach.meaning import meant_word

            near = meant_word(self.key, str(value), list(self.choices))
            self.fail(f"{error.message}{f' Did you mean {near}?' if near else ''}", param, context)


LANGUAGE, LEVEL = Word("language", LANGUAGES), Word("level", LEVELS)
