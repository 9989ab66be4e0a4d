"""The tones: made from the recipes in `audio/tones.yaml`, or read from a person's own files.

A recipe is a list of notes, or breath-like noise. A note has a place, a length, one frequency or a glide between two,
and an envelope; noise goes from one band to another. Both last as long as the tone says, where it says so.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
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
_NOISE_SEED = 1
_BAND_EDGE = 0.25  # of an octave: how softly a band of noise begins and ends


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
class Noise:
    """Air: noise that goes from one band into another."""

    length_ms: int
    """Where the tone says none."""
    bands: tuple[tuple[float, float], tuple[float, float]]
    """From and to, each the lowest and the highest frequency in Hz."""
    swell: tuple[float, float]
    """How loud at its start and at its end."""
    attack_ms: float
    """Rise from silence to the first: short, so that the start of a breath is heard as one."""
    release_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    level_lu: float
    """Loudness relative to speech."""
    onset_ms: float
    """Where the tone is perceived to begin."""
    partials: tuple[float, ...] = ()
    """Amplitude of the fundamental, of twice its frequency, and so on."""
    notes: tuple[Note, ...] = ()
    noise: Noise | None = None


def tone_audio(tone: Tone, own_folder: Path | None = None) -> Audio:
    """The sound of `tone` at 48 kHz: the file of that name in `own_folder` if there is one, else its recipe.

    Raises `VoicecoachError` naming a file that cannot be read.
    """
    own = own_tone_file(tone, own_folder)
    return _own_tone(own, tone.duration_ms or OWN_TONE_MAX_MS) if own else _made(tone)


def tone_length(tone: Tone, own_folder: Path | None = None) -> SoundLength:
    """How long `tone_audio` is and where it is heard to begin. A tone of ours is not made for that."""
    if own_tone_file(tone, own_folder):
        audio = tone_audio(tone, own_folder)
        frames, rate_hz, onset_ms = len(audio.samples), audio.sample_rate_hz, audio.onset_ms
    else:
        recipe = recipes()[tone.name]
        frames, rate_hz, onset_ms = _frames(recipe, tone.duration_ms), SAMPLE_RATE_HZ, recipe.onset_ms
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
def recipes() -> Mapping[ToneName, Recipe]:
    """All recipes of `audio/tones.yaml`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    written = yaml.load(shipped("audio", "tones.yaml").read_text(encoding="utf-8"), Loader=loader)
    return {name: _recipe(values) for name, values in written["tones"].items()}


def _recipe(values: Mapping[str, Any]) -> Recipe:
    notes = tuple(Note(**{**note, "hz": tuple(note["hz"])}) for note in values.get("notes", ()))
    noise = values.get("noise")
    if noise:
        noise = Noise(**{**noise, "bands": tuple(map(tuple, noise["bands"])), "swell": tuple(noise["swell"])})
    return Recipe(**{**values, "partials": tuple(values.get("partials", ())), "notes": notes, "noise": noise})


@lru_cache(maxsize=1)
def _made_by() -> bytes:
    """A digest of all that decides the tones, recipes and code."""
    recipes = shipped("audio", "tones.yaml").read_bytes()
    from voicecoach.provenance import code_digest

    return digest(recipes, code_digest(__name__))


def _frames(recipe: Recipe, duration_ms: int | None) -> int:
    usual_ms = recipe.noise.length_ms if recipe.noise else max(note.at_ms + note.length_ms for note in recipe.notes)
    return ms_to_frames(usual_ms if duration_ms is None else duration_ms)


@lru_cache(maxsize=16)
def _made(tone: Tone) -> Audio:
    import numpy as np

    recipe = recipes()[tone.name]
    samples = np.zeros(_frames(recipe, tone.duration_ms))
    if recipe.noise:
        samples += _noise(recipe.noise, len(samples))
    for note in recipe.notes:
        lasting = note if tone.duration_ms is None else replace(note, length_ms=tone.duration_ms - note.at_ms)
        sound = _note(lasting, recipe.partials)
        start = ms_to_frames(note.at_ms)
        samples[start : start + len(sound)] += sound
    peaked = (samples * (PEAK / np.abs(samples).max())).astype(np.float32)
    peaked.setflags(write=False)  # one array serves everyone who asks
    return Audio(samples=peaked, sample_rate_hz=SAMPLE_RATE_HZ, onset_ms=recipe.onset_ms)


def _noise(noise: Noise, frames: int) -> NDArray[np.float64]:
    """(frames,): the same noise in two bands, the one giving way to the other, under its envelope."""
    import numpy as np

    white = np.random.RandomState(_NOISE_SEED).standard_normal(frames)  # whose numbers no version of numpy changes
    spectrum = np.fft.rfft(white)
    first, last = (_banded(spectrum, frames, *band) for band in noise.bands)
    along = np.arange(frames) / frames
    loud = noise.swell[0] + (noise.swell[1] - noise.swell[0]) * along
    rise = _faded(along * frames, noise.attack_ms, frames)
    fall = _faded((1 - along) * frames, noise.release_ms, frames)
    mixed: NDArray[np.float64] = np.cos(np.pi / 2 * along) * first + np.sin(np.pi / 2 * along) * last
    return loud * rise * fall * mixed


def _faded(at: NDArray[np.float64], fade_ms: float, frames: int) -> NDArray[np.float64]:
    """Half a cosine from 0 to 1 over the fade, a quarter of all `frames` at most."""
    import numpy as np

    faded: NDArray[np.float64] = (
        1 - np.cos(np.pi * np.clip(at / min(fade_ms * SAMPLE_RATE_HZ / 1000, frames / 4), 0, 1))
    ) / 2
    return faded


def _banded(spectrum: NDArray[np.complex128], frames: int, low_hz: float, high_hz: float) -> NDArray[np.float64]:
    """(frames,): what `spectrum` has between two frequencies, as loud for each band."""
    import numpy as np

    octaves = np.log2(np.maximum(np.fft.rfftfreq(frames, 1 / SAMPLE_RATE_HZ), 1))
    inside = np.minimum(octaves - np.log2(low_hz), np.log2(high_hz) - octaves) / _BAND_EDGE
    banded: NDArray[np.float64] = np.fft.irfft(spectrum * np.clip(inside, 0, 1), frames)
    return banded / max(float(banded.std()), 1e-9)


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


def _own_tone(path: Path, longest_ms: int) -> Audio:
    """A person's file from its first audible sample, as its onset is where it is placed; at most `longest_ms` of it,
    faded there."""
    import numpy as np

    from voicecoach.render.clip import at_programme_rate
    from voicecoach.render.segment import read_audio, unreadable

    samples = at_programme_rate(read_audio(path))
    loud = np.flatnonzero(np.abs(samples) > _SILENT_BELOW * np.abs(samples).max())
    if not len(loud):
        raise unreadable(path, "it is silent")
    heard = samples[loud[0] : loud[-1] + 1]
    kept = heard[: ms_to_frames(longest_ms)].copy()
    if len(kept) < len(heard):
        fade = min(ms_to_frames(_OWN_FADE_MS), len(kept))
        kept[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return Audio(samples=kept, sample_rate_hz=SAMPLE_RATE_HZ)
