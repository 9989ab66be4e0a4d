"""Makes room before the first word, for a sound that wakes a sleeping loudspeaker."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.compiler.clips import shifted
from voicecoach.model import Clip, SoundLength, Timeline, TimelineStep, Tone

WAKE = Tone(name="wake")


def with_lead(timeline: Timeline, lead_ms: int, length: SoundLength) -> Timeline:
    """`timeline` with `lead_ms` more in its first step, which begins with the waking tone of `length`."""
    if not lead_ms or not timeline.steps:
        return timeline
    first = timeline.steps[0]
    wake = Clip(
        sound=WAKE,
        role="wake",
        step_index=first.index,
        start_ms=0,
        duration_ms=length.duration_ms,
        onset_ms=length.onset_ms,
        location=first.location,
    )
    steps = [_later_step(step, lead_ms) for step in timeline.steps]
    steps[0] = replace(steps[0], start_ms=0)
    if first.work_start_ms == 0:  # in an introduction nothing is timed: the whole step is its timed part
        steps[0] = replace(steps[0], work_start_ms=0)
    return replace(
        timeline,
        duration_ms=timeline.duration_ms + lead_ms,
        steps=tuple(steps),
        clips=(wake, *(shifted(clip, lead_ms) for clip in timeline.clips)),
    )


def _later_step(step: TimelineStep, by_ms: int) -> TimelineStep:
    pause_ms = (step.pause_ms[0] + by_ms, step.pause_ms[1] + by_ms) if step.pause_ms else None
    return replace(
        step,
        start_ms=step.start_ms + by_ms,
        end_ms=step.end_ms + by_ms,
        work_start_ms=step.work_start_ms + by_ms,
        work_end_ms=step.work_end_ms + by_ms,
        pause_ms=pause_ms,
    )
