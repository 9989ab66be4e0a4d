"""Meets a chosen length: decides every range so that the whole lasts as long as was asked."""

from __future__ import annotations

from voicecoach.compiler.choice import Choice
from voicecoach.compiler.reach import cannot, distinct_rounds
from voicecoach.compiler.share import Build, meet
from voicecoach.language import spoken
from voicecoach.model import Routine, Timeline


def fit(routine: Routine, target_ms: int, build: Build) -> Timeline:
    """The timeline whose length is `target_ms`, within a second.

    Raises `FitError` with the lengths that can be met and the steps that hold it.
    """
    build = _remembered(build)
    for fraction in distinct_rounds(routine):
        timeline = meet(routine, target_ms, build, Choice(rounds_fraction=fraction))
        if timeline:
            return timeline
    raise cannot(routine, target_ms, build)


def _remembered(build: Build) -> Build:
    """`build`, which makes nothing twice: lengths that are told in the same words make the same timeline."""
    made: dict[object, Timeline] = {}

    def remembered(choice: Choice, padding_ms: int, told_ms: int) -> Timeline:
        chosen = frozenset(choice.chosen_ms.items())
        decided = (choice.fraction, choice.round_to_ms, choice.rounds_fraction, chosen)
        key = (decided, padding_ms, spoken.about_ms(told_ms))
        if key not in made:
            made[key] = build(choice, padding_ms, told_ms)
        return made[key]

    return remembered
