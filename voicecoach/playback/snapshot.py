"""What a screen shows of a player at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from voicecoach.model import Side

State: TypeAlias = Literal["stopped", "starting", "playing", "paused", "waiting", "ended", "failed"]
"""`stopped`, before the start and after a stop; `starting`, until the first frame is taken; `waiting`, in
a step that waits for the person; `ended`, after the last frame; `failed`, see `Player.error`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything about one moment, and all of it about the same one."""

    state: State
    position_ms: int
    """Of the programme: what the device has taken, which is heard a moment later."""
    duration_ms: int | None
    """Of the whole; `None` as long as only its beginning is known."""
    step: int | None
    """The index of the step; where one waits, of the one that waits. `None` if there are no steps."""
    title: str = ""
    """What the step is called."""
    side: Side | None = None
    round: int = 1
    waits: bool = False
    """The step waits for the person: nobody knows how long it takes."""
    get_ready_ms: int | None = None
    """Until the timed part begins; `None` once it has begun."""
    left_ms: int = 0
    """Of the timed part (all of it before it begins), or of the step if nothing in it is timed."""
    saying: str = ""
    """What is being said."""
    next_title: str = ""
    """What the next step is called; empty in the last that is known."""
    late_ms: int = 0
    """The silence so far that was played because nothing was ready."""
