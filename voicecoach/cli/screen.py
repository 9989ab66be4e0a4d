"""What `play` shows: one line on a terminal that is written over and over, or a line a step for a pipe, or a line an
event for whoever asks for it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol, TextIO

from voicecoach.cli import console
from voicecoach.cli.width import columns, cut, fitting, rewrites, room
from voicecoach.plain_text import harmless
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach import Event, Snapshot

SHORT_HELP = ("space pauses", "n next", "b back", "q ends", "? all keys")
HELP = """\
  space             pause, go on
  n  → ↓  PageDown  next step
  b  ← ↑  PageUp    back
  q  Esc  Ctrl-C    end
  ?  h              these keys"""
COMMANDS = "Commands: pause, resume, toggle, next, back, stop."


class Screen(Protocol):
    def show(self, at: Snapshot) -> None:
        """Show where the player is."""

    def tell(self, event: Event) -> None:
        """Show what has happened."""

    def help(self) -> None:
        """Show all keys."""

    def leave(self) -> None:
        """Let something else be printed after it."""


def screen(*, plain: bool, err: bool) -> Screen:
    """`plain`: a line an event. `err`: on the error stream, as the standard output holds something else."""
    if plain:
        return Plain(err=err)
    return Line(err=err) if rewrites(_stream(err)) else Log(err=err)


class Line:
    """The cursor rests at the line's beginning, so it is still there when the window breaks the line in two."""

    def __init__(self, *, err: bool = False) -> None:
        self._err = err
        self._shown: tuple[str, int] = ("", 0)
        console.say(fitting(_shorter(SHORT_HELP), room(_stream(err))), err=err)

    def show(self, at: Snapshot) -> None:
        width = room(_stream(self._err))
        if (shown := (status(at, width), width)) != self._shown:
            console.over(shown[0], err=self._err)
            self._shown = shown

    def tell(self, event: Event) -> None:
        if event.accepted is False:
            self.leave()
            console.note(refused(event))

    def help(self) -> None:
        console.over("", err=self._err)
        console.say(HELP, err=self._err)
        self._shown = ("", 0)

    def leave(self) -> None:
        if self._shown[0]:
            console.over(self._shown[0], nl=True, err=self._err)
        self._shown = ("", 0)


class Log:
    """A line a step, for a pipe."""

    def __init__(self, *, err: bool = False) -> None:
        self._err = err

    def show(self, at: Snapshot) -> None:
        return

    def tell(self, event: Event) -> None:
        if event.kind == "step":
            console.say(f"{clock(event.position_ms or 0)} {event.text}", err=self._err)
        elif event.accepted is False:
            console.note(refused(event))

    def help(self) -> None:
        console.note(HELP)

    def leave(self) -> None:
        return


class Plain(Log):
    """A line an event: for a screen reader, or a pipe that wants to know all."""

    def tell(self, event: Event) -> None:
        at = "" if event.position_ms is None else f"{clock(event.position_ms)} "
        console.say(at + told(event), err=self._err)


def told(event: Event) -> str:
    """“step 3: Plank”, “paused”, “late by 120 ms”."""
    if event.accepted is False:
        return refused(event)
    if event.kind == "late":
        return f"late by {event.late_ms} ms"
    kind = f"step {event.step}" if event.kind == "step" else event.kind
    return f"{kind}: {event.text}" if event.text else kind


def refused(event: Event) -> str:
    if event.refusal == "unknown":
        return f"There is no command “{event.text}”. {COMMANDS}"
    return f"“{event.text}”: nothing is played yet."


def status(at: Snapshot, width: int) -> str:
    """“▶ Plank · 0:12 left · next: Glute bridge · 3:05 of 9:41” in `width` columns: what matters least is left out
    first, the time of the step never."""
    if at.step is None:
        return ""
    sign = "❚❚" if at.state in ("paused", "waiting") else "▶"
    now = _now(at)
    coming = f"next: {_named(at.next_title)}" if at.next_title else ""
    name, position = _named(at.title), clock(at.position_ms)
    title = f"{sign} {name}"
    forms = [
        _joined(title, now, coming, position if at.duration_ms is None else f"{position} of {clock(at.duration_ms)}"),
        _joined(title, now, coming, position),
        _joined(title, now, coming),
        _joined(title, now),
    ]
    if (left := width - columns(_joined(sign + " …", now))) > 0:
        forms.append(_joined(f"{sign} {cut(name, left)}…", now))
    return fitting([*forms, f"{sign} {now}", now], width)


def _now(at: Snapshot) -> str:
    """The time that the timed part has left, or the time until it begins."""
    if at.state == "waiting":
        return "press space when you are ready"
    if at.get_ready_ms is not None:
        return f"get ready {_left(at.get_ready_ms)}"
    return "in your own time" if at.waits else f"{_left(at.left_ms)} left"


def _named(title: str) -> str:
    return " ".join(harmless(title).split())


def _left(ms: int) -> str:
    """“0:05” from the moment on at which “five” is heard."""
    return clock(-(-ms // 1000) * 1000)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _shorter(parts: tuple[str, ...]) -> list[str]:
    """All of the parts, then without the last but one, and so on: the last says where the others are told."""
    return [_joined(*parts[:count], parts[-1]) for count in range(len(parts) - 1, -1, -1)]


def _stream(err: bool) -> TextIO:
    return sys.stderr if err else sys.stdout
