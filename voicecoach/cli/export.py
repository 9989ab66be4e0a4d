"""`voicecoach export`"""

from __future__ import annotations

import click

from voicecoach import pipeline
from voicecoach.cli import console
from voicecoach.cli.options import routine_options
from voicecoach.pipeline import Options
from voicecoach.units import clock


@click.command("export")
@click.argument("routine")
@click.option("-o", "--output", metavar="FILE", required=True, help="The file to write; “-” is a pipe.")
@click.option("--format", "format_", metavar="ENDING", help="mp3, wav, …; the file's ending by default.")
@routine_options
def command(routine: str, output: str, format_: str | None, options: Options) -> None:
    """Write a routine as an audio file.

    The file's ending chooses the format. The file appears whole or not at all; an old one is replaced only when the
    new one is finished.
    """
    ending = format_ or ("mp3" if output == "-" else None)
    pipeline.format_for(output, ending)  # a wrong ending is told before anything is spoken
    loaded, problems = pipeline.load(routine, options)
    console.problems(problems, err=True)
    with pipeline.Sounds() as sounds:
        timeline = pipeline.compile_routine(loaded, options, sounds)
        with console.progress("Writing", timeline.duration_ms) as show:
            pipeline.export(timeline, sounds, output, ending, show)
    if output != "-":
        console.note(f"{output}: {timeline.title}, {clock(timeline.duration_ms)}, {timeline.voice}")
