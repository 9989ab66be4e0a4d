"""What a routine says at moments of a timed part: each sentence at its moment, or a little beside it."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.compiler.draft import Draft
from voicecoach.compiler.performed import Performed
from voicecoach.model import ExerciseStep, RestStep, SayStep, ThermalStep, TimedText

NEAR_MS = 3000
"""What finds no room at its moment is heard at most so much earlier or later."""


def plan_moments(draft: Draft, item: Performed) -> None:
    """A sentence past a length that was chosen is planned too, and told as one that has no room."""
    planned = draft.steps[-1]
    length_ms = planned.settle_ms if planned.is_talk else planned.work_ms
    for at_ms, moment in moments_of(item):
        early_ms = NEAR_MS if at_ms <= length_ms else 0
        draft.work(
            "at",
            (draft.text(moment.text),),
            at_ms,
            window_ms=(max(0, at_ms - early_ms), at_ms + NEAR_MS),
            at=moment.text.location,
        )


def moments_of(item: Performed) -> Iterator[tuple[int, TimedText]]:
    """With their times after the start. Rests that became one keep theirs."""
    before_ms = 0
    for part in item.parts or (item,):
        if isinstance(part.step, (ExerciseStep, RestStep, SayStep, ThermalStep)):
            for moment in part.step.at:
                yield before_ms + moment.at_ms, moment
        before_ms += part.length_ms
