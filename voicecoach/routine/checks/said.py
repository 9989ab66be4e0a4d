"""Every text of a routine that is said, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from voicecoach.model import (
    Exercise,
    ExerciseStep,
    HalfWords,
    Language,
    RestStep,
    SayStep,
    SectionStep,
    SourceLocation,
    Step,
    Text,
    ThermalStep,
)
from voicecoach.routine.checks.view import View

FILLER = "?"
"""In every language, where a file is read on without what is broken: nobody wrote it, and nobody says it."""
What = Literal["title", "intro", "outro", "say", "name", "caution", "other", "moment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    text: str
    language: Language
    what: What
    at: SourceLocation
    step: Step | None = None
    index: int | None = None
    """The place of the step among `View.written`."""


def said(view: View) -> Iterator[Said]:
    """In the order of the file, near enough; problems are put in order later."""
    routine = view.routine
    yield from _of(routine.title, "title")
    yield from _of(routine.intro, "intro")
    for index, step in enumerate(view.written):
        if isinstance(step, (SayStep, SectionStep)):
            yield from _of(step.text, "say", step.location, step, index)
        elif isinstance(step, ExerciseStep):
            yield from _of(step.exercise.name, "name", _where(step.exercise.name, step), step, index)
            for text in [*texts_of(step.exercise), *_texts_of_step(step)]:
                what: What = "caution" if text is step.exercise.caution else "other"
                yield from _of(text, what, _where(text, step), step, index)
        if isinstance(step, (ExerciseStep, RestStep, SayStep, ThermalStep)):
            for moment in step.at:
                yield from _of(moment.text, "moment", None, step, index)
    yield from _of(routine.outro, "outro")


def texts_of(exercise: Exercise) -> list[Text]:
    """All but the name."""
    written = (exercise.setup, exercise.instruction, exercise.reminder, exercise.ending, exercise.caution)
    return [*(text for text in written if text is not None), *exercise.tips, *_halves(exercise.words)]


def _texts_of_step(step: ExerciseStep) -> list[Text]:
    """What it says beside the words of its exercise."""
    own_halves = _halves(step.words) if step.words != step.exercise.words else []
    return [text for text in (step.halfway_text, step.load) if text is not None] + own_halves


def _halves(words: HalfWords | None) -> list[Text]:
    return [text for text in (words.up, words.down) if text is not None] if words else []


def _where(text: Text, step: ExerciseStep) -> SourceLocation:
    """Of a text of the library the routine can only mend its own line."""
    return text.location if text.location.path == step.location.path else step.location


def _of(
    text: Text | None,
    what: What,
    at: SourceLocation | None = None,
    step: Step | None = None,
    index: int | None = None,
) -> Iterator[Said]:
    if text is not None:
        for language, words in text.by_language.items():
            if words == FILLER:
                continue
            yield Said(text=words, language=language, what=what, at=at or text.location, step=step, index=index)
