"""Finds room for the cues of one timed part: the least important give way.

Each spoken cue has a window in which it may be perceived to begin. The most important is placed first, as near to its
wish as the others leave room; what finds no room is said in its shorter form, moves to the get-ready time, becomes a
tone, or is dropped. Tones may sound under speech; speech never overlaps speech.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from voicecoach.model import Cue, Measure, SoundLength, Tone

GAP_MS = 70
"""The least silence between two utterances of the timed part."""
BEFORE_WORK_MS = 300
"""A number on the very first instant begins earlier, by its perceptual centre; the get-ready time leaves it room."""
AFTER_SPEECH_MS = 40
"""Speech is over this long before the end tone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A cue with its place, relative to the start of the timed part."""

    cue: Cue
    start_ms: int
    duration_ms: int
    onset_ms: int


@dataclass(slots=True)
class Placement:
    """What became of the cues of one timed part."""

    placed: list[Placed] = field(default_factory=list)
    moved: list[Cue] = field(default_factory=list)
    """Forms that are said in the get-ready time instead."""
    dropped: list[tuple[Cue, str]] = field(default_factory=list)
    """Cues that found no room, with the reason."""


def place(
    cues: Sequence[Cue],
    work_ms: int,
    measure: Measure,
    *,
    before_work_ms: int = BEFORE_WORK_MS,
    taken: Sequence[tuple[int, int]] = (),
) -> Placement:
    """Places cues anchored to `work`, the most important first; among equals the later first, since the last
    seconds of a hold matter most. `before_work_ms`: how long before the timed part a sound may begin.
    `taken`: when somebody speaks already."""
    result = Placement()
    busy = _Busy()
    for start_ms, end_ms in taken:
        busy.add(start_ms, end_ms)
    for cue in sorted(cues, key=lambda cue: (-cue.priority, -cue.offset_ms)):
        _place_one(cue, work_ms, measure, busy, result, before_work_ms)
    result.placed.sort(key=lambda placed: (placed.start_ms, placed.onset_ms))
    return result


def _place_one(cue: Cue, work_ms: int, measure: Measure, busy: _Busy, result: Placement, before_work_ms: int) -> None:
    for form in cue.forms():
        if form.anchor == "lead":
            result.moved.append(form)
            return
        length = measure(form.sound)
        if isinstance(form.sound, Tone):
            start_ms: int | None = form.offset_ms - length.onset_ms
        else:
            start_ms = _find(form, length, work_ms, busy, before_work_ms)
        if start_ms is not None:
            if not isinstance(form.sound, Tone):
                busy.add(start_ms, start_ms + length.duration_ms)
            onset_ms = start_ms + length.onset_ms
            placed = Placed(cue=form, start_ms=start_ms, duration_ms=length.duration_ms, onset_ms=onset_ms)
            result.placed.append(placed)
            return
    result.dropped.append((cue, _reason(cue, work_ms, measure)))


def _find(cue: Cue, length: SoundLength, work_ms: int, busy: _Busy, before_work_ms: int) -> int | None:
    """The start nearest to the cue's wish at which it fits, or `None`."""
    duration_ms, onset_ms = length.duration_ms, length.onset_ms
    end_by_ms = work_ms - AFTER_SPEECH_MS if cue.end_by_ms is None else min(cue.end_by_ms, work_ms - AFTER_SPEECH_MS)
    earliest = max(cue.earliest_ms - onset_ms, -before_work_ms)
    latest = min(cue.latest_ms - onset_ms, end_by_ms - duration_ms)
    if latest < earliest:
        return None
    wish = min(max(cue.offset_ms - onset_ms, earliest), latest)
    return busy.nearest_room(wish, duration_ms, earliest, latest)


def _reason(cue: Cue, work_ms: int, measure: Measure) -> str:
    if cue.offset_ms > work_ms:
        return f"it is over by then, after {work_ms / 1000:g} s"
    needed_ms = measure(cue.sound).duration_ms
    if needed_ms >= work_ms:
        return f"it takes {needed_ms / 1000:.1f} s, longer than the {work_ms / 1000:g} s there are"
    return f"its {needed_ms / 1000:.1f} s found no room beside what matters more"


class _Busy:
    """The stretches of time in which someone already speaks, in order."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def add(self, start_ms: int, end_ms: int) -> None:
        insort(self._spans, (start_ms, end_ms))

    def nearest_room(self, wish: int, duration_ms: int, earliest: int, latest: int) -> int | None:
        """The start in [earliest, latest] nearest to `wish` at which `duration_ms` is free, gaps kept."""
        first = bisect_left(self._spans, (earliest - GAP_MS, 0))
        first = max(0, first - 1)
        if self._free(wish, duration_ms):
            return wish
        candidates = []
        for start_ms, end_ms in self._spans[first:]:
            if start_ms > latest + duration_ms + GAP_MS:
                break
            candidates += [end_ms + GAP_MS, start_ms - GAP_MS - duration_ms]
        rooms = [start for start in candidates if earliest <= start <= latest and self._free(start, duration_ms)]
        return min(rooms, key=lambda start: (abs(start - wish), start), default=None)

    def _free(self, start_ms: int, duration_ms: int) -> bool:
        """Whether nothing is said from a gap before to a gap after. Spans never overlap, so two looks are enough."""
        index = bisect_left(self._spans, (start_ms, start_ms))
        before_is_over = index == 0 or self._spans[index - 1][1] + GAP_MS <= start_ms
        after_is_later = index == len(self._spans) or start_ms + duration_ms + GAP_MS <= self._spans[index][0]
        return before_is_over and after_is_later
