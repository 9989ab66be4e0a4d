"""What decides how long words and tones take here: who speaks, in whose words, and a person's own sounds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from voicecoach.coach.sounds import Sounds
from voicecoach.disk_cache import digest
from voicecoach.errors import VoicecoachError
from voicecoach.model import LANGUAGES, Language
from voicecoach.reading_files import read_limited

_MAX_BYTES = 2_000_000


def heard(sounds: Sounds) -> bytes:
    """Equal only while the same words take the same time, in the voices that speak when none is named."""
    return digest(repr(sounds.config), [_speaking(sounds, language) for language in LANGUAGES], list(_own(sounds)))


def _speaking(sounds: Sounds, language: Language) -> list[object]:
    """The voice, and the one that fills its gaps, with what they are made of."""
    found: list[object] = []
    wanted = sounds.config.speaking(language).voice
    try:
        while not found or wanted:
            voice = sounds.speaker.voice_for(language, wanted)
            files = [_stat(path) for path in sounds.speaker.recorded_files(voice.id)]
            found += [voice.id, sounds.speaker.version(voice.id), files]
            wanted = sounds.speaker.fill_from(voice.id)
    except VoicecoachError as error:  # nobody speaks it here: told by each routine in the language
        found.append(str(error))
    return found


def _own(sounds: Sounds) -> Iterator[object]:
    at = sounds.places
    for path in _files(at.own, "lexicon-*.toml"):
        try:
            yield str(path), read_limited(path, _MAX_BYTES)
        except OSError as error:
            yield str(path), str(error)
    yield from map(_stat, _files(at.tones, "*"))


def _files(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern))
    except OSError:  # of somebody else's, that may not be looked into
        return []


def _stat(path: Path) -> tuple[object, ...]:
    try:
        found = os.stat(path)
    except OSError as error:
        return str(path), str(error)
    return str(path), found.st_size, found.st_mtime_ns, found.st_ino
