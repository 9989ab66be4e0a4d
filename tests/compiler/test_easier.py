"""The gentler substitutes: with their own words, and none of what belonged to the other exercise."""

from __future__ import annotations

from tests.compiler.compiling import library, routine_of
from voicecoach.compiler.easier import with_substitutes
from voicecoach.model import ExerciseStep, HalfWords

TEXT = """
title: {da: Ro, en: Calm}
steps:
  - exercise: knee-to-chest
    reps: 8-12
    pace: own
    load: 60 kg
    note: {da: Roligt, en: Calmly}
    name: {da: Mit stræk, en: My stretch}
    instruction: {da: Træk hårdt., en: Pull hard.}
    words: {up: {da: Op, en: Up}}
  - exercise: knee-to-chest
    reps: 3
    words: off
"""


def test_the_substitute_comes_with_its_own_words_and_without_the_load() -> None:
    first, second = with_substitutes(routine_of(TEXT), library()).steps
    assert isinstance(first, ExerciseStep)
    assert isinstance(second, ExerciseStep)
    assert first.exercise is library()["knee-to-chest-towel"]
    assert (first.load, first.words) == (None, None)
    assert (first.reps, first.own) == (routine_of(TEXT).steps[0].reps, True)  # type: ignore[union-attr]
    assert first.note
    assert second.words == HalfWords()
