"""All that is known of the exercises of the library: what `exercises` lists, finds and shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from voicecoach.coach.places import Places
from voicecoach.coach.reading import library_of, readable
from voicecoach.coach.references import reference
from voicecoach.errors import NotFoundError
from voicecoach.model import (
    CountRange,
    DurationRange,
    Exercise,
    ExerciseStep,
    HalfWords,
    Language,
    Problem,
    RepeatStep,
    SourceLocation,
    Step,
    Text,
)
from voicecoach.routine.hints import for_exercise, named
from voicecoach.units import format_range

_OF_ITS_OWN = ("id", "name", "sources", "location", "easier")
"""Fields that a card shows in a way of their own. All others are shown as they are, those of tomorrow too."""


@dataclass(frozen=True, slots=True)
class Cards:
    """The library, by id in alphabetical order, and the problems of its files."""

    exercises: Mapping[str, Exercise]
    problems: Sequence[Problem]
    at: Places

    def found(self, word: str) -> list[Exercise]:
        """The exercise of that id or name, in any spelling and either language; else all that have the word.

        Raises `NotFoundError` with the nearest.
        """
        if id_ := named(word, self.exercises):
            return [self.exercises[id_]]
        within = [item for item in self.exercises.values() if word.strip() and word.casefold() in _words(item)]
        if not within:
            raise NotFoundError(f"there is no exercise “{word}”", hint=for_exercise(word, self.exercises))
        return within

    def card(self, exercise: Exercise, language: Language) -> list[tuple[str, list[str]]]:
        """What is known of an exercise: a heading, which is a key where there is one, and its lines."""
        names = [text for other in (language, *exercise.name.by_language) if (text := exercise.name.get(other))]
        rows = [("id", [exercise.id or ""]), ("name", list(dict.fromkeys(names)))]
        rows += [(key, _lines(value, language)) for key, value in _values(exercise)]
        if exercise.easier:
            rows.append(("easier", [self._titled(exercise.easier, language)]))
        gentler_than = [item.id or "" for item in self.exercises.values() if item.easier == exercise.id]
        rows.append(("easier than", [self._titled(id_, language) for id_ in gentler_than]))
        rows.append(("sources", [reference(source, language) for source in exercise.sources]))
        rows.append(("used in", [", ".join(routines_with(exercise.id or "", self.at))]))
        rows.append(("file", [f"{exercise.location.path}:{exercise.location.line}"]))
        return [(key, lines) for key, lines in rows if any(lines)]

    def _titled(self, id_: str, language: Language) -> str:
        exercise = self.exercises.get(id_)
        name = exercise.name.get(language) if exercise else None
        return f"{id_}: {name}" if name else id_


def cards(at: Places) -> Cards:
    library = library_of(at)
    return Cards(dict(sorted(library.exercises.items())), library.problems, at)


def as_json(exercise: Exercise) -> dict[str, Any]:
    """All fields of an exercise as plain values; a text is an object, a text a language."""
    plain = {field.name: _plain(getattr(exercise, field.name)) for field in fields(exercise)}
    del plain["location"]
    return {**plain, "file": exercise.location.path, "line": exercise.location.line}


def routines_with(id_: str, at: Places) -> list[str]:
    """The ids of the routines that do an exercise; those that cannot be read are left out."""
    return [name for name, routine in readable(at) if id_ in _ids(routine.steps)]


def _ids(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield from _ids(step.steps)
        elif isinstance(step, ExerciseStep) and step.exercise.id:
            yield step.exercise.id


def _words(exercise: Exercise) -> str:
    return " ".join([exercise.id or "", *exercise.name.by_language.values()]).casefold()


def _values(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    for field in fields(exercise):
        value = getattr(exercise, field.name)
        if field.name not in _OF_ITS_OWN and value not in (None, ()):
            yield field.name, value


def _lines(value: Any, language: Language) -> list[str]:
    if isinstance(value, Text):
        return [value.get(language) or f"(not in {language})"]
    if isinstance(value, DurationRange):
        return [format_range(value.low_ms, value.high_ms)]
    if isinstance(value, CountRange):
        return [str(value.low) if value.is_fixed else f"{value.low}-{value.high}"]
    if isinstance(value, HalfWords):
        halves = (("up", value.up), ("down", value.down))
        return [f"{key}: {text.get(language)}" for key, text in halves if text] or ["off"]
    if isinstance(value, tuple) and value and isinstance(value[0], Text):
        return [line for text in value for line in _lines(text, language)]
    return [", ".join(map(str, value))] if isinstance(value, tuple) else [str(value)]


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return dict(value.by_language)
    if isinstance(value, DurationRange):
        return {"low_ms": value.low_ms, "high_ms": value.high_ms}
    if isinstance(value, CountRange):
        return value.low if value.is_fixed else {"low": value.low, "high": value.high}
    if isinstance(value, HalfWords):
        return {"up": _plain(value.up), "down": _plain(value.down)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, SourceLocation) else value
