"""Every text of a routine that is said, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from voicecoach.model import Exercise, ExerciseStep, Language, SayStep, SourceLocation, Step, Text
from voicecoach.routine.checks.view import View

FILLER = "?"
"""In every language, where a file is read on without what is broken: nobody wrote it, and nobody says it."""
What = Literal["title", "intro", "outro", "say", "name", "other"]


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
        if isinstance(step, SayStep):
            yield from _of(step.text, "say", step.location, step, index)
        elif isinstance(step, ExerciseStep):
            # of the library: the routine can only mend its own line
            at = step.location if step.exercise.id is not None else None
            yield from _of(step.exercise.name, "name", at, step, index)
            for text in texts_of(step.exercise):
                yield from _of(text, "other", at, step, index)
    yield from _of(routine.outro, "outro")


def texts_of(exercise: Exercise) -> list[Text]:
    """All but the name."""
    written = (exercise.setup, exercise.instruction, exercise.reminder, exercise.ending, exercise.caution)
    return [*(text for text in written if text is not None), *exercise.tips]


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
