"""What is said in a set of repetitions: their numbers, the side of each, its hold or its tempo."""

from __future__ import annotations

from typing import TypeAlias

from voicecoach.compiler import counting
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.performed import Performed, rep_ms, rep_starts_ms
from voicecoach.model import ExerciseStep, Side, SourceLocation

BEFORE_NUMBER_MS = 200
"""What is said before a number is over this long before it is heard, as its sound begins earlier."""


def repetitions(draft: Draft, item: Performed, step: ExerciseStep) -> None:
    """Each repetition with its number; on two sides in turn the pair has it, on its first side."""
    starts, each_ms = rep_starts_ms(item), rep_ms(item)
    paired = step.sides == "alternate"
    per_number = 2 if paired else 1
    last = len(starts) - per_number  # where the last number belongs
    halves = _halves(draft, step)
    for index, start_ms in enumerate(starts):
        if index % per_number == 0:
            counting.number(draft, "rep", index // per_number + 1, start_ms)
        if step.hold:
            _held(draft, step, start_ms, each_ms, last=index == len(starts) - 1)
        else:
            _tempo(draft, step, halves, start_ms, first=index == 0)
        if index + 1 < len(starts):
            _announce(draft, step, start_ms, starts[index + 1], index + 1, last=index + 1 == last)


def _held(draft: Draft, step: ExerciseStep, start_ms: int, each_ms: int, *, last: bool) -> None:
    """The hold of one repetition. A short one has no numbers: they would be taken for those of the repetitions."""
    if step.counting_own or (each_ms > counting.UNCOUNTED_MS and counting.is_counted_in(step, each_ms)):
        counting.count(draft, step, start_ms, each_ms, whole=False)
    if last:  # its end is that of the set
        return
    end_ms = start_ms + each_ms
    draft.cues.append(draft.tone("end", "release", end_ms))
    word = draft.phrases.say("release-strength" if step.exercise.kind == "strength" else "release")
    draft.work("release", (word,), end_ms + 300, window_ms=(end_ms, end_ms + 700))


def _announce(
    draft: Draft, step: ExerciseStep, this_start_ms: int, next_start_ms: int, index: int, *, last: bool
) -> None:
    """What is said shortly before the next repetition: its side, and that it is the last."""
    last_one = draft.phrases.say("last-one")
    if step.sides == "alternate":
        sides = named_side(draft, step, "right" if index % 2 else "left")
        forms = (*(f"{last_one} {side}" for side in sides), sides[-1]) if last else sides
        earliest = max(this_start_ms + 200, next_start_ms - 2500)
        tone = draft.tone("side", "side", next_start_ms)
        draft.work(
            "side",
            forms,
            next_start_ms - (1600 if last else 800),
            window_ms=(earliest, next_start_ms),
            end_by_ms=next_start_ms + (500 if index % 2 else -BEFORE_NUMBER_MS),  # a pair begins with its number
            otherwise=tone,
        )
    elif last:
        window = (this_start_ms + 200, next_start_ms - 200)
        draft.work("tempo", (last_one,), next_start_ms - 1200, window_ms=window, end_by_ms=next_start_ms)


def named_side(draft: Draft, step: ExerciseStep, side: Side) -> tuple[str, ...]:
    """“Left arm” where the exercise names its limb, and shorter “Left”."""
    limb, alone = step.exercise.limb, draft.phrases.say(f"side-{side}")
    return (draft.phrases.say(f"side-{side}-limb", limb=draft.text(limb)), alone) if limb else (alone,)


_Half: TypeAlias = "tuple[str, SourceLocation | None] | None"
"""What is said on one half of a repetition, and where it is written; `None`: nothing."""


def _halves(draft: Draft, step: ExerciseStep) -> tuple[_Half, _Half]:
    """What is said on the way up, and on the way down."""
    if step.words is None:
        return (draft.phrases.say("tempo-up"), None), (draft.phrases.say("tempo-down"), None)
    up, down = ((draft.text(text), text.location) if text else None for text in (step.words.up, step.words.down))
    return up, down


def _tempo(draft: Draft, step: ExerciseStep, halves: tuple[_Half, _Half], start_ms: int, *, first: bool) -> None:
    """The usual way up is named once; what somebody wrote for it is said each time."""
    down_ms = start_ms + step.tempo.up_ms
    up, down = halves
    if up and (first or step.words):
        window_ms = (start_ms + 400, down_ms - 300)
        draft.work("tempo", (up[0],), start_ms + 700, window_ms=window_ms, end_by_ms=down_ms, at=up[1])
    if down:
        draft.work("tempo", (down[0],), down_ms, window_ms=(down_ms, down_ms + 200), at=down[1])
