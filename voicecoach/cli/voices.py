"""`voicecoach voices`, and the group of what can be done with voices."""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.cli.advised import worded
from voicecoach.cli.lazy import LazyGroup
from voicecoach.cli.words import LANGUAGE
from voicecoach.model import Language, Voice

COMMANDS: dict[str, str] = {
    "add": "Download a voice that sounds natural, such as da_DK-talesyntese-medium.",
    "remove": "Delete a voice that was added.",
    "say": "Let a voice be heard, here or in a file.",
    "warm": "Speak everything of routines ahead, so that they start at once.",
}
"""The first line of each subcommand's help; `voices say` lies in `cli/voices_say.py`."""


@click.group("voices", cls=LazyGroup, commands_help=COMMANDS, prefix="voices_", invoke_without_command=True)
@click.option("--lang", type=LANGUAGE, help="Only the voices of this language.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@click.pass_context
def command(context: click.Context, lang: Language | None, as_json: bool) -> None:
    """List who can speak here, and in which language.

    Use an id with --voice. The voice marked with a star speaks its language if none is named: the one of your
    configuration, else the best that is installed. Your own recordings speak only where they are named.
    """
    if context.invoked_subcommand is not None:
        return
    from voicecoach.coach.coach import Coach
    from voicecoach.coach.voices import default_voices

    with Coach() as coach:
        defaults = set(default_voices(coach.sounds).values())
        voices = [voice for voice in coach.voices() if lang in (None, voice.language)]
    if as_json:
        console.as_json([_as_json(voice, defaults) for voice in voices])
        return
    console.table([("", "ID", "NAME", "LANG", "QUALITY", "LICENCE", "HERE"), *(_row(v, defaults) for v in voices)])


def _row(voice: Voice, defaults: set[str]) -> tuple[str, ...]:
    mark = "*" if voice.id in defaults else " "
    here = "installed" if voice.installed else worded(voice.how_to_get)
    return mark, voice.id, voice.name, voice.language, voice.quality, voice.licence, here


def _as_json(voice: Voice, defaults: set[str]) -> dict[str, object]:
    return {
        "engine": voice.id.partition(":")[0],
        "id": voice.id,
        "name": voice.name,
        "language": voice.language,
        "quality": voice.quality,
        "licence": voice.licence,
        "installed": voice.installed,
        "how_to_get": worded(voice.how_to_get),
        "default": voice.id in defaults,
    }
