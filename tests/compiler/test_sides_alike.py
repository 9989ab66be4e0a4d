"""What paces a set is heard on both sides alike, however much there is to explain on one of them."""

from __future__ import annotations

import pytest

from tests.compiler import promises
from tests.compiler.compiling import compiled
from tests.compiler.measures import Lengths
from voicecoach.model import LANGUAGES, Language

ONE_BRIEF_REMINDER = """
title: {da: Knæ, en: Knee}
steps:
  - exercise:
      name: {da: Knæløft, en: Knee lift}
      kind: mobility
      sides: both
      instruction: {da: "Løft dit ene knæ op mod brystet, roligt, og sænk det igen.",
                    en: "Lift one knee up to your chest, calmly, and lower it again."}
      reminder: {da: Løft., en: Lift.}
"""


@pytest.mark.parametrize(
    "timing", ["reps: 1", "reps: 3\n    tempo: {up: 1 s, down: 3 s}", "duration: 8 s", "duration: 1 min"]
)
@pytest.mark.parametrize("longest_ms", [400, 900, 2000])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_instruction_takes_no_word_that_paces(timing: str, longest_ms: int, language: Language) -> None:
    for seed in range(6):
        timeline = compiled(ONE_BRIEF_REMINDER + f"    {timing}\n", Lengths(1, longest_ms, 0, seed), language)
        promises.left_and_right_are_alike(timeline)
        assert not [item for item in timeline.dropped if item.role == "instruction"]
