"""`voicecoach voices`, and the group of what can be done with voices."""

from __future__ import annotations

from itertools import groupby

import click

from voicecoach.cli import console
from voicecoach.cli.advised import worded
from voicecoach.cli.lazy import LazyGroup
from voicecoach.cli.words import LANGUAGE
from voicecoach.model import LANGUAGES, Language, Voice

COMMANDS: dict[str, str] = {
    "add": "Download a voice that sounds natural, such as da_DK-talesyntese-medium or supertonic.",
    "remove": "Delete a voice that was added.",
    "compare": "Let every voice that is here say the same, one after the other.",
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

    Use an id, or a name such as joe, with --voice. The voice marked with a star speaks its language if none is named:
    the one of your configuration, else your own recordings (if another voice says what is not recorded), a natural
    voice, a plain one. A voice whose licence forbids some uses speaks only where it is named.
    """
    if context.invoked_subcommand is not None:
        return
    from voicecoach.coach.coach import Coach
    from voicecoach.coach.voices import default_voices, natural_voice_to_get

    with Coach() as coach:
        defaults = set(default_voices(coach.sounds).values())
        voices = [voice for voice in coach.voices() if lang is None or voice.speaks(lang)]
        wanted = [lang] if lang else LANGUAGES
        better = [natural_voice_to_get(language, coach.sounds) for language in wanted]
    if as_json:
        console.as_json([_as_json(voice, defaults) for voice in voices])
        return
    rows = [_row(list(alike), defaults) for _, alike in groupby(voices, _as_one)]
    console.table([("", "ID", "NAME", "LANG", "QUALITY", "LICENCE", "HERE"), *rows])
    for advice in filter(None, better):
        console.note(worded(advice))


def _as_one(voice: Voice) -> tuple[str, ...]:
    """Voices that come together make one row, as long as they are not here."""
    one = voice.id if voice.installed or not voice.restriction else voice.id.partition(":")[0]
    return one, *voice.languages, voice.how_to_get


def _row(alike: list[Voice], defaults: set[str]) -> tuple[str, ...]:
    voice, last = alike[0], alike[-1]
    mark = "*" if voice.id in defaults else " "
    ids, names = voice.id, voice.name
    if last is not voice:
        ids, names = f"{ids} … {last.id.partition(':')[2]}", f"{names} … {last.name.rpartition(' ')[2]}"
    size = f" ({voice.size_mb} MB)" if voice.size_mb else ""
    here = "installed" if voice.installed else f"{worded(voice.how_to_get)}{size}"
    return mark, ids, names, ", ".join(voice.languages), voice.quality, voice.licence, here


def _as_json(voice: Voice, defaults: set[str]) -> dict[str, object]:
    return {
        "engine": voice.id.partition(":")[0],
        "id": voice.id,
        "name": voice.name,
        "language": voice.language,
        "languages": list(voice.languages),
        "quality": voice.quality,
        "licence": voice.licence,
        "installed": voice.installed,
        "how_to_get": worded(voice.how_to_get),
        "size_mb": voice.size_mb,
        "restriction": voice.restriction,
        "default": voice.id in defaults,
    }
