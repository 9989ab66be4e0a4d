"""Promises of time between cues: the length of holds, left against right, and counts on their seconds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from voicecoach.verify.cues import COUNTS
from voicecoach.verify.report import Offender, Promise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.model import Timeline, TimelineStep
    from voicecoach.verify.cues import HeardCue

HOLD_MS = 1.0
SIDES_MS = 1.0
COUNT_MS = 20.0


def time_promises(timeline: Timeline, cues: Sequence[HeardCue]) -> list[Promise]:
    holds = list(_holds(timeline, cues))
    return [_lengths(holds), _sides(holds), _counts(timeline, cues)]


# --- holds ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hold:
    step: TimelineStep
    heard_ms: float | None
    """From start tone to end tone; `None` if one of them is not heard."""

    @property
    def planned_ms(self) -> int:
        return self.step.work_end_ms - self.step.work_start_ms

    @property
    def error_ms(self) -> float:
        return float("inf") if self.heard_ms is None else self.heard_ms - self.planned_ms


def _holds(timeline: Timeline, cues: Sequence[HeardCue]) -> Iterator[_Hold]:
    """Every step that has a start and an end tone in the plan."""
    ends = {(cue.clip.step_index, cue.clip.role): cue for cue in cues if cue.clip.role in ("begin", "end")}
    for step in timeline.steps:
        begin, end = ends.get((step.index, "begin")), ends.get((step.index, "end"))
        if begin and end:
            heard = begin.found and end.found
            yield _Hold(step=step, heard_ms=_heard_at(end) - _heard_at(begin) if heard else None)
        elif step.kind == "exercise":  # an exercise without a start or an end breaks the plan's own word
            yield _Hold(step=step, heard_ms=None)


def _heard_at(cue: HeardCue) -> float:
    return cue.clip.onset_ms + cue.offset_ms


def _lengths(holds: Sequence[_Hold]) -> Promise:
    heard = [hold for hold in holds if hold.heard_ms is not None]
    worst = max((hold.error_ms for hold in heard), key=abs, default=0.0)
    wrong = sorted((hold for hold in holds if abs(hold.error_ms) > HOLD_MS), key=lambda hold: -abs(hold.error_ms))
    return Promise(
        id="hold-lengths",
        kept=not wrong,
        says=f"{len(heard)} of {len(holds)} heard from start to end tone, worst {worst:+.3f} ms",
        figures={"holds": len(holds), "worst_ms": worst, "wrong": len(wrong), "unheard": len(holds) - len(heard)},
        offenders=tuple(
            Offender(at_ms=hold.step.work_start_ms, text=hold.step.title, says=_length_says(hold)) for hold in wrong
        ),
    )


def _length_says(hold: _Hold) -> str:
    if hold.heard_ms is None:
        return "its start or its end is not heard"
    return f"{hold.heard_ms:.1f} ms, not {hold.planned_ms}"


def _sides(holds: Sequence[_Hold]) -> Promise:
    pairs = list(_pairs(holds))
    differences = [(left, right, _difference(left, right)) for left, right in pairs]
    measured = [difference for *_, difference in differences if difference != float("inf")]
    worst = max(measured, key=abs, default=0.0)
    wrong = sorted((pair for pair in differences if abs(pair[2]) > SIDES_MS), key=lambda pair: -abs(pair[2]))
    return Promise(
        id="equal-sides",
        kept=not wrong,
        says=f"{len(pairs)} pairs, worst difference {worst:+.3f} ms",
        figures={"pairs": len(pairs), "worst_ms": worst, "unequal": len(wrong)},
        offenders=tuple(
            Offender(
                at_ms=right.step.work_start_ms,
                text=right.step.title,
                says="one side is not heard whole" if difference == float("inf") else f"right {difference:+.1f} ms",
            )
            for _, right, difference in wrong
        ),
    )


def _pairs(holds: Sequence[_Hold]) -> Iterator[tuple[_Hold, _Hold]]:
    """Each right side with the left side of the same line and round that was not paired before."""
    waiting: dict[tuple[object, int, int | None], _Hold] = {}
    for hold in holds:
        key = (hold.step.location, hold.step.round, hold.step.set)
        if hold.step.side == "left":
            waiting[key] = hold
        elif hold.step.side == "right" and key in waiting:
            yield waiting.pop(key), hold


def _difference(left: _Hold, right: _Hold) -> float:
    """How much longer the right side is heard than the left, beside what is meant: `hold: {left: …, right: …}`."""
    if left.heard_ms is None or right.heard_ms is None:
        return float("inf")
    return (right.heard_ms - right.planned_ms) - (left.heard_ms - left.planned_ms)


# --- counts --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    cue: HeardCue
    heard_ms: float
    second_ms: int
    """Where the number belongs."""

    @property
    def error_ms(self) -> float:
        return self.heard_ms - self.second_ms


def _counts(timeline: Timeline, cues: Sequence[HeardCue]) -> Promise:
    counts = list(_count_cues(timeline, cues))
    errors = [abs(count.error_ms) for count in counts]
    intervals = [
        (later, later.error_ms - earlier.error_ms)
        for earlier, later in pairwise(counts)
        if earlier.cue.clip.step_index == later.cue.clip.step_index
    ]
    mean = sum(errors) / max(len(errors), 1)
    worst = max((count.error_ms for count in counts), key=abs, default=0.0)
    worst_interval = max((error for _, error in intervals), key=abs, default=0.0)
    planned = sum(cue.clip.role in COUNTS for cue in cues)
    off = [(abs(c.error_ms), _off(c.cue, f"{c.error_ms:+.1f} ms from its second")) for c in counts]
    off += [(abs(error), _off(count.cue, f"{error:+.1f} ms from the count before it")) for count, error in intervals]
    wrong = sorted((pair for pair in off if pair[0] > COUNT_MS), key=lambda pair: -pair[0])
    return Promise(
        id="counts-on-the-second",
        kept=not wrong and len(counts) == planned,
        says=f"{len(counts)} of {planned} heard, mean {mean:.2f} ms, worst {worst:+.2f} ms; "
        f"intervals worst {worst_interval:+.2f} ms",
        figures={
            "counts": planned,
            "heard": len(counts),
            "mean_ms": mean,
            "worst_ms": worst,
            "worst_interval_ms": worst_interval,
        },
        offenders=tuple(offender for _, offender in wrong),
    )


def _count_cues(timeline: Timeline, cues: Sequence[HeardCue]) -> Iterator[_Count]:
    """The counts that are heard. Those of a whole hold belong on full seconds before its end, whatever the plan says;
    those of repetitions, whose holds may begin anywhere, where the plan has them."""
    repeated = {cue.clip.step_index for cue in cues if cue.clip.role == "rep"}
    steps = {step.index: step for step in timeline.steps}
    for cue in cues:
        if cue.perceived_ms is None:
            continue
        end_ms, planned_ms = steps[cue.clip.step_index].work_end_ms, cue.clip.onset_ms
        second_ms = end_ms - round((end_ms - planned_ms) / 1000) * 1000
        if cue.clip.step_index in repeated:
            second_ms = planned_ms
        yield _Count(cue=cue, heard_ms=cue.perceived_ms, second_ms=second_ms)


def _off(cue: HeardCue, says: str) -> Offender:
    return Offender(at_ms=cue.clip.onset_ms, text=cue.text, says=says)
