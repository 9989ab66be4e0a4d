"""A routine file → what a list says of it. Kept as long as the file and its exercises stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from voicecoach.coach.places import Places
from voicecoach.coach.planning import estimated_ms
from voicecoach.coach.progress import Progress, Report
from voicecoach.coach.reading import kept_readings, spoken_languages
from voicecoach.coach.ruling import rule_problems
from voicecoach.errors import VoicecoachError
from voicecoach.model import Language
from voicecoach.provenance import code_digest
from voicecoach.routine.kept import kept_library, made_of
from voicecoach.routine.library import Library, load_routine

Facts = dict[str, Any]
"""The fields of an `Entry`, but for its id and path."""


def facts_of(
    at: Places, paths: Sequence[Path], language: Language | None, report: Report
) -> Iterator[tuple[Path, Facts | None]]:
    """What a list in the language says of each file; `None` of those that have errors."""
    kept, code = kept_readings(at), code_digest(__name__)
    library = kept_library(at.own, kept) if paths else Library()
    for done, path in enumerate(paths, 1):
        report(Progress("files", done, len(paths)))
        make = partial(_facts, path, language=language)
        yield path, made_of(path, library, kept, make, code, language)


def _facts(path: Path, library: Library, language: Language | None) -> Facts | None:
    try:
        routine, _ = load_routine(path, library)
    except VoicecoachError:
        return None
    if any(problem.severity == "error" for problem in rule_problems(routine)):
        return None
    languages = spoken_languages(routine)
    shown = language if language in languages else routine.language
    try:
        duration_ms = estimated_ms(routine, shown)
    except VoicecoachError:  # a text is missing in the language
        return None
    return {
        "title": routine.title.get(shown),
        "phase": routine.phase,
        "language": routine.language,
        "languages": languages,
        "duration_ms": duration_ms,
    }
