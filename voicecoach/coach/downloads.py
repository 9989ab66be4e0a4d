"""Voices that can be had: found, fetched, and taken away again."""

from __future__ import annotations

import os

from voicecoach.coach.places import Places
from voicecoach.speech.download.remote import RemoteVoice as RemoteVoice  # all of this is for the guests
from voicecoach.speech.download.voices import add_voice as add_voice
from voicecoach.speech.download.voices import find_voice as find_voice
from voicecoach.speech.download.voices import is_here as is_here
from voicecoach.speech.download.voices import is_supertonic
from voicecoach.speech.download.voices import remove_voice as remove_voice
from voicecoach.speech.piper import voices as piper
from voicecoach.speech.supertonic import files as supertonic_files
from voicecoach.speech.supertonic import voices as supertonic

PIPER_URL, SUPERTONIC_URL = "VOICECOACH_VOICES_URL", "VOICECOACH_SUPERTONIC_URL"
"""In the environment."""


def voices_url(voice: str, at: Places) -> str | None:
    """Where a voice is fetched from: as the environment or the configuration says; `None`: from the usual place.
    Raises `SettingsError`."""
    config = at.config()
    if is_supertonic(voice):
        return os.environ.get(SUPERTONIC_URL) or config.supertonic_url
    return os.environ.get(PIPER_URL) or config.voices_base_url


def speech_extra_hint(voice: str) -> str:
    """The command that makes a downloaded voice speak; empty if it can."""
    if is_supertonic(voice):
        return "" if supertonic_files.has_extra() else supertonic.GET_EXTRA
    return "" if piper.has_extra() else piper.GET_EXTRA
