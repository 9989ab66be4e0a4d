"""`voicecoach list`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.cli.locale_language import locale_language
from voicecoach.cli.progress import progress
from voicecoach.cli.words import LANGUAGE
from voicecoach.coach.catalog import catalog
from voicecoach.coach.places import places
from voicecoach.model import Language


@click.command("list")
@click.option("--lang", type=LANGUAGE, help="Titles and lengths in this language; that of your system by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
def command(lang: Language | None, as_json: bool) -> None:
    """List the routines: phase, length and languages.

    Lengths are those of the level “normal”, about: the words take a little longer in one voice than in another.
    """
    shown = lang or (None if as_json else locale_language())
    with progress() as report:
        entries, broken = catalog(places(), shown, report)  # a `Coach` would bring what speaks: a list is to be quick
    if as_json:
        console.as_json([entry.as_json() for entry in entries], indent=2)
    else:
        console.table([(e.id, e.phase, f"about {e.minutes} min", " ".join(e.languages), e.title) for e in entries])
    for path in broken:
        console.note(f"{path} has errors; see: voicecoach check {path}")
