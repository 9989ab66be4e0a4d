"""`voicecoach export`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.cli.natural_voice import tell_of_a_natural_voice
from voicecoach.cli.options import bed_options, routine_options
from voicecoach.cli.progress import progress
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import FileChoices, Options
from voicecoach.coach.progress import Progress
from voicecoach.model import Timeline
from voicecoach.units import clock


@click.command("export")
@click.argument("routine")
@click.option("-o", "--output", metavar="FILE", required=True, help="The file to write; “-” is a pipe.")
@click.option("--format", "format_", metavar="ENDING", help="mp3, wav, …; the file's ending by default.")
@click.option("--split", is_flag=True, help="An album: FILE is a folder, with a track a chapter and a playlist.")
@click.option("--sidecar", metavar="KINDS", default="", help="Beside the file: lrc,vtt,srt,chapters.json.")
@click.option("--stereo", is_flag=True, help="Two equal channels, for players that send one to one ear only.")
@click.option("--force", is_flag=True, help="Replace what is there, whatever it is.")
@click.option("--year", type=click.IntRange(1, 9999), help="In the tags; none by default.")
@routine_options
@bed_options
def command(
    routine: str,
    output: str,
    format_: str | None,
    split: bool,
    sidecar: str,
    stereo: bool,
    force: bool,
    year: int | None,
    options: Options,
) -> None:
    """Write a routine as an audio file, or as an album.

    The file's ending chooses the format. The file appears whole or not at all; an old one is replaced only when the
    new one is finished, and without a question only if it is an export of the same routine. With what to put it on a
    phone: docs/phone.md.
    """
    file = FileChoices(format=format_, year=year, stereo=stereo, sidecars=sidecar)
    reading = Progress("reading")
    with Coach() as coach:
        with progress(reading):
            performance = coach.read(routine, options)
        console.problems(performance.warnings, err=True)
        console.may_replace(performance.in_the_way(output, split=split, **file), force=force)
        with progress() as report:
            timeline = performance.compiled(report)
        if output != "-":
            console.note(f"Voice: {performance.introduction}")
            tell_of_a_natural_voice(coach, performance.language, options)
        console.cache_problem(coach)
        with progress() as report:
            write = performance.export_album if split else performance.export
            made = write(output, force=True, progress=report, **file)
    if output != "-":
        console.note(f"{output}: {timeline.title}, {clock(timeline.duration_ms)}")
        _note_waits(timeline)
        for path in [track.path for track in made] if isinstance(made, list) else made.beside:
            console.note(f"  {path}")


def _note_waits(timeline: Timeline) -> None:
    """A file cannot wait for a person: which steps do, and what the file does there."""
    own = [step for step in timeline.steps if step.waits and not step.stop]
    for step in (step for step in timeline.steps if step.stop):
        console.note(f"  {clock(step.end_ms)} {step.title}: `play` waits here for you. A file goes on: pause it.")
    for step in own:
        given = clock(step.work_end_ms - step.work_start_ms)
        console.note(f"  {clock(step.work_start_ms)} {step.title}: in your own time. The file gives it {given}.")
