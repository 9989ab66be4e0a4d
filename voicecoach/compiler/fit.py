"""Meets a chosen length: decides every range so that the whole lasts as long as was asked."""

from __future__ import annotations

from voicecoach.compiler.expand import Choice
from voicecoach.compiler.reach import cannot, distinct_rounds
from voicecoach.compiler.share import Build, meet
from voicecoach.model import Routine, Timeline


def fit(routine: Routine, target_ms: int, build: Build) -> Timeline:
    """The timeline whose length is `target_ms`, within a second.

    Raises `FitError` with the lengths that can be met and the steps that hold it.
    """
    for fraction in distinct_rounds(routine):
        timeline = meet(routine, target_ms, build, Choice(rounds_fraction=fraction))
        if timeline:
            return timeline
    raise cannot(routine, target_ms, build)
