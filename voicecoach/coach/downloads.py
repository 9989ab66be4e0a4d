"""Voices that can be had: found, fetched, and taken away again."""

from __future__ import annotations

from voicecoach.coach.places import Places
from voicecoach.speech.download.voices import BASE_URL as BASE_URL  # all of this is for the guests
from voicecoach.speech.download.voices import add_voice as add_voice
from voicecoach.speech.download.voices import find_voice as find_voice
from voicecoach.speech.download.voices import is_here as is_here
from voicecoach.speech.download.voices import remove_voice as remove_voice
from voicecoach.speech.piper.voices import GET_EXTRA, has_extra


def voices_url(at: Places) -> str:
    """Where voices are fetched from: as it is configured, or the usual place. Raises `SettingsError`."""
    return at.config().voices_base_url or BASE_URL


def speech_extra_hint() -> str:
    """The command that makes downloaded voices speak; empty if they can."""
    return "" if has_extra() else GET_EXTRA
