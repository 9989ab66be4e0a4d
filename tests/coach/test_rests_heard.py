"""What is written as an interval is heard as one: to the sample, in the decoded file."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.coach.coach import Coach
from voicecoach.coach.options import Options
from voicecoach.model import Timeline
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames
from voicecoach.verify.decode import decode

TABATA = """
title: Tabata
language: en
phase: mixed
steps:
  - repeat: 3
    between: 7 s
    steps:
      - exercise: {name: Squats, kind: strength}
        duration: 10 s
        count: off
"""
LONGEST_MS = 60


@pytest.mark.parametrize("ending", ["wav", "mp3"])
def test_intervals_are_heard_to_the_sample(ending: str, tmp_path: Path) -> None:
    routine, path = tmp_path / "tabata.yaml", tmp_path / f"tabata.{ending}"
    routine.write_text(TABATA, encoding="utf-8")
    with Coach() as coach:
        performance = coach.read(routine, Options(language="en"))
        performance.export(path)
        timeline = performance.timeline
        assert performance.verify(path).kept
    sound = np.concatenate(list(decode(path)))
    steps = [step for step in timeline.steps if step.kind == "exercise"]
    for role, moment in (("begin", "work_start_ms"), ("end", "work_end_ms")):
        placed = [getattr(step, moment) for step in steps]
        assert [after - before for before, after in pairwise(placed)] == [17_000, 17_000]
        heard = [_tone(sound, at_ms) for at_ms in placed]
        for before, after in pairwise(heard):
            assert _lag(before, after) == 0, role
    # between an end and the next start: both tones of one file, each at its own lag
    assert [b.work_start_ms - a.work_end_ms for a, b in pairwise(steps)] == [7000, 7000]
    begins, ends = _rises(sound, timeline, "begin"), _rises(sound, timeline, "end")
    rests = {begin - end for begin, end in zip(begins[1:], ends, strict=False)}
    works = {end - begin for begin, end in zip(begins, ends, strict=True)}
    assert len(rests) == len(works) == 1
    assert rests.pop() + works.pop() == 17 * SAMPLE_RATE_HZ


def _tone(sound: NDArray[np.float32], at_ms: int) -> NDArray[np.float32]:
    at = ms_to_frames(at_ms - LONGEST_MS)
    return sound[at : at + ms_to_frames(200)]


def _lag(before: NDArray[np.float32], after: NDArray[np.float32]) -> int:
    """By how many samples `after` is later, where the two are most alike."""
    likeness = np.correlate(after, before, "full")
    return int(likeness.argmax()) - (len(before) - 1)


def _rises(sound: NDArray[np.float32], timeline: Timeline, role: str) -> list[int]:
    """Where each tone has risen out of the silence before it."""
    found = []
    for clip in timeline.clips:
        if clip.role == role:
            at = ms_to_frames(clip.start_ms)
            loud = np.abs(sound[at : at + ms_to_frames(100)])
            found.append(at + int(np.argmax(loud > 0.5 * loud.max())))
    return found
