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
from voicecoach.cli.hand import ENDS, Hand
from voicecoach.cli.options import bed_options, routine_options
from voicecoach.cli.progress import progress
from voicecoach.cli.screen import Screen, screen
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import DEVICE_KINDS, Options
from voicecoach.coach.progress import Progress
from voicecoach.control.keys import STOP, Keys, keys

if TYPE_CHECKING:
    from voicecoach.playback.player import Player

LOOK_EVERY_S = 0.1


@click.command("play")
@click.argument("routine")
@click.option("--device", type=click.Choice(DEVICE_KINDS), default="default", show_default=True, help="Where to.")
@routine_options
@bed_options
def command(routine: str, device: str, options: Options) -> None:
    """Speak a routine here.

    Keys: space pauses and goes on, n (→, PageDown) goes to the next step, b (←, PageUp) back, q or Esc ends; so does
    Ctrl-C. ? shows them. The device “null” plays in real time without a sound card.
    """
    _on_signals(_end)
    with ExitStack() as stack:
        coach = stack.enter_context(Coach())
        with progress(Progress("reading")):
            performance = coach.read(routine, options)
        console.problems(performance.warnings, err=True)
        with progress() as report:
            player = stack.enter_context(performance.play(device, progress=report))
        console.note(f"Voice: {performance.introduction}")
        console.cache_problem(coach)
        with keys() as pressed:
            player.play()
            _follow(player, pressed)
        if player.error:
            raise player.error


def _end(number: int, frame: types.FrameType | None) -> None:
    """Ctrl-C, or a closed window: all is closed, and the terminal has its echo again. Once: a second signal while the
    device is being closed would leave it open, and Python would wait for its thread for ever."""
    _on_signals(signal.SIG_IGN)
    raise KeyboardInterrupt


def _on_signals(handler: Callable[[int, types.FrameType | None], None] | signal.Handlers) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), handler)


def _follow(player: Player, pressed: Keys) -> None:
    """Shows where the player is and does what the keys say, until it is over."""
    shown, hand = screen(), Hand(player)
    try:
        while not player.wait(0):
            if pressed.in_front():
                shown.show(player)
            unknown = False
            for press in pressed.wait(LOOK_EVERY_S):
                if press.key in ENDS:
                    return
                if press.key == STOP:
                    _stop(player, pressed, shown)
                elif not hand.does(press, time.monotonic()):
                    unknown = unknown or not press.repeated
            if unknown:
                shown.help()
    finally:
        shown.leave()


def _stop(player: Player, pressed: Keys, shown: Screen) -> None:
    """Ctrl-Z: silence until the shell lets the program go on, then on from the sentence that was cut."""
    was_playing = player.state == "playing"
    player.suspend()
    shown.leave()
    pressed.stop()
    if was_playing:
        player.resume()
