"""`voicecoach new`"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from voicecoach.cli import console
from voicecoach.cli.locale_language import locale_language
from voicecoach.coach.places import places
from voicecoach.coach.schemas import editor_line
from voicecoach.coach.writing import write_template
from voicecoach.errors import OutputError
from voicecoach.model import DEFAULT_LANGUAGE


@click.command("new")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
def command(file: Path, force: bool) -> None:
    """Write a commented routine to start from.

    FILE is the YAML file to write; it is never replaced unless you say --force. It speaks the language of your
    system; its first line lets an editor complete keys and mark mistakes.
    """
    if file.suffix.lower() not in (".yaml", ".yml"):
        raise OutputError(f"{file} is no YAML file", hint=f"Name it {file.stem or 'my-routine'}.yaml")
    if os.path.lexists(file):
        console.may_replace([(file, "perhaps your own")], force=force)
    write_template(file, locale_language() or DEFAULT_LANGUAGE, editor_line(places()))
    name = shlex.quote(str(file))
    console.note(f"Wrote {file}. Change it as you like, then: voicecoach check {name} && voicecoach play {name}")
