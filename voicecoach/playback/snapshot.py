"""What a screen shows of a player at one moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, TypeAlias

from voicecoach.model import Side, Timeline, TimelineStep, Utterance
from voicecoach.playback import places

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


def in_step(shown: Snapshot, step: TimelineStep, timeline: Timeline, frame: int) -> Snapshot:
    """The snapshot with all that is known of its step."""
    at_ms = shown.position_ms
    ready_in_ms = step.work_start_ms - at_ms
    timed = step.work_end_ms > step.work_start_ms
    end_ms = step.work_end_ms if timed else step.end_ms
    following = (one.title for one in islice(timeline.steps, step.index + 1, None) if one.end_ms > step.end_ms)
    saying = places.sentence(timeline, frame + 1)
    return replace(
        shown,
        title=step.title,
        side=step.side,
        round=step.round,
        waits=step.waits,
        get_ready_ms=ready_in_ms if ready_in_ms > 0 else None,
        left_ms=max(end_ms - max(at_ms, step.work_start_ms if timed else 0), 0),
        saying=saying.sound.text if saying and isinstance(saying.sound, Utterance) else "",
        next_title=next(following, ""),
    )
