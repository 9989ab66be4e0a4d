"""The texts that ship, by where they stand: `plank: caution`, `screening: steps`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from tests.compiler.compiling import VOICES, library
from voicecoach.coach.pipeline import Options, plan_routine
from voicecoach.compiler.easier import with_substitutes
from voicecoach.compiler.estimate import estimate
from voicecoach.compiler.schedule import schedule
from voicecoach.model import (
    LANGUAGES,
    Exercise,
    ExerciseStep,
    Language,
    RepeatStep,
    Routine,
    SayStep,
    Step,
    Text,
    Timeline,
    Utterance,
)
from voicecoach.resources import shipped
from voicecoach.routine.library import load_library, load_routine

ROUTINES = sorted(shipped("scripts", "routines").glob("*.yaml"))
EXERCISE_PARTS = ("setup", "instruction", "reminder", "tips", "caution", "ending")


@cache
def routine(path: Path, easier: bool = False) -> Routine:
    found, _ = load_routine(path, load_library())
    return with_substitutes(found, library()) if easier else found


@cache
def timeline(path: Path, language: Language, easier: bool = False) -> Timeline:
    sheet = plan_routine(routine(path, easier), Options(language=language), language, VOICES[language])
    return schedule(sheet, estimate)


def steps(of: Sequence[Step]) -> Iterator[Step]:
    """All of them, those of a repeat too."""
    for step in of:
        yield step
        if isinstance(step, RepeatStep):
            yield from steps(step.steps)


def exercises(found: Routine) -> Iterator[ExerciseStep]:
    return (step for step in steps(found.steps) if isinstance(step, ExerciseStep))


def of_exercise(exercise: Exercise) -> Iterator[tuple[str, Text]]:
    """Each text with its place, its tips by number."""
    for part in EXERCISE_PARTS:
        found = getattr(exercise, part)
        if part == "tips":
            yield from ((f"{exercise.id}: tips[{index}]", tip) for index, tip in enumerate(found))
        elif found:
            yield f"{exercise.id}: {part}", found


def of_routine(found: Routine) -> Iterator[tuple[str, Text]]:
    for part in ("intro", "outro"):
        if text := getattr(found, part):
            yield f"{found.id}: {part}", text
    for step in steps(found.steps):
        if isinstance(step, SayStep):
            yield f"{found.id}: steps", step.text
        elif isinstance(step, ExerciseStep) and step.halfway_text:
            yield f"{found.id}: halfway", step.halfway_text


@cache
def shipped_texts() -> tuple[tuple[str, Text], ...]:
    """Every text of the library and of the routines."""
    found = [pair for exercise in library().values() for pair in of_exercise(exercise)]
    return (*found, *(pair for path in ROUTINES for pair in of_routine(routine(path))))


@cache
def heard(language: Language) -> frozenset[str]:
    """Every sentence that some routine says at its normal level, with its usual exercises or the gentler ones."""
    timelines = (timeline(path, language, easier) for path in ROUTINES for easier in (False, True))
    return frozenset(
        clip.sound.text for found in timelines for clip in found.clips if isinstance(clip.sound, Utterance)
    )


def in_each_language() -> Iterator[tuple[str, Language, str]]:
    """(place, language, text) of everything that ships."""
    for place, text in shipped_texts():
        for language in LANGUAGES:
            yield place, language, text.by_language.get(language, "")
