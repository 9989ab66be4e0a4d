"""The tones: made from the recipes in `audio/tones.yaml`, or read from a person's own files.

What they are, how long and how loud, is known without making them, and without numpy.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from voicecoach.disk_cache import digest
from voicecoach.model import Audio, SoundLength, ToneName
from voicecoach.provenance import code_digest
from voicecoach.reading_files import read_limited
from voicecoach.render.defaults import MAX_SOUND_BYTES
from voicecoach.render.recipes import recipe_frames, recipes
from voicecoach.resources import shipped
from voicecoach.units import SAMPLE_RATE_HZ, frames_to_ms

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model import Tone

OWN_TONE_MAX_MS = 2000


def tone_audio(tone: Tone, own_folder: Path | None = None) -> Audio:
    """The sound of `tone` at 48 kHz: the file of that name in `own_folder` if there is one, else its recipe.

    Raises `VoicecoachError` naming a file that cannot be read.
    """
    from voicecoach.render.tone_sound import made_tone, own_tone  # loads numpy

    own = own_tone_file(tone, own_folder)
    return own_tone(own, tone.duration_ms or OWN_TONE_MAX_MS) if own else made_tone(tone)


def tone_length(tone: Tone, own_folder: Path | None = None) -> SoundLength:
    """How long `tone_audio` is and where it is heard to begin. A tone of ours is not made for that."""
    if own_tone_file(tone, own_folder):
        audio = tone_audio(tone, own_folder)
        frames, rate_hz, onset_ms = len(audio.samples), audio.sample_rate_hz, audio.onset_ms
    else:
        recipe = recipes()[tone.name]
        frames, rate_hz, onset_ms = recipe_frames(recipe, tone.duration_ms), SAMPLE_RATE_HZ, recipe.onset_ms
    return SoundLength(duration_ms=frames_to_ms(frames, rate_hz), onset_ms=round(onset_ms))


def tone_identity(tone: Tone, own_folder: Path | None = None) -> bytes:
    """Equal for two tones only if they sound the same, and are meant to be as loud. Nothing is made for that."""
    own = own_tone_file(tone, own_folder)
    return digest(tone.name, tone.duration_ms, _made_by(), own and (own.suffix, _own_bytes(own)))


def _own_bytes(path: Path) -> bytes:
    try:
        return read_limited(path, MAX_SOUND_BYTES)
    except OSError as error:
        from voicecoach.render.segment import unreadable

        raise unreadable(path, f"{error.strerror}") from error


def own_tone_file(tone: Tone, own_folder: Path | None) -> Path | None:
    """The person's own `<name>.<any ending>`, the first by name, or `None`."""
    if own_folder is None:
        return None
    try:
        return min((path for path in own_folder.glob(f"{tone.name}.*") if not os.path.isdir(path)), default=None)
    except OSError:  # a folder of somebody else's, that may not be looked into
        return None


def tone_level_lu(name: ToneName) -> float:
    """How loud the tone is meant to be, in LU relative to speech."""
    return recipes()[name].level_lu


@lru_cache(maxsize=1)
def _made_by() -> bytes:
    """A digest of all that decides the tones, recipes and code."""
    return digest(shipped("audio", "tones.yaml").read_bytes(), code_digest(__name__))
