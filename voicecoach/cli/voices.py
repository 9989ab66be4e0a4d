"""`voicecoach voices`, and the group of what can be done with voices."""

from __future__ import annotations

import click

from voicecoach import pipeline
from voicecoach.cli import console
from voicecoach.cli.lazy import LazyGroup

COMMANDS: dict[str, str] = {
    "add": "Download a voice that sounds natural, such as da_DK-talesyntese-medium.",
    "remove": "Delete a voice that was added.",
}
"""The first line of each subcommand's help; `voices say` lies in `cli/voices_say.py`."""


@click.group("voices", cls=LazyGroup, commands_help=COMMANDS, prefix="voices_", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List who can speak here, and in which language.

    Use an id with --voice. Where several voices speak a language, the best that is installed is taken.
    """
    if context.invoked_subcommand is not None:
        return
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
