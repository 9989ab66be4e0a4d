"""The promise of rests: from the end of a timed part to the start of the next one, as long as they are planned."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from voicecoach.verify.report import Offender, Promise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.model import Timeline, TimelineStep
    from voicecoach.verify.cues import HeardCue

REST_MS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    after: TimelineStep
    """The timed part that it follows."""
    planned_ms: int
    heard_ms: float | None
    """From end tone to start tone; `None` if one of them is not heard."""

    @property
    def error_ms(self) -> float:
        return float("inf") if self.heard_ms is None else self.heard_ms - self.planned_ms


def rest_promise(timeline: Timeline, cues: Sequence[HeardCue]) -> Promise:
    rests = list(_rests(timeline, cues))
    heard = [rest for rest in rests if rest.heard_ms is not None]
    worst = max((rest.error_ms for rest in heard), key=abs, default=0.0)
    wrong = sorted((rest for rest in rests if abs(rest.error_ms) > REST_MS), key=lambda rest: -abs(rest.error_ms))
    return Promise(
        id="rests",
        kept=not wrong,
        says=f"{len(heard)} of {len(rests)} heard from end to start tone, worst {worst:+.3f} ms",
        figures={"rests": len(rests), "worst_ms": worst, "wrong": len(wrong), "unheard": len(rests) - len(heard)},
        offenders=tuple(
            Offender(at_ms=rest.after.work_end_ms, text=f"after {rest.after.title}", says=_says(rest))
            for rest in wrong
        ),
    )


def _rests(timeline: Timeline, cues: Sequence[HeardCue]) -> Iterator[_Rest]:
    """What lies between two timed parts with a rest between them, or a change of sides."""
    tones = {(cue.clip.step_index, cue.clip.role): cue for cue in cues if cue.clip.role in ("begin", "end")}
    for before, after in pairwise(step for step in timeline.steps if step.planned.is_timed):
        end, begin = tones.get((before.index, "end")), tones.get((after.index, "begin"))
        between = timeline.steps[before.index : after.index]
        told_between = any(step.planned.is_talk and step.planned.opening != "rest" for step in between)
        if end is None or begin is None or told_between or after.planned.opening == "get-ready":
            continue
        heard_ms = _heard_at(begin) - _heard_at(end) if begin.found and end.found else None
        yield _Rest(after=before, planned_ms=after.work_start_ms - before.work_end_ms, heard_ms=heard_ms)


def _heard_at(cue: HeardCue) -> float:
    return cue.clip.onset_ms + cue.offset_ms


def _says(rest: _Rest) -> str:
    if rest.heard_ms is None:
        return "its end or its start is not heard"
    return f"{rest.heard_ms:.1f} ms, not {rest.planned_ms}"
