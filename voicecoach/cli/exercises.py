"""`voicecoach exercises`"""

from __future__ import annotations

import click

from voicecoach import pipeline
from voicecoach.cli import console
from voicecoach.model import LANGUAGES, Language


@click.command("exercises")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The language of names.")
def command(lang: Language) -> None:
    """List the exercises that a routine can use.

    The library that ships, and your own; an exercise of yours with the same id comes first.
    """
    rows = [
        (
            exercise.id or "",
            exercise.kind,
            exercise.name.get(lang) or "—",
            f"easier: {exercise.easier}" * bool(exercise.easier),
        )
        for exercise in pipeline.exercises()
    ]
    console.table(rows)
