"""`voicecoach voices compare`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.cli.hearing import hear
from voicecoach.cli.words import LANGUAGE
from voicecoach.coach.coach import Coach
from voicecoach.coach.exporting import write_file
from voicecoach.coach.options import DEVICE_KINDS, PLAIN_FILE
from voicecoach.coach.outputs import foreign_files, format_for
from voicecoach.coach.sampling import able, comparison
from voicecoach.coach.voices import introduced
from voicecoach.model import Language
from voicecoach.units import clock


@click.command("compare")
@click.option("--lang", type=LANGUAGE, help="Only the voices that speak this language.")
@click.option("-o", "--output", metavar="FILE", help="Write it to a file instead, a chapter a voice.")
@click.option("--force", is_flag=True, help="Replace what is there, whatever it is.")
@click.option("--device", type=click.Choice(DEVICE_KINDS), default="default", show_default=True, help="Where to.")
def command(lang: Language | None, output: str | None, force: bool, device: str) -> None:
    """Let every voice that is here say the same, one after the other.

    Each says a sentence and counts, in the language that is named or in its own; a voice of recordings says its first
    lines. Choose one for good in config.toml.
    """
    if output:
        format_for(output)
    with Coach() as coach:
        sounds = coach.sounds
        voices, silent = able(sounds, lang)
        for voice, reason in silent:
            console.note(f"{voice.id} says nothing: {reason}")
        timeline = comparison(voices, sounds)
        if output:
            console.may_replace(foreign_files(output, timeline.routine_id, PLAIN_FILE, split=False), force=force)
            write_file(timeline, sounds, output)
            for step, (voice, _) in zip(timeline.steps, voices, strict=True):
                console.note(f"{clock(step.start_ms)}  {introduced(voice.id, sounds)}")
            console.note(f"{output}: {len(voices)} voices, {clock(timeline.duration_ms)}")
            return
        hear(timeline, sounds, device, lambda step: console.note(introduced(voices[step][0].id, sounds)))
