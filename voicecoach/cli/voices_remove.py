"""`voicecoach voices remove`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.coach.downloads import remove_voice


@click.command("remove")
@click.argument("voice", metavar="ID")
def command(voice: str) -> None:
    """Delete a voice that was added."""
    folder = remove_voice(voice)
    console.say(f"Removed {voice} from {folder}.")
