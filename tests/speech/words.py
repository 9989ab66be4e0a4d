"""Shorthand for utterances."""

from __future__ import annotations

from voicecoach.model import Language, Utterance

VOICE = {"da": "pyttsx3:gmq/da", "en": "pyttsx3:gmw/en-us"}


def da(text: str, pace: float = 1.0) -> Utterance:
    return Utterance(text=text, language="da", voice=VOICE["da"], pace=pace)


def en(text: str, pace: float = 1.0) -> Utterance:
    return Utterance(text=text, language="en", voice=VOICE["en"], pace=pace)


def fake(text: str, language: Language = "da") -> Utterance:
    return Utterance(text=text, language=language, voice=f"fake:{language}")
