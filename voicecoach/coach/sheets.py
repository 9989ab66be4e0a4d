"""Sheets to print: a routine as it was chosen, written where a person wants it."""

from __future__ import annotations

from pathlib import Path

from voicecoach.coach.compiling import chosen_timeline
from voicecoach.coach.naming import length
from voicecoach.coach.options import PLAIN_FILE, Options
from voicecoach.coach.outputs import foreign_files, refuse_if_read
from voicecoach.coach.planning import estimated_ms
from voicecoach.coach.progress import Report
from voicecoach.coach.references import reference
from voicecoach.coach.sounds import Sounds
from voicecoach.coach.voices import choose_voice
from voicecoach.coach.writing import write_text
from voicecoach.compiler.choice import LEVEL_CHOICES, Choice
from voicecoach.compiler.variables import filled
from voicecoach.errors import OutputError
from voicecoach.language.spoken import about_ms
from voicecoach.model import Language, Routine
from voicecoach.output import marks
from voicecoach.output.files import check_place
from voicecoach.reading_files import expanded
from voicecoach.sheet import qr
from voicecoach.sheet.formats import format_of
from voicecoach.sheet.words import Words
from voicecoach.sheet.written import sheet, sources_of


def in_the_way(path: str, routine: Routine, options: Options, sounds: Sounds) -> list[tuple[Path, str]]:
    """What is there and is no sheet of the routine. Raises `OptionError` and `OutputError` where none may be."""
    format_of(path)
    if "\0" in path:
        raise OutputError(f"no file can be called {path!r}", hint="Choose another name.")
    check_place(expanded(path))
    refuse_if_read(path, [routine.location.path], options.voice or "", options, sounds, PLAIN_FILE)
    return foreign_files(path, routine.id, PLAIN_FILE, split=False)


def write_sheet(path: str, routine: Routine, options: Options, sounds: Sounds, url: str, report: Report) -> Path:
    """Raises what `in_the_way` raises, `RoutineError` for texts that are missing, and what a chosen length raises."""
    in_the_way(path, routine, options, sounds)
    written, language = format_of(path), language_of(routine, options, sounds)
    url = qr.checked(url) if url else ""
    choice = _choice(routine, options, sounds, report)
    routine = filled(routine, options.vars, language)
    sources = sorted(reference(source, language) for source in sources_of(routine, choice))
    made = sheet(routine, choice, language, _length(routine, options, language), sources, url)
    write_text(expanded(path), written(made, marks.mark(routine.id)))
    return expanded(path)


def language_of(routine: Routine, options: Options, sounds: Sounds) -> Language:
    """A sheet needs no voice; but one that is named brings its language."""
    named = options.voice is not None and options.language is None
    return choose_voice(routine, options, sounds)[0] if named else options.language or routine.language


def _choice(routine: Routine, options: Options, sounds: Sounds, report: Report) -> Choice:
    if options.fit_ms is None:
        return LEVEL_CHOICES[options.level]
    return chosen_timeline(routine, options, sounds, report)[1]


def _length(routine: Routine, options: Options, language: Language) -> str:
    if options.fit_ms is not None:
        return length(options.fit_ms)
    estimated = about_ms(estimated_ms(routine, language, options.level))
    return Words(language).say("about", time=length(estimated))
