"""`voicecoach export`"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from voicecoach.cli import console
from voicecoach.cli.options import bed_options, routine_options
from voicecoach.cli.progress import progress
from voicecoach.coach import exporting, pipeline
from voicecoach.coach.exporting import FileOptions
from voicecoach.coach.pipeline import Options, Sounds
from voicecoach.model import Routine
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
    from voicecoach.coach.voicing import introduced

    ending = format_ or ("mp3" if output == "-" else None)
    file = FileOptions(year=year, stereo=stereo, sidecars=exporting.sidecar_kinds(sidecar))
    exporting.check(output, ending, options, file, split=split)  # before anything is spoken
    with pipeline.Sounds() as sounds:
        pipeline.start_early(options, sounds)
        with progress(sounds):
            sounds.progress("reading", 0, 0)
            loaded, problems = pipeline.load(routine, options)
        console.problems(problems, err=True)
        file = file.of(loaded)
        _check_replacing(loaded, output, options, sounds, file, split=split, force=force)
        with progress(sounds):
            timeline = pipeline.compile_routine(loaded, options, sounds)
        if output != "-":
            console.note(f"Voice: {introduced(timeline.voice, sounds)}")
        console.cache_problem(sounds)
        with progress(sounds):
            show = partial(_written, sounds, timeline.duration_ms)
            if split:
                tracks = exporting.export_album(
                    timeline, sounds, output, ending or "mp3", show, options=options, file=file
                )
                beside = [Path(output, track) for track in tracks]
            else:
                beside = exporting.export(timeline, sounds, output, ending, show, options=options, file=file)
    if output != "-":
        console.note(f"{output}: {timeline.title}, {clock(timeline.duration_ms)}")
        for path in beside:
            console.note(f"  {path}")


def _written(sounds: pipeline.Sounds, total_ms: int, done_ms: int) -> None:
    sounds.progress("writing", done_ms, total_ms)


def _check_replacing(
    routine: Routine, output: str, options: Options, sounds: Sounds, file: FileOptions, *, split: bool, force: bool
) -> None:
    """Before a word is spoken: what is read is never written, and what is somebody else's only if they say so."""
    _, voice = pipeline.choose_voice(routine, options, sounds)
    beside = FileOptions() if split else file  # the sidecars of an album lie in its folder
    exporting.refuse_inputs(output, [routine.location.path], voice.id, options, sounds, beside)
    console.may_replace(exporting.in_the_way(output, routine.id, beside, split=split), force=force)
