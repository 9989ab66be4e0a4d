"""What is said on the second: numbers, repetitions, tempo, breaths."""

from __future__ import annotations

from voicecoach.compiler.draft import Draft
from voicecoach.compiler.expand import Performed, rep_ms, rep_starts_ms
from voicecoach.model import Breathing, ExerciseStep, Role, Side, ToneName
from voicecoach.wording import spoken

FAST_PACE = 1.4
"""For a number that would run into the next second."""
COUNTED_ALOUD_S = 99
"""Up to here every second is counted. “One hundred and seventeen” takes longer than a second."""
COUNTED_IN_TENS_S = 120
"""Up to here every tenth second is; above it only the whole minutes are."""
BEFORE_NEXT_SECOND_MS = 820
"""A number should be over by then, so that the next one, which starts before its second, has room."""


def hold(draft: Draft, item: Performed, step: ExerciseStep) -> None:
    length = draft.steps[-1].work_ms
    # Where the breath is led, its “in” is the word to begin with.
    if step.counting.style not in ("down", "up") and length >= 8000 and not step.breathing:
        draft.work("go", (draft.phrases.say("begin"),), 450, window_ms=(400, 1500))
    count(draft, step, 0, length, whole=True)
    if step.breathing:
        breathe(draft, step.breathing, length)


def count(draft: Draft, step: ExerciseStep, start_ms: int, length_ms: int, *, whole: bool) -> None:
    """The counts of one hold. `whole`: the count at its very start belongs to it too."""
    style, seconds = step.counting.style, step.counting.seconds
    if style == "off":
        return
    for left_s in _seconds_left(style, seconds, length_ms, whole):
        said, offset_ms = left_s, start_ms + length_ms - left_s * 1000
        if style == "up":  # from the start, also where the hold is no whole number of seconds
            said = length_ms // 1000 - left_s
            offset_ms = start_ms + said * 1000
        minutes = said > COUNTED_IN_TENS_S or (style == "every" and said % 60 == 0)
        number(draft, "count", said, offset_ms, minutes=minutes)


def number(draft: Draft, role: Role, n: int, offset_ms: int, *, minutes: bool = False) -> None:
    """A number whose perceived beginning is at `offset_ms` exactly, said faster where it would be too long."""
    text = spoken.duration(n * 1000, draft.language) if minutes else spoken.number(n, draft.language)
    alone = minutes or n > COUNTED_ALOUD_S  # nothing is counted in the seconds after it
    fast = max(FAST_PACE, FAST_PACE / draft.pace)  # a second is a second, however calm the voice
    paces = ((1.0, BEFORE_NEXT_SECOND_MS), (fast, 1000))
    draft.add(
        [
            draft.cue(
                role,
                text,
                pace=pace,
                anchor="work",
                offset_ms=offset_ms,
                earliest_ms=offset_ms,
                latest_ms=offset_ms,
                end_by_ms=offset_ms + (3000 if alone else over_by_ms),
            )
            for pace, over_by_ms in paces
        ]
    )


def repetitions(draft: Draft, item: Performed, step: ExerciseStep) -> None:
    starts, each_ms = rep_starts_ms(item), rep_ms(item)
    for index, start_ms in enumerate(starts):
        number(draft, "rep", index + 1, start_ms)
        last = index == len(starts) - 1
        if step.sides == "alternate" and not last:
            next_side(draft, "right" if index % 2 == 0 else "left", start_ms, starts[index + 1])
        if step.hold:
            count(draft, step, start_ms, each_ms, whole=False)
            if not last:
                end_ms = start_ms + each_ms
                draft.work("release", (draft.phrases.say("release"),), end_ms + 100, window_ms=(end_ms, end_ms + 700))
        else:
            tempo(draft, step, start_ms, first=index == 0)


def next_side(draft: Draft, side: Side, this_start_ms: int, next_start_ms: int) -> None:
    """Names the side of the next repetition shortly before it."""
    earliest = max(this_start_ms + 200, next_start_ms - 1500)
    window = (earliest, next_start_ms)
    tone = draft.tone("side", "side", next_start_ms)
    word = (draft.phrases.say(f"side-{side}"),)
    draft.work("side", word, next_start_ms - 800, window_ms=window, end_by_ms=next_start_ms + 500, otherwise=tone)


def tempo(draft: Draft, step: ExerciseStep, start_ms: int, *, first: bool) -> None:
    down_ms = start_ms + step.tempo.up_ms
    if first:
        draft.work(
            "tempo",
            (draft.phrases.say("tempo-up"),),
            start_ms + 700,
            window_ms=(start_ms + 400, down_ms - 300),
            end_by_ms=down_ms,
        )
    draft.work("tempo", (draft.phrases.say("tempo-down"),), down_ms, window_ms=(down_ms, down_ms + 200))


def breathe(draft: Draft, breathing: Breathing, length_ms: int) -> None:
    """Breaths fitted evenly into the hold, so that it ends with an out-breath. Words first, then tones."""
    cycles = max(1, round(length_ms / breathing.cycle_ms))
    phases: tuple[tuple[str, ToneName, int], ...] = (
        ("breath-in", "breath-in", breathing.in_ms),
        ("breath-hold", "breath-hold", breathing.hold_in_ms),
        ("breath-out", "breath-out", breathing.out_ms),
        ("breath-hold", "breath-hold", breathing.hold_out_ms),
    )
    for cycle in range(cycles):
        elapsed = 0
        for role, tone, phase_ms in phases:
            start_ms = (cycle * breathing.cycle_ms + elapsed) * length_ms // (cycles * breathing.cycle_ms)
            elapsed += phase_ms
            if not phase_ms:
                continue
            if cycle < 2:
                word = (draft.phrases.say(role),)
                draft.work(
                    role,
                    word,
                    start_ms,
                    window_ms=(start_ms, start_ms + 250),
                    otherwise=draft.tone(tone, role, start_ms),
                )
            else:
                draft.cues.append(draft.tone(tone, role, start_ms))


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
