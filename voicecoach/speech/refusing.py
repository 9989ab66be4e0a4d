"""What an engine refuses before it speaks, in the same words and the same order whichever engine it is."""

from __future__ import annotations

import math
from collections.abc import Iterable

from voicecoach.errors import SpeechError
from voicecoach.model import Utterance, Voice
from voicecoach.speech.sayable import too_long


def refusal(utterance: Utterance, reason: str) -> SpeechError:
    return SpeechError(utterance.text, utterance.voice, reason)


def check(utterance: Utterance, voices: Iterable[Voice], text: str | None = None) -> None:
    """Raises `SpeechError` for what no engine needs to try. `text`: what it would try, if not the
    utterance's own."""
    voice = next((voice for voice in voices if voice.id == utterance.voice), None)
    if voice is None:
        raise refusal(utterance, "there is no such voice")
    if not voice.speaks(utterance.language):
        spoken = " and ".join(f"“{language}”" for language in voice.languages)
        raise refusal(utterance, f"it speaks {spoken}, and the words are “{utterance.language}”")
    if not voice.installed:
        raise refusal(utterance, "it is not installed")
    text = utterance.text if text is None else text
    if not text.strip():
        raise refusal(utterance, "there is nothing to say")
    if reason := too_long(text):
        raise refusal(utterance, reason)
    if not (math.isfinite(utterance.pace) and utterance.pace > 0):
        raise refusal(utterance, f"{utterance.pace} is not a pace")
