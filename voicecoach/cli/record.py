"""`voicecoach record`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from voicecoach.cli import console
from voicecoach.cli.hearing import hear
from voicecoach.cli.locale_language import locale_language
from voicecoach.cli.words import LANGUAGE
from voicecoach.coach.coach import Coach
from voicecoach.coach.recorder import Recorder, recorder
from voicecoach.coach.takes import Take
from voicecoach.control.answers import ENTER, LEAVE, Answers, answers
from voicecoach.errors import DeviceError
from voicecoach.model import Language

_KEYS = "Enter starts a line, and ends it · r the last one again · k keeps it as it is · s skips · b back · q leaves"


@click.command("record")
@click.argument("name")
@click.option("--lang", type=LANGUAGE, help="The language of the lines.")
@click.option("--routine", "routines", multiple=True, metavar="ROUTINE", help="Only its lines; or of several.")
@click.option("--device", metavar="NAME", help="The microphone, by its name or a part of it.")
@click.option("--no-playback", is_flag=True, help="Do not play each line back.")
@click.option("--mic", type=click.Path(path_type=Path), metavar="FILE", hidden=True, help="A WAV file that speaks.")
def command(
    name: str,
    lang: Language | None,
    routines: tuple[str, ...],
    device: str | None,
    no_playback: bool,
    mic: Path | None,
) -> None:
    """Record a voice of your own, line by line, with the microphone.

    NAME is who speaks: voicecoach play ROUTINE --voice recordings:NAME. A line is shown, you press Enter and say it;
    a pause or Enter ends it. It is cut, measured and played back. What is said most often comes first; leave when you
    like, and go on another day. Keys: Enter, r the last one again, k keeps it as it is, s skips, b back, q leaves.
    Without a terminal they are lines of the standard input.
    """
    terminal = bool(sys.stdin and sys.stdin.isatty())
    with (
        Coach() as coach,
        recorder(name, routines, lang, locale_language(), coach, device, mic) as made,
        answers(terminal=terminal) as given,
    ):
        _Session(made, given, playback=not no_playback).run()


class _Session:
    """From one line to the next."""

    def __init__(self, made: Recorder, given: Answers, *, playback: bool) -> None:
        self._made, self._given, self._playback = made, given, playback
        self._at: int | None = 0
        """Which line is next."""
        self._last: int | None = None
        """Which one was said last."""
        self._doubtful: Take | None = None
        """The take that was not good enough, and can be kept all the same."""

    def run(self) -> None:
        self._introduce()
        self._at = self._missing(0)
        while self._at is not None:
            self._show(self._at)
            answer = self._given.next()
            if answer == LEAVE or not self._answered(answer, self._at):
                break
        self._sum_up()

    def _answered(self, answer: str, at: int) -> bool:
        """Does what it says; whether there is more to come."""
        if answer == ENTER:
            return self._say(at)
        if answer == "r":
            return self._say(at if self._last is None else self._last)
        if answer == "k" and self._doubtful and self._last is not None:
            self._keep(self._last, self._doubtful)
        elif answer == "s":
            self._go_on(at)
        elif answer == "b":
            self._at, self._doubtful = max(at - 1, 0), None
        else:
            console.say(_KEYS)
        return True

    def _say(self, at: int) -> bool:
        """Records the line; whether there is more to hear."""
        line = self._made.lines[at]
        self._at, self._last, self._doubtful = at, at, None
        console.say("  recording …")
        self._given.begin()
        take = self._made.take(line, self._given.ends)
        if self._given.is_waiting:
            return True
        if take is None:
            console.note("The microphone has come to its end.")
            return False
        for fault in take.faults:
            console.say(f"  {fault}")
        if not take.faults:
            self._keep(at, take)
        elif len(take.samples):
            self._doubtful = take
            console.say("  Not kept. Enter says it again, k keeps it as it is.")
        return True

    def _keep(self, at: int, take: Take) -> None:
        line = self._made.lines[at]
        file = self._made.keep(line, take)
        console.say(f"  kept, {take.length_ms / 1000:.1f} s: {file.name}")
        self._go_on(at)
        if self._playback:
            self._play_back(at)

    def _play_back(self, at: int) -> None:
        timeline, sounds = self._made.as_heard(self._made.lines[at])
        with sounds:
            try:
                hear(timeline, sounds, "default")
            except DeviceError as error:
                self._playback = False
                console.note(f"It is not played back: {error.message}.")

    def _go_on(self, at: int) -> None:
        self._at, self._doubtful = self._missing(at + 1), None

    def _missing(self, start: int) -> int | None:
        """The first line from there on that is not recorded."""
        lines = self._made.lines
        return next((at for at in range(start, len(lines)) if not self._made.voice.has(lines[at].text)), None)

    def _introduce(self) -> None:
        voice = self._made.voice
        console.say(f"{voice.id}, {self._made.language}, in {voice.folder}: {self._so_far()}")
        console.say(_KEYS)

    def _show(self, at: int) -> None:
        line = self._made.lines[at]
        limit = f"  (a count: over in {line.max_ms / 1000:.1f} s)" if line.max_ms else ""
        console.say(f"{at + 1} of {len(self._made.lines)}: “{line.text}”{limit}")

    def _sum_up(self) -> None:
        console.say(f"Recorded: {self._so_far()}")
        voice, filler = self._made.voice, self._made.voice.fill_from
        rest = f" The rest is said by {filler}." if filler and self._made.done < len(self._made.lines) else ""
        if self._made.done:
            console.say(f"Let it lead: voicecoach play ROUTINE --voice {voice.id}.{rest}")

    def _so_far(self) -> str:
        made = self._made
        return f"{made.done} of {len(made.lines)} lines, {made.share:.0%} of what is said"
