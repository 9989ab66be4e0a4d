"""Words ahead: everything that a routine may say is spoken before anyone waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from voicecoach.coach.compiling import compile_routine
from voicecoach.coach.options import Options
from voicecoach.coach.planning import plan_cues
from voicecoach.coach.progress import Report, quiet
from voicecoach.coach.reading import spoken_languages
from voicecoach.coach.sounds import Sounds
from voicecoach.model import CueSheet, Language, Routine, Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Warmed:
    """What was made ready."""

    voices: tuple[str, ...]
    said: tuple[Utterance, ...]
    new: int
    """How many of them were never spoken before."""


def warm(routine: Routine, options: Options, sounds: Sounds, report: Report = quiet) -> Warmed:
    """Speaks everything that a routine may say, shorter forms too: in the languages that it speaks, or in the one
    that was chosen. Raises what `compile_routine` raises."""
    chosen = options.language or options.voice
    languages: Sequence[Language | None] = [options.language] if chosen else spoken_languages(routine)
    sheets = []
    for language in languages:
        if options.fit_ms is not None:  # what is chosen decides the words: only fitting knows them
            compile_routine(routine, replace(options, language=language), sounds, report)
        sheets.append(plan_cues(routine, replace(options, language=language), sounds))
    said = tuple(dict.fromkeys(utterance for sheet in sheets for utterance in _all_said(sheet)))
    new = sounds.prepare(said, report)
    return Warmed(voices=tuple(dict.fromkeys(sheet.voice for sheet in sheets)), said=said, new=new)


def length_ms(said: Iterable[Utterance], sounds: Sounds) -> int:
    """How long all the words take together."""
    return sum(sounds.length(utterance).duration_ms for utterance in said)


def _all_said(sheet: CueSheet) -> Iterator[Utterance]:
    for cue in sheet.cues:
        yield from (form.sound for form in cue.forms() if isinstance(form.sound, Utterance))
