"""How an exercise is done, in the words of its author: as many before the start as one can keep in mind."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.compiler.draft import Draft
from voicecoach.language.phrasebook import sentences
from voicecoach.model import ExerciseStep, SourceLocation

NEW_WORDS = 25
"""Of set-up and instruction, at most so many are new before a start."""


@dataclass(frozen=True, slots=True)
class How:
    """How an exercise is done, as far as it is said now."""

    before: tuple[str, ...] = ()
    """The sentences that are said first."""
    later: tuple[str, ...] = ()
    """Those that are too many before a start: tips."""
    words_left: int = 0
    """How many words more may be new before the start."""
    location: SourceLocation | None = None


def explained(draft: Draft, step: ExerciseStep) -> How:
    setup, instruction = step.exercise.setup, step.exercise.instruction
    words = len(draft.text(setup).split()) if setup else 0
    if instruction is None:
        return How(words_left=NEW_WORDS - words)
    told = sentences(draft.text(instruction), draft.language)
    count = 0
    for sentence in told:
        words += len(sentence.split())
        if words > NEW_WORDS and count:
            break
        count += 1
    return How(tuple(told[:count]), tuple(told[count:]), NEW_WORDS - words, instruction.location)


def reminder(draft: Draft, step: ExerciseStep) -> How:
    """In few words: what the author wrote for it, else how the instruction begins."""
    exercise = step.exercise
    if exercise.reminder:
        return How(
            tuple(sentences(draft.text(exercise.reminder), draft.language)), location=exercise.reminder.location
        )
    text = exercise.instruction or exercise.setup
    return How(tuple(sentences(draft.text(text), draft.language)[:1]), location=text.location) if text else How()
