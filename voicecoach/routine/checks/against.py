"""Texts against their step: another time, other repetitions, or sides that are not done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicecoach.language.looked_for import looked_for
from voicecoach.model import DurationRange, ExerciseStep, Problem
from voicecoach.routine.checks.said import Said, said
from voicecoach.routine.checks.times import times_in
from voicecoach.routine.checks.view import View, broken

_HOUR_MS = 3_600_000
_COUNTED = re.compile(r"reps?|gentagelser|times|gange|sekunder|seconds|sek|sec|s", re.I)
_SETS = re.compile(
    r"(?<![\w.,])(?<!\ba )(\d{1,2})\s*[x×]\s*(\d{1,3})"
    r"(?![\w.,:]*\d)(?!\s*(?:[\"'”″′]|(?:s|sek|sec|min|kg|cm|m)[^\W\d_]*))",  # 3 x 30 s is no number of repetitions
    re.I,
)


def contradictions(view: View) -> Iterator[Problem]:
    """Once a step: whoever mends its texts reads them all."""
    told: set[int] = set()
    for item in said(view):
        if item.what == "moment":  # which may well tell how much is left
            continue
        if item.index is not None and item.index not in told and isinstance(item.step, ExerciseStep):
            for problem in _of(view, item, item.step):
                told.add(item.index)
                yield problem
                break


def _of(view: View, item: Said, step: ExerciseStep) -> Iterator[Problem]:
    rule = "text-contradicts-timing"
    for words, ms in times_in(item.text, item.language, view.number_words):
        if not _does(step, ms) and not _is_part(item, words, step, ms) and not _is_afterwards(item, ms):
            message = f"a text says “{words}”, and the step does something else"
            yield broken(rule, item.at, message, "Leave the time out: the coach says it.")
    for words in _other_reps(view, item, step):
        message = f"a text says “{words}”, and the step does something else"
        yield broken(rule, item.at, message, "Leave the number out: the coach counts.")
    if step.sides in ("none", "left", "right") and (sides := _both_sides(view, item, step)):
        message = f"a text says “{sides}”, and the step is done with `sides: {step.sides}`"
        yield broken(rule, item.at, message, "Write `sides: both`, or leave it out of the text.")


def _does(step: ExerciseStep, ms: int) -> bool:
    """Whether anything in the step lasts that long."""
    lengths = [step.tempo.up_ms, step.tempo.down_ms, step.tempo.each_ms] if step.work == "reps" else []
    lengths = [step.release_ms] if step.reps and step.hold else lengths
    if breath := step.breathing:
        lengths += [breath.in_ms, breath.out_ms, breath.hold_in_ms, breath.hold_out_ms, breath.cycle_ms]
    ranges = _ranges(step)
    if step.halfway:
        ranges += [DurationRange(low_ms=range_.low_ms // 2, high_ms=range_.high_ms // 2) for range_ in ranges]
    return ms in lengths or any(range_.low_ms <= ms <= range_.high_ms for range_ in ranges)


def _ranges(step: ExerciseStep) -> list[DurationRange]:
    return [*step.holds, *(range_ for range_ in (step.duration, step.time) if range_)]


def _is_part(item: Said, words: str, step: ExerciseStep, ms: int) -> bool:
    """“The last ten seconds”, “every ten seconds”: inside the step, and not how long it is."""
    before = item.text[: item.text.find(words)].rstrip()
    part = any(match.end() == len(before) for match in looked_for(item.language)["part-of"].finditer(before))
    return part and any(ms <= range_.high_ms for range_ in _ranges(step))


def _is_afterwards(item: Said, ms: int) -> bool:
    """“No more pain than an hour later”: a caution looks beyond the step."""
    return item.what == "caution" and ms >= _HOUR_MS


def _other_reps(view: View, item: Said, step: ExerciseStep) -> Iterator[str]:
    """“10 repetitions” of another number; “3 x 10” of another number, or done another number of times."""
    if not step.reps:
        return
    low, high = view.rounds[step.location]
    least, most = step.reps.low, step.reps.high
    for match in _SETS.finditer(item.text):
        sets, reps = int(match.group(1)), int(match.group(2))
        if not least <= reps <= most or not low <= sets <= high:
            yield match.group()
    for match in looked_for(item.language)["reps"].finditer(item.text):
        before = item.text[: match.start()].rstrip(" -").rsplit(maxsplit=1)[-1:]
        count = _count(view, before[0]) if before else None
        if count and not least <= count <= most and not least * 2 <= count <= most * 2:
            yield f"{before[0]} {match.group()}"
    for match in looked_for(item.language)["times-over"].finditer(item.text):
        count = _count(view, match.group().split()[-2])
        if count and not least <= count <= most and not low <= count <= high:
            yield match.group()


def _count(view: View, word: str) -> int | None:
    word = word.lower().strip("(“\"'")
    return int(word) if word.isdecimal() and len(word) < 5 else view.number_words.get(word)


def _both_sides(view: View, item: Said, step: ExerciseStep) -> str | None:
    """While one moves, turning to both sides is part of the movement; “eight to each side” is not."""
    patterns = looked_for(item.language)

    def unless_counted(match: re.Match[str]) -> str:
        before = item.text[: match.start()].split()[-1:]
        counted = before and (_count(view, before[0]) or _COUNTED.fullmatch(before[0]))
        return match.group() if counted else "…"

    text = item.text if step.hold else patterns["turned-to"].sub(unless_counted, item.text)
    found = patterns["both-sides"].search(text)
    return found.group() if found else None
