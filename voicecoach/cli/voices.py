"""`voicecoach voices`"""

from __future__ import annotations

import click

from voicecoach import pipeline
from voicecoach.cli import console


@click.command("voices")
def command() -> None:
    """List who can speak here, and in which language.

    Use an id with --voice. Where several voices speak a language, the best that is installed is taken.
    """
    with pipeline.Sounds() as sounds:
        rows = [
            (
                voice.id,
                voice.language,
                voice.quality,
                voice.licence,
                "installed" if voice.installed else voice.how_to_get,
            )
            for voice in sounds.speaker.voices()
        ]
    console.table(rows)
