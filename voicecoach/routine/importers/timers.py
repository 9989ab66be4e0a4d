"""Plain formats of timers: `text | seconds`, as text or as YAML, and the presets of a terminal's interval timer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from voicecoach.language.imported import any_of, language_of
from voicecoach.model import LANGUAGES, Language
from voicecoach.routine.importers.clean import cleaned, sentence, spoken_name
from voicecoach.routine.importers.expressions import duration_of
from voicecoach.routine.importers.moves import between_all, ends_with_rest, in_order, is_done, timed_part
from voicecoach.routine.importers.workout import Imported, Loss, Part, Repeat, Section, Source, Words, Workout


def read_list(source: Source) -> Imported:
    """`Burpees | 30`, with headings after `#`; or `instructions:` of texts and seconds."""
    losses: list[Loss] = []
    value = source.value if isinstance(source.value, dict) else None
    said = str(value.get("language", "")) if value else ""
    if found := re.search(r"^#\s*lang(?:uage)?:\s*([a-z]{2})", source.text, re.M | re.I):
        said = found[1].lower()
    language = said if said in LANGUAGES else language_of(source.text)
    title, parts = "", list[Part]()
    for line, kind, text, seconds in _entries(source, value):
        if kind == "heading":
            key, _, rest = text.partition(":")
            if rest and re.fullmatch(r"background\w*|music|language|lang|voice|speed", key.strip(), re.I):
                losses += [] if key.lower().startswith("lang") else [Loss(line, f"`{cleaned(key)}`")]
            elif not title and not parts:
                title = cleaned(text)
            else:
                parts.append(Section(title=spoken_name(cleaned(text))))
        elif part := _spoken_part(cleaned(text), seconds, language):
            parts.append(part)
    if value and value.get("background_urls"):
        losses.append(Loss(source.line_of("background_urls"), "the music"))
    return _timed(source, title, parts, language, losses)


def _entries(source: Source, value: dict[str, Any] | None) -> Iterator[tuple[int, str, str, str]]:
    if value is None:
        for line, text in enumerate(source.text.splitlines(), 1):
            if text.lstrip().startswith("#"):
                yield line, "heading", text.strip().lstrip("# "), ""
            elif text.strip():
                words, _, seconds = text.rpartition("|")
                is_timed = bool(words and re.fullmatch(r"\s*\d+(?:[.,]\d+)?\s*\w*\s*", seconds))
                yield line, "line", words if is_timed else text, seconds.strip() if is_timed else ""
        return
    for index, each in enumerate(value.get("instructions") or []):
        if isinstance(each, dict):
            lasts = str(each.get("duration_seconds", each.get("duration", "")))
            yield source.line_of("instructions", index), "line", str(each.get("text") or ""), lasts
        else:
            yield source.line_of("instructions", index), "line", str(each), ""


def _spoken_part(text: str, seconds: str, language: Language) -> Part | None:
    time = duration_of(seconds, "s") if seconds else None
    if time is None:
        return Words(text=sentence(text)) if sentence(text) else None
    if re.match(rf"(?:{any_of('end')})(?!\w)", text, re.I):
        return Words(text=sentence(text))
    return timed_part(text, time, language)


def read_preset(source: Source) -> Imported:
    """`exercises:` one a line, `exercise_time`, `rest_time` and `reps`, in seconds and rounds."""
    numbers: dict[str, str] = dict(re.findall(r"^(\w+):[ \t]*(\d+)[ \t]*$", source.text, re.M))
    listed = re.search(r"^exercises:[ \t]*\n((?:[ \t]+\S.*(?:\n|$)|[ \t]*\n)*)", source.text, re.M)
    names = [cleaned(name.strip(" \t-")) for name in (listed[1].splitlines() if listed else []) if name.strip()]
    heading = re.search(r"^#\s*(.+)$", source.text, re.M)
    language = language_of(" ".join(names))
    work, rest = (duration_of(numbers.get(key, ""), "s") for key in ("exercise_time", "rest_time"))
    known = {"exercise_time", "rest_time", "reps", "exercises"}
    losses = [
        Loss(source.text[: found.start()].count("\n") + 1, f"`{found[1]}`")
        for found in re.finditer(r"^(\w+):", source.text, re.M)
        if found[1] not in known
    ]
    parts: list[Part] = [timed_part(name, work, language) for name in names] if work else []
    parts = between_all(parts, rest) if rest else parts
    inner: list[Part] = [Repeat(rounds=numbers.get("reps", "1"), between=rest, parts=tuple(parts))] if parts else []
    return _timed(source, cleaned(heading[1]) if heading else "", inner, language, losses)


def _timed(source: Source, title: str, parts: list[Part], language: Language, losses: list[Loss]) -> Imported:
    if ends_with_rest(parts):
        losses.append(Loss(source.text.rstrip().count("\n") + 1, "the rest at the end: nothing comes after it"))
    workout = Workout(
        title=spoken_name(title or source.name) or "Workout",
        parts=tuple(in_order(parts)),
        language=language,
        timed=True,
    )
    return Imported(workouts=(workout,) if is_done(parts) else (), losses=tuple(losses))
