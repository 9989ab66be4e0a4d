"""`voicecoach voices say`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.coach import exporting, pipeline
from voicecoach.coach.exporting import FileOptions
from voicecoach.coach.pipeline import DEVICE_KINDS
from voicecoach.units import clock


@click.command("say")
@click.argument("voice", metavar="ID")
@click.argument("text", required=False)
@click.option("-o", "--output", metavar="FILE", help="Write it to a file instead; its ending chooses the format.")
@click.option("--force", is_flag=True, help="Replace what is there, whatever it is.")
@click.option("--device", type=click.Choice(DEVICE_KINDS), default="default", show_default=True, help="Where to.")
def command(voice: str, text: str | None, output: str | None, force: bool, device: str) -> None:
    """Let a voice be heard, here or in a file.

    ID is a voice (see: voicecoach voices), TEXT what it shall say. Without one it says a sentence and counts; a voice
    of recordings says its first lines.
    """
    from voicecoach.coach import voicing

    if text is not None and not text.strip():
        raise click.UsageError("TEXT is empty.")
    if output:
        pipeline.format_for(output)
    with pipeline.Sounds() as sounds:
        timeline = voicing.sample(voicing.voice_named(voice, sounds), text, sounds)
        if output:
            console.may_replace(
                exporting.in_the_way(output, timeline.routine_id, FileOptions(), split=False), force=force
            )
            pipeline.export(timeline, sounds, output)
            console.note(f"{output}: {voicing.introduced(timeline.voice, sounds)}, {clock(timeline.duration_ms)}")
            return
        console.note(f"Voice: {voicing.introduced(timeline.voice, sounds)}")
        with voicing.sample_player(timeline, sounds, device) as player:
            player.play()
            while not player.wait(0.1):
                pass
            if player.error:
                raise player.error
