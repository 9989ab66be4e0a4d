"""The options that several commands share: `--lang`, `--voice`, `--level`, `--fit`, `--easier`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

from voicecoach.model import LANGUAGES, LEVELS
from voicecoach.pipeline import Options
from voicecoach.units import DurationFormatError, parse_duration

_F = TypeVar("_F", bound=Callable[..., Any])


class _Duration(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    name = "DURATION"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        try:
            return parse_duration(value)
        except DurationFormatError as error:
            self.fail(f"{error}. {error.hint}", param, context)


DURATION = _Duration()


def routine_options(function: _F) -> _F:
    """Adds the common options and hands them on as one `options` argument."""

    @click.option("--lang", type=click.Choice(LANGUAGES), help="The language; the routine's own by default.")
    @click.option("--voice", metavar="ID", help="Who speaks; see: voicecoach voices.")
    @click.option(
        "--level", type=click.Choice(LEVELS), default="normal", show_default=True, help="Where in its ranges."
    )
    @click.option("--fit", type=DURATION, help='How long it shall last in all, such as "12 min".')
    @click.option("--easier", is_flag=True, help="Use the gentler substitute of every exercise that has one.")
    @functools.wraps(function)
    def wrapped(*args: Any, lang: Any, voice: Any, level: Any, fit: Any, easier: bool, **rest: Any) -> Any:
        options = Options(language=lang, voice=voice, level=level, fit_ms=fit, easier=easier)
        return function(*args, options=options, **rest)

    return wrapped  # type: ignore[return-value]
