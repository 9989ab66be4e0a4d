"""What `play` shows: one line on a terminal that is written over and over, or a line a step for a pipe."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Protocol

import click

from voicecoach.cli.console import columns
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.model import Timeline, TimelineStep
    from voicecoach.output.player import Player

SHORT_HELP = ("space pauses", "n next", "b back", "q ends", "? all keys")
HELP = """\
  space             pause, go on
  n  → ↓  PageDown  next step
  b  ← ↑  PageUp    back
  q  Esc  Ctrl-C    end
  ?  h              these keys"""

_CLEAR = "\x1b[J"
"""From here to the end of the screen: of a line that a narrower window has broken, the rest too."""


class Screen(Protocol):
    def show(self, player: Player) -> None:
        """Show where the player is."""

    def help(self) -> None:
        """Show all keys."""

    def leave(self) -> None:
        """Let something else be printed after it."""


def screen() -> Screen:
    return Line() if sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb" else Log()


class Line:
    """The cursor rests at the line's beginning, so it is still there when the window breaks the line in two."""

    def __init__(self) -> None:
        self._shown: tuple[str, int] = ("", 0)
        click.echo(fitting(_shorter(SHORT_HELP), _width()))

    def show(self, player: Player) -> None:
        width = _width()
        if (shown := (status(player, width), width)) != self._shown:
            click.echo(f"\r{shown[0]}{_CLEAR}\r", nl=False)
            self._shown = shown

    def help(self) -> None:
        click.echo(f"\r{_CLEAR}{HELP}")
        self._shown = ("", 0)

    def leave(self) -> None:
        if self._shown[0]:
            click.echo(f"\r{self._shown[0]}{_CLEAR}")
        self._shown = ("", 0)


class Log:
    """A line a step, for a pipe."""

    def __init__(self) -> None:
        self._last = -1

    def show(self, player: Player) -> None:
        step = player.step
        if step is not None and step.index != self._last:
            click.echo(f"{clock(step.start_ms)} {step.title}")
            sys.stdout.flush()
            self._last = step.index

    def help(self) -> None:
        click.echo(HELP, err=True)

    def leave(self) -> None:
        return


def status(player: Player, width: int) -> str:
    """“▶ Plank · 0:12 left · next: Glute bridge · 3:05 of 9:41” in `width` columns: what matters least is left out
    first, the time of the step never."""
    step, timeline = player.step, player.timeline
    if step is None:
        return ""
    sign = "❚❚" if player.state == "paused" else "▶"
    now = _now(player, step)
    following = _next(timeline, step)
    coming = f"next: {following.title}" if following else ""
    at, whole = clock(player.position_ms), clock(timeline.duration_ms)
    if timeline.steps[-1].kind != "outro":  # at first only the introduction is known
        whole = ""
    title = f"{sign} {step.title}"
    forms = [
        _joined(title, now, coming, f"{at} of {whole}" if whole else at),
        _joined(title, now, coming, at),
        _joined(title, now, coming),
        _joined(title, now),
    ]
    room = width - columns(_joined(sign + " …", now))
    if room > 0:
        forms.append(_joined(f"{sign} {_cut(step.title, room)}…", now))
    return fitting([*forms, f"{sign} {now}", now], width)


def _now(player: Player, step: TimelineStep) -> str:
    """The time that the timed part has left, or the time until it begins."""
    if player.waiting:
        return "press space when you are ready"
    at_ms = player.position_ms
    if at_ms < step.work_start_ms:
        return f"get ready {_left(step.work_start_ms - at_ms)}"
    timed = step.work_end_ms > step.work_start_ms
    return f"{_left((step.work_end_ms if timed else step.end_ms) - at_ms)} left"


def _left(ms: int) -> str:
    """“0:05” from the moment on at which “five” is heard."""
    return clock(-(-max(ms, 0) // 1000) * 1000)


def _next(timeline: Timeline, step: TimelineStep) -> TimelineStep | None:
    return timeline.steps[step.index + 1] if step.index + 1 < len(timeline.steps) else None


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _shorter(parts: tuple[str, ...]) -> list[str]:
    """All of the parts, then without the last but one, and so on: the last says where the others are told."""
    return [_joined(*parts[:count], parts[-1]) for count in range(len(parts) - 1, -1, -1)]


def fitting(forms: list[str], width: int) -> str:
    """The first form that fits; else the last, cut."""
    return next((form for form in forms if columns(form) <= width), _cut(forms[-1], width))


def _cut(text: str, width: int) -> str:
    while columns(text) > width:
        text = text[:-1]
    return text.rstrip()


def _width() -> int:
    """Of the window as it is now, less the column in which some terminals begin a new line."""
    try:
        size = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        size = 0
    return (size or shutil.get_terminal_size().columns) - 1
