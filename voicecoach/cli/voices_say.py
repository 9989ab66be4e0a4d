"""`voicecoach voices say`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.cli.hearing import hear
from voicecoach.cli.words import LANGUAGE
from voicecoach.coach.coach import Coach
from voicecoach.coach.exporting import write_file
from voicecoach.coach.options import DEVICE_KINDS, PLAIN_FILE
from voicecoach.coach.outputs import foreign_files, format_for
from voicecoach.coach.sampling import sample
from voicecoach.coach.voices import introduced, voice_named
from voicecoach.model import Language
from voicecoach.units import clock


@click.command("say")
@click.argument("voice", metavar="ID")
@click.argument("text", required=False)
@click.option("--lang", type=LANGUAGE, help="Of a voice that speaks several.")
@click.option("-o", "--output", metavar="FILE", help="Write it to a file instead; its ending chooses the format.")
@click.option("--force", is_flag=True, help="Replace what is there, whatever it is.")
@click.option("--device", type=click.Choice(DEVICE_KINDS), default="default", show_default=True, help="Where to.")
def command(
    voice: str, text: str | None, lang: Language | None, output: str | None, force: bool, device: str
) -> None:
    """Let a voice be heard, here or in a file.

    ID is a voice (see: voicecoach voices), TEXT what it shall say. Without one it says a sentence and counts; a voice
    of recordings says its first lines.
    """
    if text is not None and not text.strip():
        raise click.UsageError("TEXT is empty.")
    if output:
        format_for(output)
    with Coach() as coach:
        sounds = coach.sounds
        timeline = sample(voice_named(voice, sounds), text, sounds, lang)
        if output:
            console.may_replace(foreign_files(output, timeline.routine_id, PLAIN_FILE, split=False), force=force)
            write_file(timeline, sounds, output)
            console.note(f"{output}: {introduced(timeline.voice, sounds)}, {clock(timeline.duration_ms)}")
            return
        console.note(f"Voice: {introduced(timeline.voice, sounds)}")
        hear(timeline, sounds, device)
