"""Just Another Workout Timer: one workout, or the backup of all.

`{"title", "sets": [{"repetitions", "exercises": [{"name", "duration"}]}]}`, in seconds; a backup is
`{"workouts": […]}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voicecoach.language.imported import language_of
from voicecoach.model import DurationRange, Language
from voicecoach.routine.importers.clean import cleaned, spoken_name
from voicecoach.routine.importers.moves import ends_with_rest, in_order, is_done, timed_part
from voicecoach.routine.importers.workout import Imported, Loss, Part, Repeat, Source, Workout

_MOST_ROUNDS = 100


def read(source: Source) -> Imported:
    value = source.value
    found = value.get("workouts") if isinstance(value.get("workouts"), list) else [value]
    reader = _Reader(source)
    workouts = [reader.workout(each) for each in found if isinstance(each, dict)]
    return Imported(workouts=tuple(each for each in workouts if is_done(each.parts)), losses=tuple(reader.losses))


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source, self.losses = source, list[Loss]()
        self.place = 0

    def line(self, text: str) -> int:
        """Where a text stands; JSON tells no lines."""
        at = self.source.text.find(text, self.place) if text else -1
        self.place = at if at >= 0 else self.place
        return self.source.text.count("\n", 0, self.place) + 1

    def workout(self, value: dict[str, Any]) -> Workout:
        title = cleaned(str(value.get("title") or "Workout"))
        language = language_of(" ".join(_names(value)))
        parts = [part for each in _list(value.get("sets")) for part in self._set(each, language)]
        if ends_with_rest(parts):
            self.losses.append(Loss(self.line(""), f"the rest at the end of “{title}”: nothing comes after it"))
        return Workout(
            title=spoken_name(title) or "Workout", parts=tuple(in_order(parts)), language=language, timed=True
        )

    def _set(self, value: Any, language: Language) -> Iterator[Part]:
        if not isinstance(value, dict):
            return
        parts = [part for each in _list(value.get("exercises")) for part in self._exercise(each, language)]
        rounds = _whole(value.get("repetitions"), 1)
        if rounds > _MOST_ROUNDS:
            self.losses.append(Loss(self.line(""), f"{rounds} repetitions: {_MOST_ROUNDS} are done"))
        if parts and rounds > 0:
            yield Repeat(rounds=str(min(rounds, _MOST_ROUNDS)), parts=tuple(parts))

    def _exercise(self, value: Any, language: Language) -> Iterator[Part]:
        if not isinstance(value, dict):
            return
        name = str(value.get("name") or "")
        line, seconds = self.line(name), value.get("duration", 30)
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 < seconds <= 86_400:
            self.losses.append(Loss(line, f"“{cleaned(name)}”: {seconds!r} is no number of seconds"))
            return
        ms = round(seconds * 1000)
        yield timed_part(cleaned(name), DurationRange(low_ms=ms, high_ms=ms), language)


def _names(value: dict[str, Any]) -> Iterator[str]:
    yield str(value.get("title") or "")
    for each in _list(value.get("sets")):
        for exercise in _list(each.get("exercises") if isinstance(each, dict) else None):
            yield str(exercise.get("name") or "") if isinstance(exercise, dict) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _whole(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default
