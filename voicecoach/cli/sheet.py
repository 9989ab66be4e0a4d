"""`voicecoach sheet`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.cli.options import routine_options
from voicecoach.cli.progress import progress
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import Options
from voicecoach.coach.progress import Progress


@click.command("sheet")
@click.argument("routine")
@click.option("-o", "--output", metavar="FILE", required=True, help="The file to write: .html to print, .md or .txt.")
@click.option("--url", metavar="URL", default="", help="Where it can be heard: a code for a telephone's camera.")
@click.option("--force", is_flag=True, help="Replace what is there, whatever it is.")
@routine_options
def command(routine: str, output: str, url: str, force: bool, options: Options) -> None:
    """Write a routine as a page to print.

    The exercises in order, with how to do them, how long, on which sides, what to beware of, and the sources. The
    lengths are those that are chosen. An old sheet of the same routine is replaced without a question.
    """
    reading = Progress("reading")
    with Coach() as coach:
        with progress(reading):
            performance = coach.read(routine, options)
        console.problems(performance.warnings, err=True)
        console.may_replace(performance.in_the_way_of_sheet(output), force=force)
        with progress() as report:
            performance.sheet(output, url=url, force=True, progress=report)
    console.note(f"Wrote {output}.")
