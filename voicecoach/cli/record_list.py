"""`voicecoach record-list`"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from voicecoach.cli import console
from voicecoach.cli.options import routine_options
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import PLAIN_FILE, Options
from voicecoach.coach.outputs import refuse_if_read
from voicecoach.coach.reading import load
from voicecoach.coach.recording import lines_to_record, recording_sheet
from voicecoach.coach.writing import other_text, write_text


@click.command("record-list")
@click.argument("routines", nargs=-1, required=True, metavar="ROUTINE…")
@click.option("--missing-from", metavar="NAME", help="Only what these recordings lack: a name, or a folder.")
@click.option("--manifest", is_flag=True, help="Write a manifest to fill instead of the sheet.")
@click.option("-o", "--output", metavar="FILE", help="The file to write: .tsv, .md, or .toml for a manifest.")
@click.option("--force", is_flag=True, help="Replace what is there, whatever it is.")
@routine_options
def command(
    routines: tuple[str, ...],
    missing_from: str | None,
    manifest: bool,
    output: str | None,
    force: bool,
    options: Options,
) -> None:
    """List the lines to record, so that a voice of your own can lead a routine.

    Every line that may be said, with what it is for, a name for its file, and how long it may be where a count must
    fit into its second. --voice recordings:NAME does the same as --missing-from NAME.
    """
    if missing_from:
        prefix = "" if missing_from.startswith("recordings:") else "recordings:"
        options = replace(options, voice=prefix + missing_from)
    ending = ".toml" if manifest else Path(output).suffix.lower() if output and output != "-" else ".tsv"
    with Coach() as coach:
        loaded = [load(name, coach.places, easier=options.easier)[0] for name in routines]
        language, lines = lines_to_record(loaded, options, coach.sounds)
        if output:
            paths = [routine.location.path for routine in loaded]
            refuse_if_read(output, paths, options.voice or "", options, coach.sounds, PLAIN_FILE)
    text = recording_sheet(lines, language, ending)
    if output and output != "-":
        console.may_replace(other_text(Path(output), text), force=force)
        write_text(Path(output), text)
    else:
        console.say(text, nl=False)
    counted = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    console.note(f"{counted} to record{f' in {options.voice}' if options.voice else ''}.")
