"""The tones: made from the recipes in `audio/tones.yaml`, or read from a person's own files.

A recipe is a list of notes; a note has a place, a length, one frequency or a glide between two, and an envelope.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from voicecoach.disk_cache import digest
from voicecoach.model import Audio, SoundLength, ToneName
from voicecoach.reading_files import read_limited
from voicecoach.render.defaults import MAX_SOUND_BYTES
from voicecoach.resources import shipped
from voicecoach.units import SAMPLE_RATE_HZ, frames_to_ms, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model import Tone

PEAK = 0.5
"""The greatest sample of a tone as it is made, before its level is set."""
OWN_TONE_MAX_MS = 2000
_OWN_FADE_MS = 20
_SILENT_BELOW = 0.003  # of the peak: -50 dB


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note of a recipe."""

    at_ms: int
    length_ms: int
    hz: tuple[float, float]
    """From and to; the same twice for a note that stands still."""
    gain: float = 1.0
    attack_ms: float = 1.0
    """Rise from silence, half a cosine."""
    decay_ms: float | None = None
    """The time in which the note falls to 1/e; `None`: it stays."""
    release_ms: float = 10.0
    """Fall to silence at the end, half a cosine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    level_lu: float
    """Loudness relative to speech."""
    onset_ms: float
    """Where the tone is perceived to begin."""
    partials: tuple[float, ...]
    """Amplitude of the fundamental, of twice its frequency, and so on."""
    notes: tuple[Note, ...]


def tone_audio(tone: Tone, own_folder: Path | None = None) -> Audio:
    """The sound of `tone` at 48 kHz: the file of that name in `own_folder` if there is one, else its recipe.

    Raises `VoicecoachError` naming a file that cannot be read.
    """
    own = own_tone_file(tone, own_folder)
    return _own_tone(own) if own else _made(tone.name)


def tone_length(tone: Tone, own_folder: Path | None = None) -> SoundLength:
    """How long `tone_audio` is and where it is heard to begin. A tone of ours is not made for that."""
    if own_tone_file(tone, own_folder):
        audio = tone_audio(tone, own_folder)
        frames, rate_hz, onset_ms = len(audio.samples), audio.sample_rate_hz, audio.onset_ms
    else:
        recipe = recipes()[tone.name]
        frames, rate_hz, onset_ms = _frames(recipe), SAMPLE_RATE_HZ, recipe.onset_ms
    return SoundLength(duration_ms=frames_to_ms(frames, rate_hz), onset_ms=round(onset_ms))


def tone_identity(tone: Tone, own_folder: Path | None = None) -> bytes:
    """Equal for two tones only if they sound the same, and are meant to be as loud. Nothing is made for that."""
    own = own_tone_file(tone, own_folder)
    return digest(tone.name, _made_by(), own and (own.suffix, _own_bytes(own)))


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
def recipes() -> Mapping[ToneName, Recipe]:
    """All recipes of `audio/tones.yaml`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    written = yaml.load(shipped("audio", "tones.yaml").read_text(encoding="utf-8"), Loader=loader)
    return {name: _recipe(values) for name, values in written["tones"].items()}


def _recipe(values: Mapping[str, Any]) -> Recipe:
    notes = tuple(Note(**{**note, "hz": tuple(note["hz"])}) for note in values["notes"])
    return Recipe(**{**values, "partials": tuple(values["partials"]), "notes": notes})


@lru_cache(maxsize=1)
def _made_by() -> bytes:
    """A digest of all that decides the tones, recipes and code."""
    recipes = shipped("audio", "tones.yaml").read_bytes()
    from voicecoach.provenance import code_digest

    return digest(recipes, code_digest(__name__))


def _frames(recipe: Recipe) -> int:
    return ms_to_frames(max(note.at_ms + note.length_ms for note in recipe.notes))


@lru_cache(maxsize=16)
def _made(name: ToneName) -> Audio:
    import numpy as np

    recipe = recipes()[name]
    samples = np.zeros(_frames(recipe))
    for note in recipe.notes:
        sound = _note(note, recipe.partials)
        start = ms_to_frames(note.at_ms)
        samples[start : start + len(sound)] += sound
    peaked = (samples * (PEAK / np.abs(samples).max())).astype(np.float32)
    peaked.setflags(write=False)  # one array serves everyone who asks
    return Audio(samples=peaked, sample_rate_hz=SAMPLE_RATE_HZ, onset_ms=recipe.onset_ms)


def _note(note: Note, partials: tuple[float, ...]) -> NDArray[np.float64]:
    """(frames,): the partials of one note, its pitch gliding evenly in octaves, under its envelope."""
    import numpy as np

    frames = ms_to_frames(note.length_ms)
    low, high = note.hz
    pitch = low * (high / low) ** (np.arange(frames) / frames)
    phase = 2 * np.pi * (np.cumsum(pitch) - pitch[0]) / SAMPLE_RATE_HZ
    wave = sum((level * np.sin(number * phase) for number, level in enumerate(partials, 1)), np.zeros(frames))
    return note.gain * wave * _envelope(note, frames)


def _envelope(note: Note, frames: int) -> NDArray[np.float64]:
    import numpy as np

    at_ms = np.arange(frames) * 1000 / SAMPLE_RATE_HZ
    rise = np.clip((at_ms + 1000 / SAMPLE_RATE_HZ) / note.attack_ms, 0, 1)
    fall = np.clip((note.length_ms - at_ms) / note.release_ms, 0, 1)
    envelope: NDArray[np.float64] = (1 - np.cos(np.pi * rise)) * (1 - np.cos(np.pi * fall)) / 4
    return envelope if note.decay_ms is None else envelope * np.exp(-at_ms / note.decay_ms)


def _own_tone(path: Path) -> Audio:
    """A person's file from its first audible sample, as its onset is where it is placed; at most 2 s of it."""
    import numpy as np

    from voicecoach.render.clip import at_programme_rate
    from voicecoach.render.segment import read_audio, unreadable

    samples = at_programme_rate(read_audio(path))
    loud = np.flatnonzero(np.abs(samples) > _SILENT_BELOW * np.abs(samples).max())
    if not len(loud):
        raise unreadable(path, "it is silent")
    heard = samples[loud[0] : loud[-1] + 1]
    kept = heard[: ms_to_frames(OWN_TONE_MAX_MS)].copy()
    if len(kept) < len(heard):
        fade = ms_to_frames(_OWN_FADE_MS)
        kept[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return Audio(samples=kept, sample_rate_hz=SAMPLE_RATE_HZ)
