"""All printing: problems, errors, tables and the progress of an export."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from voicecoach.errors import OutputError, VoicecoachError
from voicecoach.model import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.pipeline import Sounds

_COLOURS = {"error": "red", "warning": "yellow"}


def problems(found: Iterable[Problem], *, err: bool = False) -> None:
    """`file:line:column: error: what (rule)`, and under it what to do."""
    for problem in found:
        severity = click.style(problem.severity, fg=_COLOURS[problem.severity])
        click.echo(f"{problem.location}: {severity}: {problem.message} [{problem.rule}]", err=err)
        if problem.hint:
            click.echo(f"    {problem.hint}", err=err)


def problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "file": problem.location.path,
        "line": problem.location.line,
        "column": problem.location.column,
        "hint": problem.hint,
    }


def error(problem: VoicecoachError) -> None:
    click.echo(f"{click.style('voicecoach:', fg='red')} {problem.message}", err=True)
    if problem.hint:
        click.echo(problem.hint, err=True)


def note(text: str) -> None:
    """Something good to know that is not the result: to the error stream, so that pipes stay clean."""
    click.echo(text, err=True)


def may_replace(found: Iterable[tuple[Path, str]], *, force: bool) -> None:
    """Asks, on a terminal, whether what is there may be replaced: (path, what it is) of each. Raises `OutputError`
    where the answer is no, or nobody can be asked; not if a person said so before (`force`)."""
    for path, what in [] if force else found:
        told = f"{path} is already there, and is {what}"
        if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise OutputError(told, hint="Choose another name, or replace it with --force.")
        if not click.confirm(f"{told}. Replace it?", err=True):
            raise OutputError(f"{path} was left as it is", hint="Choose another name.")


def cache_problem(sounds: Sounds) -> None:
    """Tells that spoken words cannot be kept, if that is so."""
    if problem := sounds.speaker.cache.problem:
        note(f"{problem[0].upper()}{problem[1:]}. So every word is spoken anew each time.")


def table(rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell; the last is left as it is."""
    if not rows:
        return
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row[:-1], widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def _width(text: str) -> int:
    """How many columns a terminal gives the text."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(bool(unicodedata.combining(character)) for character in text)


@contextmanager
def progress(label: str, length_ms: int) -> Iterator[Any]:
    """Yields a function that takes the milliseconds that are done. A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done_ms: None
        return
    with click.progressbar(length=length_ms, label=label, file=sys.stderr) as bar:

        def show(done_ms: int) -> None:
            bar.update(done_ms - bar.pos)

        yield show
