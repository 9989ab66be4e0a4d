"""What a person does with voices beside leading a routine: hear one, speak words ahead, list what to record.

The other half of the spine: like `pipeline`, and on top of it, this joins stages. Nothing here prints or asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicecoach.coach.pipeline import (
    Options,
    Sounds,
    compile_routine,
    cue_sheet,
    levelled,
    plan_routine,
    spoken_languages,
)
from voicecoach.errors import MissingError, NotFoundError, VoicecoachError
from voicecoach.model import (
    LANGUAGES,
    Cue,
    CueSheet,
    Language,
    PlannedStep,
    Routine,
    SourceLocation,
    Timeline,
    Utterance,
    Voice,
)

if TYPE_CHECKING:
    from voicecoach.playback.player import Player
    from voicecoach.speech.recordings.lines import Line

_RECORDED_LINES = 8
"""How many lines are a sample of recordings."""


# --- who speaks ----------------------------------------------------------------------------------------------


def default_voices(sounds: Sounds) -> dict[Language, str]:
    """The id of the voice that speaks a language when none is named; a language that nobody speaks is left out."""
    found: dict[Language, str] = {}
    for language in LANGUAGES:
        try:
            found[language] = sounds.speaker.voice_for(language, sounds.config.speaking(language).voice).id
        except VoicecoachError:
            continue
    return found


def voice_named(wanted: str, sounds: Sounds) -> Voice:
    """The voice of an id, whatever it speaks. Raises `NotFoundError` or `MissingError`."""
    speaker = sounds.speaker
    if named := speaker.named(wanted):
        return speaker.voice_for(named.language, wanted)
    for language in LANGUAGES[:-1]:
        try:
            return speaker.voice_for(language, wanted)
        except (NotFoundError, MissingError):
            continue
    return speaker.voice_for(LANGUAGES[-1], wanted)


def introduced(voice_id: str, sounds: Sounds) -> str:
    """“eSpeak Danish (pyttsx3:gmq/da, basic)”: who speaks, in one line."""
    voice = sounds.speaker.named(voice_id)
    if voice is None:
        return voice_id
    filler = sounds.speaker.fill_from(voice_id)
    rest = f"; what is not recorded: {filler}" if filler else ""
    return f"{voice.name} ({voice.id}, {voice.quality}){rest}"


# --- a sample ------------------------------------------------------------------------------------------------


def sample(voice: Voice, text: str | None, sounds: Sounds) -> Timeline:
    """A programme of one text; without one, of a sentence and a count, or of the first lines that were recorded.

    Raises `SpeechError`.
    """
    from voicecoach.compiler.schedule import schedule
    from voicecoach.language.phrasebook import phrasebook, sentences

    recorded = sounds.speaker.recorded_lines(voice.id)[:_RECORDED_LINES]
    said = sentences(text) if text else recorded or sentences(phrasebook(voice.language).say("voice-sample"))
    at = SourceLocation(path="sample", line=1, column=1)
    pace = 1.0 if voice.quality == "own" else sounds.config.speaking(voice.language).pace
    step = PlannedStep(
        index=0,
        kind="say",
        exercise_id=None,
        title=voice.name,
        side=None,
        round=1,
        work_ms=0,
        prepare_ms=0,
        stop=False,
        location=at,
    )
    cues = tuple(
        Cue(
            sound=Utterance(text=sentence, language=voice.language, voice=voice.id, pace=pace),
            role="say",
            step_index=0,
            anchor="lead",
            location=at,
        )
        for sentence in said
    )
    sheet = CueSheet(
        routine_id="sample", title=voice.name, language=voice.language, voice=voice.id, steps=(step,), cues=cues
    )
    return schedule(sheet, sounds.length)


def sample_player(timeline: Timeline, sounds: Sounds, device: str) -> Player:
    """A player of a timeline that is whole, not started yet; a context manager."""
    from voicecoach.playback.devices import open_device
    from voicecoach.playback.player import Player
    from voicecoach.render.mix import render_blocks

    return Player(
        levelled(timeline, sounds),
        lambda whole, start_ms: render_blocks(whole, sounds.audio, start_ms=start_ms),
        open_device(device),
    )


# --- words ahead ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Warmed:
    """What was made ready."""

    voices: tuple[str, ...]
    said: tuple[Utterance, ...]
    new: int
    """How many of them were never spoken before."""


def warm(routine: Routine, options: Options, sounds: Sounds) -> Warmed:
    """Speaks everything that a routine may say, shorter forms too: in the languages that it speaks, or in the one
    that was chosen. Raises what `pipeline.compile_routine` raises."""
    chosen = options.language or options.voice
    languages: Sequence[Language | None] = [options.language] if chosen else spoken_languages(routine)
    sheets = []
    for language in languages:
        if options.fit_ms is not None:  # what is chosen decides the words: only fitting knows them
            compile_routine(routine, replace(options, language=language), sounds)
        sheets.append(cue_sheet(routine, replace(options, language=language), sounds))
    said = tuple(dict.fromkeys(utterance for sheet in sheets for utterance in _all_said(sheet)))
    new = sounds.prepare(said)
    return Warmed(voices=tuple(dict.fromkeys(sheet.voice for sheet in sheets)), said=said, new=new)


def length_ms(said: Iterable[Utterance], sounds: Sounds) -> int:
    """How long all the words take together."""
    return sum(sounds.length(utterance).duration_ms for utterance in said)


def _all_said(sheet: CueSheet) -> Iterator[Utterance]:
    for cue in sheet.cues:
        form: Cue | None = cue
        while form is not None:
            if isinstance(form.sound, Utterance):
                yield form.sound
            form = form.shorter


# --- what to record ------------------------------------------------------------------------------------------


def lines_to_record(routines: Sequence[Routine], options: Options, sounds: Sounds) -> tuple[Language, list[Line]]:
    """The distinct lines of the routines, all in one language; only those that are missing in `options.voice`, if
    that is one of recordings.

    Raises `NotFoundError`, `SettingsError`, and `RoutineError` for texts that are missing in the language.
    """
    from voicecoach.speech.recordings.lines import lines
    from voicecoach.speech.recordings.manifest import line_key

    voice = voice_named(options.voice, sounds) if options.voice else None
    language = options.language or (voice.language if voice else routines[0].language)
    nobody = Voice(id="", name="", language=language, quality="own", licence="")
    found = lines(plan_routine(routine, options, language, nobody) for routine in routines)
    if voice is None:
        return language, found
    recorded = set(map(line_key, sounds.speaker.recorded_lines(voice.id)))
    return language, [line for line in found if line_key(line.text) not in recorded]


def recording_sheet(found: Sequence[Line], language: Language, ending: str) -> str:
    """The lines as `.tsv`, `.md` or `.toml`, which is a manifest. Raises `VoicecoachError` for another ending."""
    from voicecoach.speech.recordings.lines import as_manifest, as_markdown, as_tsv

    if ending in (".md", ".markdown"):
        return as_markdown(found)
    if ending == ".toml":
        return as_manifest(found, language)
    if ending in (".tsv", ".txt"):
        return as_tsv(found)
    raise VoicecoachError(f"a list is not written as “{ending}”", hint="Name the file .tsv, .md or .toml.")
