"""A programme that is whole, heard here to its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.coach.sounds import Sounds
    from voicecoach.model import Timeline


def hear(timeline: Timeline, sounds: Sounds, device: str, begins: Callable[[int], None] = lambda step: None) -> None:
    """Plays it; `begins` is told of each step as it begins. Raises what the device raises."""
    from voicecoach.coach.playing import opened_whole  # loads numpy

    with opened_whole(timeline, sounds, device) as player:
        heard, over = player.listen(), False
        player.play()
        while not over:
            over = player.wait(0.1)
            for event in heard.pending():
                if event.kind == "step" and event.step is not None:
                    begins(event.step)
        if player.error:
            raise player.error
