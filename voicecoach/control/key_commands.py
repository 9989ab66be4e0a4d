"""What keys mean: one step at a time, and never past a step that waits without being asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.playback.commands import Command, Word

if TYPE_CHECKING:
    from voicecoach.control.keyboard import Press

COMMANDS: dict[str, Word] = {
    **dict.fromkeys((" ",), "toggle"),
    **dict.fromkeys(("n", "N", "right", "down", "page-down"), "next"),
    **dict.fromkeys(("b", "B", "left", "up", "page-up"), "back"),
    **dict.fromkeys(("q", "Q", "escape"), "stop"),
}
"""By key: the command. Another key means nothing."""

SLOW_S = 1.0
"""A key that is held moves once in so long: time to hear where one is."""
ARRIVED_S = 0.7
"""So long after a key has led to a step that waits, `next` does not go on: a key that is held begins to repeat."""


class Hand:
    """Tells what a person wants who presses a key, or holds it."""

    def __init__(self) -> None:
        self._moved_s = -SLOW_S

    def command(self, press: Press, now_s: float, *, waiting: bool) -> Command | None:
        """What the key says, now and where one is: `waiting` at the end of a step. `None`: nothing."""
        word = COMMANDS.get(press.key)
        if word is None or not self._meant(word, press, now_s, waiting=waiting):
            return None
        if word in ("next", "back"):
            self._moved_s = now_s
        return Command(word=word)

    def _meant(self, word: Word, press: Press, now_s: float, *, waiting: bool) -> bool:
        """Not only because a key is still held."""
        since_s = now_s - self._moved_s
        if word == "next" and waiting:
            return not press.repeated and since_s >= ARRIVED_S
        if word in ("next", "back"):
            return not press.repeated or since_s >= SLOW_S
        return not press.repeated
