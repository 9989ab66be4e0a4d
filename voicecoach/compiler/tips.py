"""Where tips are said: one at a time, where nothing else is, and each in its turn."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.compiler import breathing
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.performed import Performed
from voicecoach.model import ExerciseStep, SourceLocation

AT_ONCE_MS = 2000
"""After the start, where the person may be done at any moment."""

Tip = tuple[str, "SourceLocation | None"]

LONG_MS = 180_000
"""A set of this length has time for all tips."""
FIRST_MS, APART_MS, LAST_MS = 45_000, 90_000, 30_000
"""In a long set: when the first tip comes, how far apart they are at most, how long before the end the last is."""


def plan_tips(
    draft: Draft, item: Performed, step: ExerciseStep, later: Sequence[Tip], *, quiet_ms: int, words_left: int
) -> None:
    """Plans the tips of one side or round. `later`: sentences of the instruction that were too many before the start.
    `words_left`: how many words may still be new there, where a set of repetitions leaves a tip no room."""
    length_ms = draft.steps[-1].work_ms
    if step.waits:
        _at_once(draft, _of_this_turn(item, [*later, *_written(draft, step)], 0), length_ms)
        return
    led = breathing.led_in(step, length_ms)
    turn = _of_this_turn(item, [*later, *_written(draft, step)], length_ms)
    for (text, at), (offset_ms, earliest_ms, latest_ms) in zip(
        turn, _moments(length_ms, len(turn), quiet_ms), strict=True
    ):
        before = None
        if (led or (step.work in ("reps", "own") and not step.hold)) and len(text.split()) <= words_left:
            before = draft.cue("tip", text, anchor="lead", at=at)
            words_left -= len(text.split())
        end_by_ms = None
        if led:
            earliest_ms, end_by_ms = led.between(offset_ms, length_ms)
            offset_ms, latest_ms = earliest_ms, end_by_ms
        window_ms = (earliest_ms, latest_ms)
        draft.work("tip", (text,), offset_ms, window_ms=window_ms, end_by_ms=end_by_ms, otherwise=before, at=at)


def _at_once(draft: Draft, tips: Sequence[Tip], length_ms: int) -> None:
    """Right after the start: who may be done at any moment hears nothing later."""
    for index, (text, at) in enumerate(tips):
        wish_ms = AT_ONCE_MS + len(tips) - index  # what is wished for later is placed first: this is their order
        draft.work("tip", (text,), wish_ms, window_ms=(wish_ms, length_ms), at=at)


def _written(draft: Draft, step: ExerciseStep) -> list[Tip]:
    return [(draft.text(tip), tip.location) for tip in step.exercise.tips]


def _of_this_turn(item: Performed, tips: list[Tip], length_ms: int) -> list[Tip]:
    """All in a long set. Else the sides and rounds share them: each says its own, and each says one."""
    if length_ms >= LONG_MS or not tips:
        return tips
    if item.occurrence < len(tips):
        return tips[item.occurrence :: item.occurrences]
    return [tips[item.occurrence % len(tips)]]


def _moments(length_ms: int, count: int, quiet_ms: int) -> list[tuple[int, int, int]]:
    """For each tip its moment, and the earliest and the latest."""
    if not count:
        return []
    if length_ms >= LONG_MS:
        apart_ms = min(APART_MS, (length_ms - FIRST_MS - LAST_MS) // max(1, count - 1))
        reach_ms = min(apart_ms // 2 - 1, 20_000)
        moments = [FIRST_MS + index * apart_ms for index in range(count)]
        return [(moment, moment - reach_ms, moment + reach_ms) for moment in moments]
    part_ms = max(0, length_ms - quiet_ms) // count
    starts = [quiet_ms + index * part_ms for index in range(count)]
    return [(start + part_ms * 4 // 10, start, start + part_ms * 3 // 4) for start in starts]
