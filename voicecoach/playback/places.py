"""Where a player is in a timeline: all that is known from a timeline and a frame alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice

from voicecoach.model import Clip, Timeline, TimelineStep, Utterance
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames


def position_ms(frame: int) -> int:
    return frame * 1000 // SAMPLE_RATE_HZ


def step_index(timeline: Timeline, frame: int, *, waiting: bool = False) -> int:
    """Of the step at `frame`; 0 before the first. `waiting`: at the end of a step, that one."""
    bisect = bisect_left if waiting else bisect_right
    return max(bisect(timeline.steps, position_ms(frame), key=lambda step: step.start_ms) - 1, 0)


def step_at(timeline: Timeline, frame: int, *, waiting: bool = False) -> TimelineStep | None:
    """`None` if there are no steps."""
    return timeline.steps[step_index(timeline, frame, waiting=waiting)] if timeline.steps else None


def step_before(timeline: Timeline, step: TimelineStep) -> TimelineStep:
    """The last step that begins before this one: a heading in a rest begins with what follows it."""
    return timeline.steps[max(bisect_left(timeline.steps, step.start_ms, key=lambda one: one.start_ms) - 1, 0)]


def left_for_ms(timeline: Timeline, step: TimelineStep, frame: int) -> int:
    """Where one goes who has had enough of the step: to its end; in a rest first to where it tells what comes next,
    so that nobody has to begin unprepared."""
    told = (
        clip.start_ms
        for clip in timeline.clips
        if clip.step_index > step.index and clip.start_ms < step.end_ms and isinstance(clip.sound, Utterance)
    )
    announced_ms = next(told, step.end_ms)
    return announced_ms if step.planned.leads_on and frame < ms_to_frames(announced_ms) else step.end_ms


def next_stop(timeline: Timeline, frame: int, released: int) -> int | None:
    """The frame at which the next step waits for the person, but not `released`, from which they went on. One at the
    very end does not wait."""
    waits = (ms_to_frames(step.waits_at_ms) for step in timeline.steps if step.waits)
    last = ms_to_frames(timeline.duration_ms)
    return min((at for at in waits if frame <= at < last and at != released), default=None)


def sentence(timeline: Timeline, frame: int) -> Clip | None:
    """The sentence that has begun before `frame` and is not over, if there is one."""
    for clip in timeline.clips:
        if ms_to_frames(clip.start_ms) >= frame:
            return None
        if isinstance(clip.sound, Utterance) and ms_to_frames(clip.end_ms) > frame:
            return clip
    return None


def begun(timeline: Timeline, start: int, end: int) -> Iterator[TimelineStep | Clip]:
    """The step at `start`, and the steps and sentences that begin from there on and before `end`, in their order."""
    found: list[tuple[int, int, TimelineStep | Clip]] = []
    if timeline.steps:
        index = step_index(timeline, start)
        found.append((start, 0, timeline.steps[index]))
        for step in islice(timeline.steps, index + 1, None):
            if (at := ms_to_frames(step.start_ms)) >= end:
                break
            found.append((at, 0, step))
    first = bisect_left(timeline.clips, start, key=lambda clip: ms_to_frames(clip.start_ms))
    for clip in islice(timeline.clips, first, None):
        if (at := ms_to_frames(clip.start_ms)) >= end:
            break
        if isinstance(clip.sound, Utterance):
            found.append((at, 1, clip))
    return (begins for _, _, begins in sorted(found, key=lambda each: each[:2]))
