"""All printing: problems, errors, tables, and lines that are written over."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from voicecoach.cli.advised import worded
from voicecoach.cli.standard_output import told_of_output
from voicecoach.cli.width import CLEAR, columns
from voicecoach.errors import OutputError, VoicecoachError
from voicecoach.plain_text import harmless

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.coach.coach import Coach
    from voicecoach.model import Problem

_COLOURS = {"error": "red", "warning": "yellow"}
MAX_TOLD = 200
"""Problems of one file; who has read so many knows what kind they are."""
_LONGEST = 1000
"""Characters of a message, which quotes what stands in a file."""
_C1 = re.compile("[\x7f-\x9f]")


class Styled(NamedTuple):
    """A piece of a line that stands out on a terminal."""

    text: str
    colour: str | None = None
    bold: bool = False

    def __str__(self) -> str:
        return click.style(harmless(self.text), fg=self.colour, bold=self.bold or None)


def say(*pieces: str | Styled, err: bool = False, nl: bool = True) -> None:
    """The one door to the terminal: whatever stands in a piece, it is shown and does nothing.

    Raises `OutputError` if the standard output takes no words, but `BrokenPipeError` as it is: who read has seen
    enough. Of a standard error that takes none, nobody can be told.
    """
    line = "".join(str(piece) if isinstance(piece, Styled) else harmless(piece) for piece in pieces)
    with contextlib.suppress(OSError) if err else told_of_output():
        click.echo(line, nl=nl, err=err)


def over(text: str, *, err: bool = False, nl: bool = False) -> None:
    """A line in the place of the one that was written over last. Without `nl`, the cursor rests at its beginning: it
    is still there when a narrower window breaks the line in two."""
    with contextlib.suppress(OSError) if err else told_of_output():
        click.echo(f"\r{harmless(text)}{CLEAR}" + ("" if nl else "\r"), nl=nl, err=err)


def as_json(value: object, indent: int = 1) -> None:
    """One JSON value. JSON escapes the controls of ASCII; those that came after it are escaped here."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    say(_C1.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def problems(found: Iterable[Problem], *, err: bool = False) -> None:
    """`file:line:column: error: what (rule)`, and under it what to do."""
    told: Counter[str] = Counter()
    for problem in found:
        told[problem.location.path] += 1
        if told[problem.location.path] > MAX_TOLD:
            continue
        severity = Styled(problem.severity, _COLOURS[problem.severity])
        lines = f" (lines {', '.join(map(str, problem.lines))})" if problem.lines else ""
        say(f"{problem.location}: ", severity, f": {_short(problem.message + lines)} [{problem.rule}]", err=err)
        if problem.hint:
            say(f"    {_short(worded(problem.hint))}", err=err)
    for path, count in told.items():
        if count > MAX_TOLD:
            say(f"{path}: and {count - MAX_TOLD:,} more", err=err)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"


def problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "file": problem.location.path,
        "line": problem.location.line,
        "column": problem.location.column,
        "hint": worded(problem.hint),
        **({"lines": list(problem.lines)} if problem.lines else {}),
    }


def error(problem: VoicecoachError) -> None:
    say(Styled("voicecoach:", "red"), f" {problem.message}", err=True)
    if problem.hint:
        say(worded(problem.hint), err=True)


def note(text: str) -> None:
    """Something good to know that is not the result: to the error stream, so that pipes stay clean."""
    say(text, err=True)


def may_replace(found: Iterable[tuple[Path, str]], *, force: bool) -> None:
    """Asks, on a terminal, whether what is there may be replaced: (path, what it is) of each. Raises `OutputError`
    where the answer is no, or nobody can be asked; not if a person said so before (`force`)."""
    for path, what in [] if force else found:
        told = f"{path} is already there, and is {what}"
        if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise OutputError(told, hint="Choose another name, or replace it with --force.")
        if not click.confirm(f"{told}. Replace it?", err=True):
            raise OutputError(f"{path} was left as it is", hint="Choose another name.")


def cache_problem(coach: Coach) -> None:
    """Tells that spoken words cannot be kept, if that is so."""
    if problem := coach.sounds.speaker.cache.problem:
        note(f"{problem[0].upper()}{problem[1:]}. So every word is spoken anew each time.")


def table(rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell; the last is left as it is."""
    if not rows:
        return
    rows = [[harmless(cell) for cell in row] for row in rows]
    widths = [max(columns(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell + " " * (width - columns(cell)) for cell, width in zip(row[:-1], widths, strict=False)]
        say("  ".join([*cells, row[-1]]).rstrip())
