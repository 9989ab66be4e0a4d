"""`voicecoach voices remove`"""

from __future__ import annotations

import click

from voicecoach import pipeline


@click.command("remove")
@click.argument("voice", metavar="ID")
def command(voice: str) -> None:
    """Delete a voice that was added."""
    folder = pipeline.remove_voice(voice)
    click.echo(f"Removed {voice} from {folder}.")
