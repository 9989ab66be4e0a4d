"""What the keys do: one step at a time, and never past a step that waits without being asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.control.keys import Press
    from voicecoach.playback.player import Player

ENDS = frozenset({"q", "Q", "escape"})
TOGGLES = frozenset({" "})
NEXT = frozenset({"n", "N", "right", "down", "page-down"})
BACK = frozenset({"b", "B", "left", "up", "page-up"})

SLOW_S = 1.0
"""A key that is held moves once in so long: time to hear where one is."""
ARRIVED_S = 0.7
"""So long after a key has led to a step that waits, `next` does not go on: a key that is held begins to repeat."""


class Hand:
    def __init__(self, player: Player) -> None:
        self._player = player
        self._moved_s = -SLOW_S

    def does(self, press: Press, now_s: float) -> bool:
        """Does what the key says; `False` if it says nothing."""
        if press.key in TOGGLES:
            if not press.repeated:
                self._toggle()
        elif press.key in NEXT | BACK:
            if self._may_move(press, now_s):
                self._player.next_step() if press.key in NEXT else self._player.back()
                self._moved_s = now_s
        else:
            return False
        return True

    def _toggle(self) -> None:
        self._player.resume() if self._player.state == "paused" else self._player.pause()

    def _may_move(self, press: Press, now_s: float) -> bool:
        since_s = now_s - self._moved_s
        if press.key in NEXT and self._player.waiting:
            return not press.repeated and since_s >= ARRIVED_S
        return not press.repeated or since_s >= SLOW_S
