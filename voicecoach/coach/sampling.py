"""A voice says something, so that a person knows whom they choose; or several say the same, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.advice import Advice, do
from voicecoach.coach.sounds import Sounds
from voicecoach.compiler.schedule import schedule
from voicecoach.errors import MissingError, NotFoundError, SpeechError
from voicecoach.language.phrasebook import phrasebook, sentences
from voicecoach.language.wording import name_in_english
from voicecoach.model import Cue, CueSheet, Language, PlannedStep, SourceLocation, Timeline, Utterance, Voice

_RECORDED_LINES = 8
"""How many lines are a sample of recordings."""
_AT = SourceLocation(path="sample", line=1, column=1)


def sample(voice: Voice, text: str | None, sounds: Sounds, language: Language | None = None) -> Timeline:
    """A programme of one text; without one, of a sentence and a count, or of the first lines that were recorded.

    Raises `NotFoundError` for a language that the voice does not speak, `SpeechError`.
    """
    if language and not voice.speaks(language):
        raise NotFoundError(f"the voice {voice.id} does not speak {name_in_english(language)}")
    return _said_by([(voice, language or voice.language)], text, sounds)


def comparison(voices: Sequence[tuple[Voice, Language]], sounds: Sounds) -> Timeline:
    """A programme in which each of the voices says the sample of its language, a step each. Raises `SpeechError`."""
    return _said_by(voices, None, sounds)


def able(sounds: Sounds, language: Language | None) -> tuple[list[tuple[Voice, Language]], list[tuple[Voice, str]]]:
    """Who is here and speaks the language, or any, each in its first one; and who cannot after all, with the reason.

    Raises `MissingError` if nobody is here.
    """
    found: list[tuple[Voice, Language]] = []
    silent: list[tuple[Voice, str]] = []
    for voice in sounds.speaker.voices():
        if voice.installed and (language is None or voice.speaks(language)):
            chosen = language or voice.language
            try:
                sounds.prepare(_said(voice, chosen, None, sounds))
                found.append((voice, chosen))
            except SpeechError as error:
                silent.append((voice, error.reason))
    if not found:
        raise MissingError("no voice is here that could be compared", hint=Advice("List the voices: ", do("voices")))
    return found, silent


def _said_by(voices: Sequence[tuple[Voice, Language]], text: str | None, sounds: Sounds) -> Timeline:
    cues = [
        Cue(sound=said, role="say", step_index=index, anchor="lead", location=_AT)
        for index, (voice, language) in enumerate(voices)
        for said in _said(voice, language, text, sounds)
    ]
    voice, language = voices[0]
    sheet = CueSheet(
        routine_id="sample",
        title=voice.name if len(voices) == 1 else ", ".join(voice.name for voice, _ in voices),
        language=language,
        voice=voice.id,
        steps=tuple(_step(index, voice) for index, (voice, _) in enumerate(voices)),
        cues=tuple(cues),
    )
    return schedule(sheet, sounds.length)


def _said(voice: Voice, language: Language, text: str | None, sounds: Sounds) -> list[Utterance]:
    recorded = sounds.speaker.recorded_lines(voice.id)[:_RECORDED_LINES]
    usual = phrasebook(language).say("voice-sample")
    said = sentences(text, language) if text else recorded or sentences(usual, language)
    pace = 1.0 if voice.quality == "own" else sounds.config.speaking(language).pace
    return [Utterance(text=sentence, language=language, voice=voice.id, pace=pace) for sentence in said]


def _step(index: int, voice: Voice) -> PlannedStep:
    return PlannedStep(
        index=index,
        kind="say",
        exercise_id=None,
        title=voice.name,
        side=None,
        round=1,
        work_ms=0,
        prepare_ms=0,
        stop=False,
        location=_AT,
    )
