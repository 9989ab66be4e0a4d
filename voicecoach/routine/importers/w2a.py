"""w2a (workout to audio): a YAML file of exercises, each announced in a pause before it."""

from __future__ import annotations

import re
from typing import Any

from voicecoach.language.imported import language_of
from voicecoach.model import DurationRange, Language
from voicecoach.routine.importers.clean import cleaned, sentence, spoken_name
from voicecoach.routine.importers.expressions import duration_of
from voicecoach.routine.importers.moves import between_all, in_order, is_called, is_rest
from voicecoach.routine.importers.workout import Imported, Loss, Move, Part, Pause, Source, Workout

_NOT_NEEDED = {"tts", "audio_format", "i18n", "log_level", "exercise_beginning", "pause", "half_time", "exercises"}
_ANNOUNCED = ("before_workout_announce", "after_workout_announce")


def read(source: Source) -> Imported:
    value, losses = source.value, list[Loss]()
    found = value.get("exercises") if isinstance(value.get("exercises"), list) else value.get("workout")
    exercises = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    key = "exercises" if isinstance(value.get("exercises"), list) else "workout"
    language = language_of(
        " ".join(str(text) for each in exercises for text in (each.get("name"), each.get("texts")))
    )
    parts: list[Part] = []
    half = value.get("half_time") if isinstance(value.get("half_time"), dict) else {}
    for index, each in enumerate(exercises):
        line = source.line_of(key, index)
        time = duration_of(str(each.get("duration", "")), "s")
        if time is None:
            losses.append(Loss(line, f"“{each.get('name')}” does not say how long"))
            continue
        parts.append(_move(each, time, half, language))
        if each.get("half_time") and half.get("duration"):
            losses.append(
                Loss(line, f"the {half['duration']} that half-time adds: what is said there lies in the exercise")
            )
    pause = value.get("pause") if isinstance(value.get("pause"), dict) else {}
    if rest := duration_of(str(pause.get("duration", "")), "s"):
        parts = between_all(parts, rest)
    for other in value:
        if other not in (*_NOT_NEEDED, *_ANNOUNCED, key) and not isinstance(value[other], dict):
            losses.append(Loss(source.line_of(other), f"`{other}`"))
    before, after = (_spoken(value.get(name)) for name in _ANNOUNCED)
    workout = Workout(
        title=spoken_name(source.name),
        parts=tuple(in_order(parts)),
        language=language,
        intro=before,
        outro=after,
        timed=True,
    )
    return Imported(workouts=(workout,) if parts else (), losses=tuple(losses))


def _move(value: dict[str, Any], time: DurationRange, half: dict[str, Any], language: Language) -> Part:
    name = cleaned(str(value.get("name") or "Exercise"))
    if is_rest(name):
        return Pause(time=time)
    texts = [sentence(cleaned(str(text))) for text in value.get("texts") or [] if str(text).strip()]
    every_ms = time.low_ms // max(1, len(texts))
    return Move(
        name=spoken_name(name),
        time=time,
        still=is_called(name, "still"),
        halfway=_spoken(half.get("text")) if value.get("half_time") else "",
        said_at=tuple((max(1000, index * every_ms // 1000 * 1000), text) for index, text in enumerate(texts)),
    )


def _spoken(value: Any) -> str:
    """Its sentences, but for those with a number of its own to fill in: the coach says those itself."""
    sentences = re.split(r"(?<=[.!?])\s+", cleaned(str(value or "")))
    return " ".join(sentence(each) for each in sentences if each and "{{" not in each)
