"""`voicecoach import`"""  # noqa: N999

from __future__ import annotations

import shlex

import click

from voicecoach.cli import console
from voicecoach.coach.coach import Coach


@click.command("import")
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", metavar="ROUTINE.yaml|FOLDER", help="Where to write it; a folder gets all workouts.")
@click.option("--force", is_flag=True, help="Replace what is there, whatever it is.")
def command(file: str, output: str | None, force: bool) -> None:
    """Turn somebody else's workout into a routine.

    FILE is of Just Another Workout Timer, of w2a, Markdown or plain text as people write it, or CSV. What no routine
    says is told, by the line of the file. Without -o, the routine is printed.
    """
    with Coach() as coach:
        found = coach.import_file(file)
    for loss in found.losses:
        console.note(f"{file}:{loss.line}: lost: {loss.what}")
    if output and output != "-":
        console.may_replace(found.in_the_way(output), force=force)
        paths = found.write(output)
        name, wrote = shlex.quote(str(paths[0])), ", ".join(map(str, paths))
        console.note(f"Wrote {wrote}. Look it over, then: voicecoach check {name} && voicecoach play {name}")
        left = found.routines[len(paths) :]
    else:
        console.say(found.routines[0].text, nl=False)
        left = found.routines[1:]
    if left:
        named = ", ".join(f"“{routine.title}”" for routine in left)
        console.note(f"{file} holds more: {named}. All of them, each in its file: -o FOLDER")
