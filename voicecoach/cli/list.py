"""`voicecoach list`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.model import LANGUAGES


@click.command("list")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Titles and lengths in this language.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
def command(lang: str | None, as_json: bool) -> None:
    """List the routines: phase, length and languages.

    Lengths are those of the level “normal”, about: the words take a little longer in one voice than in another.
    """
    from voicecoach.catalog import catalog

    entries, broken = catalog(lang)  # type: ignore[arg-type]
    if as_json:
        console.as_json([entry.as_json() for entry in entries], indent=2)
    else:
        console.table([(e.id, e.phase, f"about {e.minutes} min", " ".join(e.languages), e.title) for e in entries])
    for path in broken:
        console.note(f"{path} has errors; see: voicecoach check {path}")
