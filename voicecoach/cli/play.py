"""`voicecoach play`"""

from __future__ import annotations

import shutil
import signal
import sys
import types
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from voicecoach import pipeline, playing
from voicecoach.cli import console
from voicecoach.cli.keys import Keys, keys
from voicecoach.cli.options import bed_options, routine_options
from voicecoach.model import Timeline, TimelineStep
from voicecoach.pipeline import DEVICE_KINDS, Options
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.output.player import Player

LOOK_EVERY_S = 0.1
HELP = "space pauses · n next · b back · q ends"


@click.command("play")
@click.argument("routine")
@click.option("--device", type=click.Choice(DEVICE_KINDS), default="default", show_default=True, help="Where to.")
@routine_options
@bed_options
def command(routine: str, device: str, options: Options) -> None:
    """Speak a routine here.

    Keys: space pauses and goes on, n goes to the next step, b back, q ends; so does Ctrl-C. The device “null” plays
    in real time without a sound card.
    """
    from voicecoach.voicing import introduced

    _on_signals(_end)
    with ExitStack() as stack:
        sounds = stack.enter_context(pipeline.Sounds())
        pipeline.start_early(options, sounds)
        loaded, problems = pipeline.load(routine, options)
        console.problems(problems, err=True)
        player = stack.enter_context(playing.player(loaded, options, sounds, device))
        console.note(f"Voice: {introduced(player.timeline.voice, sounds)}")
        console.cache_problem(sounds)
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
    display = _Line() if sys.stdout.isatty() else _Log()
    try:
        while not player.wait(LOOK_EVERY_S):
            while (key := pressed.pressed()) is not None:
                if key in ("q", "Q", "\x1b"):
                    return
                _do(player, key)
            display.show(player)
    finally:
        display.leave()


def _do(player: Player, key: str) -> None:
    if key == " ":
        player.resume() if player.state == "paused" else player.pause()
    elif key in ("n", "N"):
        player.next_step()
    elif key in ("b", "B"):
        player.back()


class _Line:
    """One line on the terminal, written over and over."""

    def __init__(self) -> None:
        click.echo(HELP)

    def show(self, player: Player) -> None:
        width = shutil.get_terminal_size().columns - 1
        click.echo("\r" + status(player)[:width].ljust(width), nl=False)

    def leave(self) -> None:
        click.echo()


class _Log:
    """A line a step, for a pipe."""

    def __init__(self) -> None:
        self.last = -1

    def show(self, player: Player) -> None:
        step = player.step
        if step is not None and step.index != self.last:
            console.say(f"{clock(step.start_ms)} {step.title}")
            self.last = step.index

    def leave(self) -> None:
        return


def status(player: Player) -> str:
    """“▶ Plank · 0:12 left · next: Glute bridge · 3:05 of 9:41”."""
    step, timeline = player.step, player.timeline
    if step is None:
        return ""
    paused = player.state == "paused"
    sign = "❚❚" if paused else "▶"
    left_ms = max(0, step.end_ms - player.position_ms)
    parts = [f"{sign} {step.title}", f"{clock(left_ms)} left"]
    if paused and step.stop and left_ms == 0:
        parts = [f"{sign} {step.title}", "press space when you are ready"]
    if following := _next(timeline, step):
        parts.append(f"next: {following.title}")
    whole = timeline.steps[-1].kind == "outro"  # at first only the introduction is known
    parts.append(clock(player.position_ms) + (f" of {clock(timeline.duration_ms)}" if whole else ""))
    return " · ".join(parts)


def _next(timeline: Timeline, step: TimelineStep) -> TimelineStep | None:
    return timeline.steps[step.index + 1] if step.index + 1 < len(timeline.steps) else None
