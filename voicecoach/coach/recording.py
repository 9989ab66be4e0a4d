"""What to record, so that a voice of one's own can lead a routine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voicecoach.coach.options import Options
from voicecoach.coach.planning import plan_routine
from voicecoach.coach.sounds import Sounds
from voicecoach.coach.voices import voice_named
from voicecoach.errors import VoicecoachError
from voicecoach.model import Language, Routine, Voice
from voicecoach.speech.recordings.lines import Line, as_manifest, as_markdown, as_tsv, lines
from voicecoach.speech.recordings.manifest import line_key


def lines_to_record(routines: Sequence[Routine], options: Options, sounds: Sounds) -> tuple[Language, list[Line]]:
    """The distinct lines of the routines, all in one language; only those that are missing in `options.voice`, if
    that is one of recordings.

    Raises `NotFoundError`, `SettingsError`, and `RoutineError` for texts that are missing in the language.
    """
    voice = voice_named(options.voice, sounds) if options.voice else None
    language = options.language or (voice.language if voice else routines[0].language)
    found = lines_of(routines, options, language)
    if voice is None:
        return language, found
    recorded = set(map(line_key, sounds.speaker.recorded_lines(voice.id)))
    return language, [line for line in found if line_key(line.text) not in recorded]


def lines_of(routines: Iterable[Routine], options: Options, language: Language) -> list[Line]:
    """The distinct lines of the routines in the language, whoever says them."""
    nobody = Voice(id="", name="", language=language, quality="own", licence="")
    return lines(plan_routine(routine, options, language, nobody) for routine in routines)


def recording_sheet(found: Sequence[Line], language: Language, ending: str) -> str:
    """The lines as `.tsv`, `.md` or `.toml`, which is a manifest. Raises `VoicecoachError` for another ending."""
    if ending in (".md", ".markdown"):
        return as_markdown(found)
    if ending == ".toml":
        return as_manifest(found, language)
    if ending in (".tsv", ".txt"):
        return as_tsv(found)
    raise VoicecoachError(f"a list is not written as “{ending}”", hint="Name the file .tsv, .md or .toml.")
