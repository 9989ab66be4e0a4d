"""`voicecoach read`"""

from __future__ import annotations

import sys

import click

from voicecoach.cli import console
from voicecoach.cli.locale_language import locale_language
from voicecoach.cli.words import LANGUAGE
from voicecoach.coach.coach import Coach
from voicecoach.model import DEFAULT_LANGUAGE, Language

_MOST = 1_000_000
"""Characters of the standard input: more than a book."""


@click.command("read")
@click.argument("text", metavar="TEXT|-")
@click.option("--lang", type=LANGUAGE, help="The language it is read in; that of your system by default.")
def command(text: str, lang: Language | None) -> None:
    """Print the words that would be spoken for a text.

    On one line, with no other signs than `. , ? !`. What nobody can know stands as it is, and is told. A minus at the
    beginning needs -- before it: voicecoach read --lang da -- "-5 °C". With - the text is the standard input.
    """
    if text == "-":
        text = _standard_input()
    if not text.strip():
        raise click.UsageError("TEXT is empty.")
    reading = Coach().reading(text, lang or locale_language() or DEFAULT_LANGUAGE)
    console.say(reading.words)
    for unknown in reading.unknown:
        console.note(f"“{unknown}” stands as it is: nobody can know how to say it. Write it as it should be said.")
    if not reading.words:
        console.note("There is nothing to say in it.")


def _standard_input() -> str:
    data = sys.stdin.buffer.read(4 * _MOST + 1) if sys.stdin is not None else b""
    text = data.decode("utf-8", errors="replace")
    if len(text) > _MOST:
        raise click.UsageError(f"the standard input has more than {_MOST:,} characters.")
    return text
