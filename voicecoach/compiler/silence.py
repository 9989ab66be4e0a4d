"""Long silences get one line, so that nobody wonders whether the coach is still there."""

from __future__ import annotations

from itertools import pairwise

from voicecoach.compiler.draft import Draft
from voicecoach.language import spoken

LONGEST_MS = 90_000
MINUTE_MS = 60_000
APART_MS = 15_000
"""What is said to break a silence is at least this far from what is said around it."""
LATE_BY_MS = 3000


def fill(draft: Draft) -> None:
    """Says how long is left wherever nothing else is planned for longer than `LONGEST_MS` of the timed part."""
    length_ms = draft.steps[-1].work_ms
    if length_ms <= LONGEST_MS or draft.steps[-1].waits:
        return
    heard = {cue.offset_ms for cue in draft.of_this_step() if cue.anchor == "work"}
    moments = sorted({0, length_ms} | heard)
    for start_ms, end_ms in pairwise(moments):
        for offset_ms in _breaks(start_ms, end_ms, length_ms):
            left = spoken.duration(length_ms - offset_ms, draft.language)
            words = (draft.phrases.say("time-left", duration=left),)
            draft.work("time-left", words, offset_ms, window_ms=(offset_ms, offset_ms + LATE_BY_MS))


def _breaks(start_ms: int, end_ms: int, length_ms: int) -> list[int]:
    """The moments at which whole minutes are left, as few as leave no longer silence than there may be."""
    if end_ms - start_ms <= LONGEST_MS:
        return []
    minutes = range((length_ms - end_ms) // MINUTE_MS, (length_ms - start_ms) // MINUTE_MS + 1)
    whole = [length_ms - minute * MINUTE_MS for minute in minutes if minute]
    inside = [ms for ms in whole if start_ms + APART_MS <= ms <= min(end_ms - APART_MS, start_ms + LONGEST_MS)]
    if not inside:
        return []
    latest_ms = max(inside)
    return [latest_ms, *_breaks(latest_ms, end_ms, length_ms)]
