"""What `play` shows: one line on a terminal that is written over and over, or a line a step for a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

from voicecoach.cli import console
from voicecoach.cli.width import columns, cut, fitting, rewrites, room
from voicecoach.plain_text import harmless
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.model import Timeline, TimelineStep
    from voicecoach.playback.player import Player

SHORT_HELP = ("space pauses", "n next", "b back", "q ends", "? all keys")
HELP = """\
  space             pause, go on
  n  → ↓  PageDown  next step
  b  ← ↑  PageUp    back
  q  Esc  Ctrl-C    end
  ?  h              these keys"""


class Screen(Protocol):
    def show(self, player: Player) -> None:
        """Show where the player is."""

    def help(self) -> None:
        """Show all keys."""

    def leave(self) -> None:
        """Let something else be printed after it."""


def screen() -> Screen:
    return Line() if rewrites(sys.stdout) else Log()


class Line:
    """The cursor rests at the line's beginning, so it is still there when the window breaks the line in two."""

    def __init__(self) -> None:
        self._shown: tuple[str, int] = ("", 0)
        console.say(fitting(_shorter(SHORT_HELP), room(sys.stdout)))

    def show(self, player: Player) -> None:
        width = room(sys.stdout)
        if (shown := (status(player, width), width)) != self._shown:
            console.over(shown[0])
            self._shown = shown

    def help(self) -> None:
        console.over("")
        console.say(HELP)
        self._shown = ("", 0)

    def leave(self) -> None:
        if self._shown[0]:
            console.over(self._shown[0], nl=True)
        self._shown = ("", 0)


class Log:
    """A line a step, for a pipe."""

    def __init__(self) -> None:
        self._last = -1

    def show(self, player: Player) -> None:
        step = player.step
        if step is not None and step.index != self._last:
            console.say(f"{clock(step.start_ms)} {step.title}")
            self._last = step.index

    def help(self) -> None:
        console.note(HELP)

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
    coming = f"next: {_named(following)}" if following else ""
    at, whole = clock(player.position_ms), clock(timeline.duration_ms)
    if timeline.steps[-1].kind != "outro":  # at first only the introduction is known
        whole = ""
    name = _named(step)
    title = f"{sign} {name}"
    forms = [
        _joined(title, now, coming, f"{at} of {whole}" if whole else at),
        _joined(title, now, coming, at),
        _joined(title, now, coming),
        _joined(title, now),
    ]
    if (left := width - columns(_joined(sign + " …", now))) > 0:
        forms.append(_joined(f"{sign} {cut(name, left)}…", now))
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


def _named(step: TimelineStep) -> str:
    return " ".join(harmless(step.title).split())


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
