"""Promises of time between cues: the length of holds, left against right, and counts on their seconds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from voicecoach.verify.cues import COUNTS
from voicecoach.verify.report import Offender, Promise
from voicecoach.verify.stretches import Stretch, heard_between_ms, lengths_promise, tones_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.model import Timeline
    from voicecoach.verify.cues import HeardCue

SIDES_MS = 1.0
COUNT_MS = 20.0


def time_promises(timeline: Timeline, cues: Sequence[HeardCue]) -> list[Promise]:
    holds = list(_holds(timeline, cues))
    return [_lengths(holds), _sides(holds), _counts(timeline, cues)]


# --- holds ---------------------------------------------------------------------------------------------------


def _holds(timeline: Timeline, cues: Sequence[HeardCue]) -> Iterator[Stretch]:
    """Every step that has a start and an end tone in the plan."""
    tones = tones_of(cues)
    for step in timeline.steps:
        begin, end = tones.get((step.index, "begin")), tones.get((step.index, "end"))
        if (begin and end) or step.kind == "exercise":  # one without a start or an end breaks the plan's own word
            planned_ms = step.work_end_ms - step.work_start_ms
            yield Stretch(step=step, planned_ms=planned_ms, heard_ms=heard_between_ms(begin, end))


def _lengths(holds: Sequence[Stretch]) -> Promise:
    return lengths_promise(
        "hold-lengths",
        "holds",
        holds,
        ends=("start", "end"),
        offender=lambda step, says: Offender(at_ms=step.work_start_ms, text=step.title, says=says),
    )


def _sides(holds: Sequence[Stretch]) -> Promise:
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


def _pairs(holds: Sequence[Stretch]) -> Iterator[tuple[Stretch, Stretch]]:
    """Each right side with the left side of the same line and round that was not paired before."""
    waiting: dict[tuple[object, int, int | None], Stretch] = {}
    for hold in holds:
        key = (hold.step.location, hold.step.round, hold.step.set)
        if hold.step.side == "left":
            waiting[key] = hold
        elif hold.step.side == "right" and key in waiting:
            yield waiting.pop(key), hold


def _difference(left: Stretch, right: Stretch) -> float:
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
