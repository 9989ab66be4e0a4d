"""`voicecoach voices add`"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from voicecoach.cli import console
from voicecoach.coach import downloads
from voicecoach.coach.places import places


@click.command("add")
@click.argument("voice", metavar="ID")
@click.option(
    "--base-url",
    metavar="URL",
    envvar="VOICECOACH_VOICES_URL",
    show_default=downloads.BASE_URL,
    help="Where voices.json and the voices lie; also the variable VOICECOACH_VOICES_URL, or base_url in config.toml.",
)
def command(voice: str, base_url: str | None) -> None:
    """Download a voice that sounds natural, such as da_DK-talesyntese-medium.

    A voice is some 60 MB. A download that was broken off goes on where it stopped. This is the only command that
    needs the internet.
    """
    if downloads.is_here(voice):
        console.note(f"The voice {voice} is here already.")
        return
    base_url = base_url or downloads.voices_url(places())
    remote = downloads.find_voice(voice, base_url=base_url)
    if not remote.pinned:
        console.note(f"Of {remote.id} nothing is known here: it is checked against what the server itself says.")
    with _progress(f"{remote.id}, {remote.size_bytes / 1e6:.0f} MB", remote.size_bytes) as show:
        downloads.add_voice(remote, base_url=base_url, progress=show)
    console.say(f"Use it with: --voice piper:{remote.id} --lang {remote.language}")
    if hint := downloads.speech_extra_hint():
        console.note(f"To make it speak: {hint}")


@contextmanager
def _progress(label: str, size_bytes: int) -> Iterator[Callable[[int], None]]:
    """Yields a function that takes the bytes that are done. A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done_bytes: None
        return
    with click.progressbar(length=size_bytes, label=label, file=sys.stderr) as bar:
        yield lambda done_bytes: bar.update(done_bytes - bar.pos)
