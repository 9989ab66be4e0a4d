"""`voicecoach play`"""

from __future__ import annotations

import signal
import time
import types
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from voicecoach.cli import console
from voicecoach.cli.event_file import STDOUT, EventFile
from voicecoach.cli.natural_voice import tell_of_a_natural_voice
from voicecoach.cli.options import bed_options, routine_options
from voicecoach.cli.progress import progress
from voicecoach.cli.screen import Screen, screen
from voicecoach.cli.stopping import ended_by
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import DEVICE_KINDS, Options
from voicecoach.coach.progress import Progress
from voicecoach.control.key_commands import COMMANDS, Hand
from voicecoach.control.keyboard import STOP, Keys, keys
from voicecoach.control.lines import send_lines

if TYPE_CHECKING:
    from voicecoach import Event, Player

LOOK_EVERY_S = 0.1


@click.command("play")
@click.argument("routine")
@click.option("--device", type=click.Choice(DEVICE_KINDS), default="default", show_default=True, help="Where to.")
@click.option("--from", "first", type=click.IntRange(min=0), metavar="STEP", help="Begin there; the first is 0.")
@click.option(
    "--commands",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Do what its lines say (pause, resume, toggle, next, back, stop); “-” is standard input.",
)
@click.option("--events", metavar="FILE", help="Write what happens, a JSON object a line; “-” is standard output.")
@click.option("--plain", is_flag=True, help="Show what happens, a line each, and nothing else.")
@routine_options
@bed_options
def command(
    routine: str,
    device: str,
    first: int | None,
    commands: str | None,
    events: str | None,
    plain: bool,
    options: Options,
) -> None:
    """Speak a routine here.

    Keys: space pauses and goes on, n (→, PageDown) goes to the next step, b (←, PageUp) back, q or Esc ends; so does
    Ctrl-C. ? shows them. The device “null” plays in real time without a sound card.
    """
    _on_signals(_end)
    with ExitStack() as stack:
        file = stack.enter_context(EventFile(events, commands)) if events else None
        coach = stack.enter_context(Coach())
        with progress(Progress("reading")):
            performance = coach.read(routine, options)
        console.problems(performance.warnings, err=True)
        with progress() as report:
            player = stack.enter_context(performance.player(device, progress=report))
            start_ms = player.start_of(first) if first else 0
        console.note(f"Voice: {performance.introduction}")
        console.cache_problem(coach)
        if not (events or plain):
            tell_of_a_natural_voice(coach, performance.language, options)
        if file:
            file.follow(player.listen())
        with keys(wanted=commands != "-") as pressed:
            player.play(start_ms)
            _follow(player, pressed, screen(plain=plain, err=events == STDOUT), commands, file)
        if player.error:
            raise player.error


def _end(number: int, frame: types.FrameType | None) -> None:
    """Ctrl-C, or a closed window: all is closed, and the terminal has its echo again. Once: a second signal while the
    device is being closed would leave it open, and Python would wait for its thread for ever."""
    _on_signals(signal.SIG_IGN)
    raise ended_by(number)


def _on_signals(handler: Callable[[int, types.FrameType | None], None] | signal.Handlers) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), handler)


def _follow(player: Player, pressed: Keys, shown: Screen, commands: str | None, file: EventFile | None) -> None:
    """Shows what happens and does what keys and lines say, until it is over."""
    hand, listener = Hand(), player.listen()
    try:
        while not player.wait(0):
            if pressed.in_front():
                shown.show(player.snapshot())
            commands = _tell(listener.pending(), shown, player, commands)
            if file and file.error:
                raise file.error
            if _press(pressed, hand, player, shown):
                shown.help()
        _tell(listener.pending(), shown, player, None)
    finally:
        shown.leave()


def _tell(happened: list[Event], shown: Screen, player: Player, commands: str | None) -> str | None:
    """Shows what happened. With the first of it the lines begin to be obeyed; returns what is still to be read."""
    for event in happened:
        shown.tell(event)
    if happened and commands:
        send_lines(commands, player.send)
        return None
    return commands


def _press(pressed: Keys, hand: Hand, player: Player, shown: Screen) -> bool:
    """Waits a moment for keys, and does what they say; whether one of them says nothing."""
    unknown = False
    for press in pressed.wait(LOOK_EVERY_S):
        waiting = player.snapshot().state == "waiting"
        if press.key == STOP:
            _stop(player, pressed, shown)
        elif press.key not in COMMANDS:
            unknown = unknown or not press.repeated
        elif (command := hand.command(press, time.monotonic(), waiting=waiting)) is not None:
            player.send(command)
    return unknown


def _stop(player: Player, pressed: Keys, shown: Screen) -> None:
    """Ctrl-Z: silence until the shell lets the program go on, then on from the sentence that was cut."""
    was_playing = player.snapshot().state in ("starting", "playing")
    player.suspend()
    shown.leave()
    pressed.stop()
    if was_playing:
        player.send("resume")
