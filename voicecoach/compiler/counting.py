"""What is said on the second: numbers and minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from voicecoach.compiler import breathing
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.place import BEFORE_WORK_MS, GAP_MS
from voicecoach.language import spoken
from voicecoach.model import Anchor, ExerciseStep, Role, ThermalStep

FAST_PACE = 1.4
"""For a number that would run into the next second."""
COUNTED_ALOUD_S = 99
"""Up to here every second is counted. “One hundred and seventeen” takes longer than a second."""
COUNTED_IN_TENS_S = 120
"""Up to here every tenth second is; above it only the whole minutes are."""
BEFORE_NEXT_SECOND_MS = 820
"""A number should be over by then, so that the next one, which starts before its second, has room."""
UNCOUNTED_MS = 5000
"""A hold up to here is not counted: its end tone says it."""
LONG_MS = 180_000
"""From here on whole minutes are told."""
NEAR_MS = 5000
"""Two that are nearer than this tell the same moment."""
HALFWAY_APART_MS = 20_000
"""No minute is told this near to half-way: three times of day in half a minute are too many."""
MINUTE_MS = 60_000


def hold(draft: Draft, step: ExerciseStep) -> None:
    length = draft.steps[-1].work_ms
    # Where the breath is led, its “in” is the word to begin with.
    if step.counting.style not in ("down", "up") and length >= 8000 and not step.breathing:
        draft.work("go", (draft.phrases.say("begin"),), 450, window_ms=(400, 1500))
    counted = count(draft, step, 0, length, whole=True) if is_counted_in(step, length) else []
    whole_minutes(draft, step, length, counted + written(step))
    breathing.breathe(draft, step, length)


def own_time(draft: Draft, step: ExerciseStep) -> None:
    """The person counts; numbers of ours would be in the way, unless the step asks for them. Where the end is theirs
    too, no time is told."""
    length_ms = draft.steps[-1].work_ms
    draft.work("go", (draft.phrases.say("begin"),), 450, window_ms=(400, 1500))
    if step.waits:
        return
    counted = count(draft, step, 0, length_ms, whole=True) if step.counting_own else []
    whole_minutes(draft, step, length_ms, counted + written(step))


def written(step: ExerciseStep | ThermalStep) -> list[int]:
    """When the step says something of its own, in place of the minute."""
    return [moment.at_ms for moment in step.at]


def is_counted_in(step: ExerciseStep, length_ms: int) -> bool:
    """Seconds are counted in strength and in stretches, and in short moves; a breath, what is held for a number of
    them, and an easy walk have a pace of their own, and are counted only where the step itself says so."""
    if step.counting_own:
        return True
    if length_ms <= UNCOUNTED_MS or step.in_breaths:
        return False
    kind = step.exercise.kind
    easy = (
        kind == "cardio" and step.exercise.intensity != "hard" and (step.exercise.intensity or length_ms >= LONG_MS)
    )
    return kind in ("stretch", "strength") or (kind != "breathing" and not easy)


def count(draft: Draft, step: ExerciseStep, start_ms: int, length_ms: int, *, whole: bool) -> list[int]:
    """The counts of one hold, and where they are heard. `whole`: the count at its very start belongs to it too."""
    style, seconds = step.counting.style, step.counting.seconds
    led = None if step.counting_own else breathing.led_in(step, length_ms)
    quiet_ms = led.first_ms if led else 0
    heard_ms = []
    for left_s in _seconds_left(style, seconds, length_ms, whole) if style != "off" else []:
        said, offset_ms = left_s, start_ms + length_ms - left_s * 1000
        if style == "up":  # from the start, also where the hold is no whole number of seconds
            said = length_ms // 1000 - left_s
            offset_ms = start_ms + said * 1000
        if offset_ms < quiet_ms:
            continue
        minutes = said > COUNTED_IN_TENS_S or (style == "every" and said % 60 == 0)
        number(draft, "count", said, offset_ms, minutes=minutes)
        heard_ms.append(offset_ms)
    return heard_ms


def count_in(draft: Draft, first: int) -> None:
    """The seconds before a start. The last number leaves room for one on the first instant."""
    for left_s in range(first, 0, -1):
        over_by_ms = 1000 - BEFORE_WORK_MS - GAP_MS if left_s == 1 else 1000
        number(draft, "count-in", left_s, -left_s * 1000, anchor="before", over_by_ms=over_by_ms)


def whole_minutes(draft: Draft, step: ExerciseStep, length_ms: int, counted_ms: list[int]) -> None:
    """In a long part the minutes: before half of it what is done, from there on what is left."""
    if length_ms < LONG_MS:
        return
    half_ms = length_ms // 2
    apart_ms = HALFWAY_APART_MS if step.halfway else NEAR_MS
    for done_ms in range(MINUTE_MS, half_ms - apart_ms, MINUTE_MS):
        _minutes(draft, "done", done_ms, done_ms, counted_ms)
    for left_ms in range(MINUTE_MS, half_ms + 1, MINUTE_MS):
        at_ms = length_ms - left_ms
        if not (step.halfway and at_ms < half_ms + apart_ms):  # half-way says the same
            _minutes(draft, "left", left_ms, at_ms, counted_ms)


def last_minute(draft: Draft, step: ThermalStep, length_ms: int) -> None:
    """In a long part in which nothing is counted: that one minute is left."""
    if length_ms >= LONG_MS:
        _minutes(draft, "left", MINUTE_MS, length_ms - MINUTE_MS, written(step))


def _minutes(
    draft: Draft, which: Literal["left", "done"], told_ms: int, at_ms: int, counted_ms: Sequence[int] = ()
) -> None:
    """“Two minutes left”, “two minutes done”; not where a number is counted anyway."""
    if any(abs(at_ms - count_ms) < NEAR_MS for count_ms in counted_ms):
        return
    text = draft.phrases.say(f"time-{which}", duration=spoken.duration(told_ms, draft.language))
    role: Role = "time-left" if which == "left" else "at"
    draft.work(role, (text,), at_ms, window_ms=(at_ms, at_ms + 3000))


def number(
    draft: Draft,
    role: Role,
    n: int,
    offset_ms: int,
    *,
    minutes: bool = False,
    anchor: Anchor = "work",
    over_by_ms: int = 1000,
) -> None:
    """A number whose perceived beginning is at `offset_ms` exactly, said faster where it would be too long."""
    text = spoken.duration(n * 1000, draft.language) if minutes else spoken.number(n, draft.language)
    alone = minutes or n > COUNTED_ALOUD_S  # nothing is counted in the seconds after it
    fast = max(FAST_PACE, FAST_PACE / draft.pace)  # a second is a second, however calm the voice
    paces = ((1.0, min(BEFORE_NEXT_SECOND_MS, over_by_ms)), (fast, over_by_ms))
    draft.add(
        [
            draft.cue(
                role,
                text,
                pace=pace,
                anchor=anchor,
                offset_ms=offset_ms,
                earliest_ms=offset_ms,
                latest_ms=offset_ms,
                end_by_ms=offset_ms + (3000 if alone else by_ms),
            )
            for pace, by_ms in paces
        ]
    )


def _seconds_left(style: str, seconds: int, length_ms: int, whole: bool) -> list[int]:
    """At which seconds left something is counted, the last second first."""
    whole_s = length_ms // 1000
    most = whole_s if whole and length_ms % 1000 == 0 else -(-length_ms // 1000) - 1
    if style == "every":
        return [left for left in range(seconds, whole_s, seconds) if left < length_ms / 1000]
    if style == "last":
        most = min(seconds, most)
    if style == "up":  # counted from the start: the last second is the end tone's
        return [left for left in range(1, whole_s) if _is_counted(whole_s - left)]
    return [left for left in range(1, most + 1) if _is_counted(left)]


def _is_counted(second: int) -> bool:
    if second <= COUNTED_ALOUD_S:
        return True
    return second % (10 if second <= COUNTED_IN_TENS_S else 60) == 0
