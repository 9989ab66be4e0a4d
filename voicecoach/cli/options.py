"""The options that several commands share: `--lang`, `--voice`, `--pace`, `--level`, `--fit`, `--easier`,
`--profile`, and those of the sound under the words."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from voicecoach.cli.words import LANGUAGE, LEVEL, Word
from voicecoach.coach.options import (
    DUCK_DB,
    DUCK_RANGE_DB,
    MUSIC_DB,
    MUSIC_RANGE_DB,
    PROFILE_NAMES,
    Options,
)
from voicecoach.coach.pace import parse_pace
from voicecoach.reading_files import expanded
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
            number = str(value).strip()  # a whole routine lasts minutes
            hint = f'{number} what? Write "{number} min".' if number.isdigit() else error.hint
            self.fail(f"{error}. {hint}", param, context)


class _Pace(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    name = "PACE"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> float:
        try:
            return parse_pace(value)
        except ValueError as error:
            self.fail(f"“{value}” is no pace: {error}.", param, context)


DURATION, PACE = _Duration(), _Pace()


def _values(context: click.Context, param: click.Parameter, written: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for one in written:
        name, equals, value = one.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.BadParameter(f"“{one}” is not NAME=VALUE, such as name=Anna.", context, param)
        values[name.strip()] = value.strip()
    return values


def var_option(function: _F) -> _F:
    """Adds `--var`, which hands a dict on as `values`."""
    help_ = "What {NAME} in a text is filled with; may be given more than once."
    return click.option("--var", "values", multiple=True, metavar="NAME=VALUE", callback=_values, help=help_)(
        function
    )


def routine_options(function: _F) -> _F:
    """Adds the common options and hands them on as one `options` argument."""

    @click.option("--lang", type=LANGUAGE, help="The language; the routine's own by default.")
    @click.option("--voice", metavar="ID", help="Who speaks; see: voicecoach voices.")
    @click.option("--pace", type=PACE, help="calm, normal, brisk, or a number such as 0.9.")
    @click.option("--level", type=LEVEL, default="normal", show_default=True, help="Where in its ranges.")
    @click.option("--fit", type=DURATION, help='How long it shall last in all, such as "12 min".')
    @var_option
    @click.option("--easier", is_flag=True, help="Use the gentler substitute of every exercise that has one.")
    @click.option(
        "--profile",
        type=Word("profile", PROFILE_NAMES),
        default="home",
        show_default=True,
        help="Where it is heard: phone wakes Bluetooth first; gym is louder and briefer too.",
    )
    @functools.wraps(function)
    def wrapped(
        *args: Any,
        lang: Any,
        voice: Any,
        pace: Any,
        level: Any,
        fit: Any,
        easier: bool,
        profile: Any,
        values: Any,
        **rest: Any,
    ) -> Any:
        options = Options(
            language=lang,
            voice=voice,
            pace=pace,
            level=level,
            fit_ms=fit,
            easier=easier,
            profile=profile,
            vars=values,
        )
        return function(*args, options=options, **rest)

    return wrapped  # type: ignore[return-value]


def bed_options(function: _F) -> _F:
    """Adds what may lie under the words to the `options` that `routine_options`, which stands above, made."""

    @click.option("--floor", is_flag=True, help="A faint noise throughout: no Bluetooth speaker falls asleep.")
    @click.option(
        "--music", type=click.Path(path_type=Path), metavar="PATH", help="Music under the words: a file, or a folder."
    )
    @click.option(
        "--music-db",
        type=click.FloatRange(*MUSIC_RANGE_DB),
        default=MUSIC_DB,
        show_default=True,
        help="How loud it is in pauses, beside speech.",
    )
    @click.option(
        "--duck-db",
        type=click.FloatRange(*DUCK_RANGE_DB),
        default=DUCK_DB,
        show_default=True,
        help="How much that changes while someone speaks.",
    )
    @functools.wraps(function)
    def wrapped(
        *args: Any, options: Options, floor: bool, music: Any, music_db: float, duck_db: float, **rest: Any
    ) -> Any:
        music = expanded(music) if music else None
        options = replace(options, floor=floor, music=music, music_db=music_db, duck_db=duck_db)
        return function(*args, options=options, **rest)

    return wrapped  # type: ignore[return-value]
