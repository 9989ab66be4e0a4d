"""`voicecoach schema`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.cli.words import Word
from voicecoach.coach.places import places
from voicecoach.coach.schemas import KINDS, schema_text


@click.command("schema")
@click.argument("kind", required=False, type=Word("kind", KINDS))
def command(kind: str | None) -> None:
    """Print the JSON Schema of routines and files of exercises, for editors.

    KIND is “routine” or “exercises”; without it, the schema accepts either. The ids of your exercises are in it too.
    """
    console.say(schema_text(places(), kind), nl=False)
