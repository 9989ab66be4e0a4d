"""The sound of a tone: made of its recipe, or taken from a person's own file."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model import Audio
from voicecoach.render.clip import at_programme_rate
from voicecoach.render.recipes import Noise, Note, recipe_frames, recipes
from voicecoach.render.segment import read_audio, unreadable
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.model import Tone

PEAK = 0.5
"""The greatest sample of a tone as it is made, before its level is set."""
_OWN_FADE_MS = 20
_SILENT_BELOW = 0.003  # of the peak: -50 dB
_NOISE_SEED = 1
_BAND_EDGE = 0.25  # of an octave: how softly a band of noise begins and ends


@lru_cache(maxsize=16)
def made_tone(tone: Tone) -> Audio:
    """The sound of its recipe."""
    recipe = recipes()[tone.name]
    samples = np.zeros(recipe_frames(recipe, tone.duration_ms))
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
    faded: NDArray[np.float64] = (
        1 - np.cos(np.pi * np.clip(at / min(fade_ms * SAMPLE_RATE_HZ / 1000, frames / 4), 0, 1))
    ) / 2
    return faded


def _banded(spectrum: NDArray[np.complex128], frames: int, low_hz: float, high_hz: float) -> NDArray[np.float64]:
    """(frames,): what `spectrum` has between two frequencies, as loud for each band."""
    octaves = np.log2(np.maximum(np.fft.rfftfreq(frames, 1 / SAMPLE_RATE_HZ), 1))
    inside = np.minimum(octaves - np.log2(low_hz), np.log2(high_hz) - octaves) / _BAND_EDGE
    banded: NDArray[np.float64] = np.fft.irfft(spectrum * np.clip(inside, 0, 1), frames)
    return banded / max(float(banded.std()), 1e-9)


def _note(note: Note, partials: tuple[float, ...]) -> NDArray[np.float64]:
    """(frames,): the partials of one note, its pitch gliding evenly in octaves, under its envelope."""
    frames = ms_to_frames(note.length_ms)
    low, high = note.hz
    pitch = low * (high / low) ** (np.arange(frames) / frames)
    phase = 2 * np.pi * (np.cumsum(pitch) - pitch[0]) / SAMPLE_RATE_HZ
    wave = sum((level * np.sin(number * phase) for number, level in enumerate(partials, 1)), np.zeros(frames))
    return note.gain * wave * _envelope(note, frames)


def _envelope(note: Note, frames: int) -> NDArray[np.float64]:
    at_ms = np.arange(frames) * 1000 / SAMPLE_RATE_HZ
    rise = np.clip((at_ms + 1000 / SAMPLE_RATE_HZ) / note.attack_ms, 0, 1)
    fall = np.clip((note.length_ms - at_ms) / note.release_ms, 0, 1)
    envelope: NDArray[np.float64] = (1 - np.cos(np.pi * rise)) * (1 - np.cos(np.pi * fall)) / 4
    return envelope if note.decay_ms is None else envelope * np.exp(-at_ms / note.decay_ms)


def own_tone(path: Path, longest_ms: int) -> Audio:
    """A person's file from its first audible sample, as its onset is where it is placed; at most `longest_ms` of it,
    faded there."""
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
