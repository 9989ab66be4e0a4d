"""`voicecoach voices add`"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from voicecoach.cli import console
from voicecoach.coach import downloads
from voicecoach.coach.places import places
from voicecoach.errors import OptionError, VoicecoachError


@click.command("add")
@click.argument("voice", metavar="ID")
@click.option("--yes", is_flag=True, help="Agree to the licence of the voice without being asked.")
@click.option(
    "--base-url",
    metavar="URL",
    help=f"Where its files lie; also the variables {downloads.PIPER_URL} and {downloads.SUPERTONIC_URL}, or base_url "
    "and supertonic_url in config.toml.",
)
def command(voice: str, yes: bool, base_url: str | None) -> None:
    """Download a voice that sounds natural, such as da_DK-talesyntese-medium or supertonic.

    A voice of Piper is some 60 MB; supertonic is ten voices in 400 MB, and its licence forbids some uses. A download
    that was broken off goes on where it stopped. This is the only command that needs the internet.
    """
    if downloads.is_here(voice):
        console.note(f"The voice {voice} is here already.")
        _to_make_it_speak(voice)
        return
    base_url = base_url or downloads.voices_url(voice, places())
    remote = downloads.find_voice(voice, base_url=base_url)
    size_mb = f"{remote.size_bytes / 1e6:.0f} MB"
    console.note(", ".join(filter(None, [remote.id, size_mb, remote.licence and f"licence: {remote.licence}"])))
    if remote.use_restrictions:
        _agreed(remote, yes=yes)
    if not remote.pinned:
        console.note(f"Of {remote.id} nothing is known here: it is checked against what the server itself says.")
    with _progress(f"{remote.id}, {size_mb}", remote.size_bytes) as show:
        downloads.add_voice(remote, base_url=base_url, progress=show)
    console.say(f"Use it with: --voice {remote.use} --lang {remote.languages[0]}")
    _to_make_it_speak(voice)


def _to_make_it_speak(voice: str) -> None:
    if hint := downloads.speech_extra_hint(voice):
        console.note(f"To make it speak: {hint}")


def _agreed(remote: downloads.RemoteVoice, *, yes: bool) -> None:
    """Shows what the licence forbids, and asks. Raises `VoicecoachError` if a person does not agree, or cannot."""
    console.note(f"This licence forbids some uses. In short (its own words count: {remote.licence_url}):")
    for restriction in remote.use_restrictions:
        console.note(f"  - {restriction}")
    if yes:
        return
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise OptionError(
            f"nobody agreed to the licence of {remote.id}", hint="Read it; who agrees says so with --yes."
        )
    if not click.confirm(f"Download {remote.size_bytes / 1e6:.0f} MB, and keep to this?", err=True):
        raise VoicecoachError(f"{remote.id} was not downloaded", hint="Other voices: voicecoach voices")


@contextmanager
def _progress(label: str, size_bytes: int) -> Iterator[Callable[[int], None]]:
    """Yields a function that takes the bytes that are done. A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done_bytes: None
        return
    with click.progressbar(length=size_bytes, label=label, file=sys.stderr) as bar:
        yield lambda done_bytes: bar.update(done_bytes - bar.pos)
