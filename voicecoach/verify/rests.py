"""The promise of rests: from the end of a timed part to the start of the next one, as long as they are planned."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from voicecoach.verify.report import Offender, Promise
from voicecoach.verify.stretches import Stretch, heard_between_ms, lengths_promise, tones_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.model import Timeline
    from voicecoach.verify.cues import HeardCue


def rest_promise(timeline: Timeline, cues: Sequence[HeardCue]) -> Promise:
    return lengths_promise(
        "rests",
        "rests",
        list(_rests(timeline, cues)),
        ends=("end", "start"),
        offender=lambda step, says: Offender(at_ms=step.work_end_ms, text=f"after {step.title}", says=says),
    )


def _rests(timeline: Timeline, cues: Sequence[HeardCue]) -> Iterator[Stretch]:
    """What lies between two timed parts with a rest between them, or a change of sides."""
    tones = tones_of(cues)
    for before, after in pairwise(step for step in timeline.steps if step.planned.is_timed):
        end, begin = tones.get((before.index, "end")), tones.get((after.index, "begin"))
        between = timeline.steps[before.index : after.index]
        told_between = any(step.planned.is_talk and step.planned.opening != "rest" for step in between)
        if end is None or begin is None or told_between or after.planned.opening == "get-ready":
            continue
        planned_ms = after.work_start_ms - before.work_end_ms
        yield Stretch(step=before, planned_ms=planned_ms, heard_ms=heard_between_ms(end, begin))
