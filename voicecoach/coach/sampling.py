"""A voice says something, so that a person knows whom they choose."""

from __future__ import annotations

from voicecoach.coach.sounds import Sounds
from voicecoach.compiler.schedule import schedule
from voicecoach.language.phrasebook import phrasebook, sentences
from voicecoach.model import Cue, CueSheet, PlannedStep, SourceLocation, Timeline, Utterance, Voice

_RECORDED_LINES = 8
"""How many lines are a sample of recordings."""


def sample(voice: Voice, text: str | None, sounds: Sounds) -> Timeline:
    """A programme of one text; without one, of a sentence and a count, or of the first lines that were recorded.

    Raises `SpeechError`.
    """
    recorded = sounds.speaker.recorded_lines(voice.id)[:_RECORDED_LINES]
    usual = phrasebook(voice.language).say("voice-sample")
    said = recorded if recorded and not text else sentences(text or usual, voice.language)
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
