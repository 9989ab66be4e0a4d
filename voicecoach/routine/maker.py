"""Shapes → model: texts and exercises, and what one file says for all its steps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from voicecoach.model import LANGUAGES, Counting, Exercise, HalfWords, Language, Problem, Text
from voicecoach.routine import documents as shape
from voicecoach.routine import hints
from voicecoach.routine.faults import wrong
from voicecoach.routine.yaml_tree import Path, Tree

_FIGURES = re.compile(r"[\d.,/×x+% -]*\d[\d.,/×x+% -]*(?:kg|g|lbs?|%|km|m|cm|w|watt)?", re.I)
"""A load of figures and a unit is read aloud in any language."""


@dataclass(slots=True)
class Defaults:
    """What a routine says once for all its steps."""

    prepare_ms: int = 8000
    change_ms: int = 6000
    written: frozenset[str] = frozenset()
    """Which of them somebody wrote."""
    count_in: int = 0
    counting: Counting = field(default_factory=lambda: Counting(style="last", seconds=5))

    def prepare(self, own_ms: int | None) -> tuple[int, bool]:
        """The time to get ready of a step that may name its own, and whether anybody wrote it."""
        return (self.prepare_ms, "prepare" in self.written) if own_ms is None else (own_ms, True)

    def change(self, own_ms: int | None = None) -> tuple[int, bool]:
        """As `prepare`, the time to change sides."""
        return (self.change_ms, "change" in self.written) if own_ms is None else (own_ms, True)


class Maker:
    """Makes model values of the shapes of one file; knows the file's places and its language."""

    def __init__(
        self, tree: Tree, language: Language | None, library: Mapping[str, Exercise], problems: list[Problem]
    ) -> None:
        self.tree, self.language, self.library, self.problems = tree, language, library, problems
        self.defaults = Defaults()

    def find_exercise(self, found: str | shape.ExerciseShape, path: Path) -> Exercise | None:
        if isinstance(found, shape.ExerciseShape):
            return self.exercise(found, path, None)
        if found in self.library:
            return self.library[found]
        message, hint = f"there is no exercise `{found}`", hints.for_exercise(found, self.library)
        self.problems.append(wrong("unknown-exercise", message, self.tree.at(path), hint))
        return None

    def exercise(self, found: shape.ExerciseShape, path: Path, id_: str | None) -> Exercise:
        return Exercise(
            id=id_,
            name=self.text(found.name, (*path, "name")),
            kind=found.kind,
            sides=found.sides,
            setup=self.maybe_text(found.setup, (*path, "setup")),
            instruction=self.maybe_text(found.instruction, (*path, "instruction")),
            tips=self.texts(found.tips, (*path, "tips")),
            caution=self.maybe_text(found.caution, (*path, "caution")),
            easier=found.easier,
            place=found.place,
            ending=self.maybe_text(found.ending, (*path, "ending")),
            limb=self.maybe_text(found.limb, (*path, "limb")),
            reminder=self.maybe_text(found.reminder, (*path, "reminder")),
            equipment=tuple(found.equipment),
            intensity=found.intensity,
            hold=found.hold,
            duration=found.duration,
            reps=found.reps,
            words=self.words(found.words, (*path, "words")),
            sources=tuple(found.sources),
            location=self.tree.at(path) if id_ is None else self.tree.key_at(path),
        )

    def in_own_words(self, exercise: Exercise, found: shape.ExerciseStepShape, path: Path) -> Exercise:
        """The exercise with what the step says itself in place of its own words."""
        if (found.name, found.setup, found.instruction, found.tips) == (None, None, None, None):
            return exercise
        instruction = self.maybe_text(found.instruction, (*path, "instruction"))
        return replace(
            exercise,
            name=self.maybe_text(found.name, (*path, "name")) or exercise.name,
            setup=self.maybe_text(found.setup, (*path, "setup")) or exercise.setup,
            instruction=instruction or exercise.instruction,
            reminder=None if instruction else exercise.reminder,
            tips=exercise.tips if found.tips is None else self.texts(found.tips, (*path, "tips")),
        )

    def words(self, found: shape.WordsShape | str | None, path: Path) -> HalfWords | None:
        if not isinstance(found, shape.WordsShape):
            return HalfWords() if found else None
        halves = {half: self.maybe_text(getattr(found, half), (*path, half)) for half in ("up", "down")}
        return HalfWords(**halves)

    def load(self, found: str | dict[str, str] | None, path: Path) -> Text | None:
        if isinstance(found, str) and _FIGURES.fullmatch(found.strip()):
            return self.shared(found, path)
        return self.maybe_text(found, path)

    def shared(self, found: str | dict[str, str] | None, path: Path) -> Text | None:
        """A text that is the same in every language."""
        if isinstance(found, str):
            return Text(by_language=dict.fromkeys(LANGUAGES, found), location=self.tree.at(path))
        return self.maybe_text(found, path)

    def texts(self, found: Sequence[str | dict[str, str]], path: Path) -> tuple[Text, ...]:
        return tuple(self.text(text, (*path, index)) for index, text in enumerate(found))

    def maybe_text(self, found: str | dict[str, str] | None, path: Path) -> Text | None:
        return None if found is None else self.text(found, path)

    def text(self, found: str | dict[str, str], path: Path) -> Text:
        at = self.tree.at(path)
        if isinstance(found, dict):
            return Text(by_language=dict(found), location=at)
        if self.language is None:
            keys = " or ".join(f"`language: {language}`" for language in LANGUAGES)
            hint = f"Add {keys} to the file, or write {{{', '.join(f'{code}: …' for code in LANGUAGES)}}}."
            if not any(problem.rule == "which-language" for problem in self.problems):
                self.problems.append(wrong("which-language", "no one says which language this text is in", at, hint))
            return Text(by_language={}, location=at)
        return Text(by_language={self.language: found}, location=at)
