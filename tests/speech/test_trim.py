"""Silence goes, soft consonants stay."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.speech.espeak.engine import Pyttsx3Engine
from voicecoach.speech.resample import resample
from voicecoach.speech.trim import trim

from .words import da, en

RATE = 48_000
SOFT = [da(text) for text in ("fem", "seks", "fire", "hold", "halv", "hvil", "pust", "syv", "Stræk", "ryg")]
SOFT += [en(text) for text in ("seven", "yes", "half", "hold", "fifth", "six", "three", "breathe", "hips")]


def hiss(ms: int, level_db: float, seed: int = 1) -> NDArray[np.float32]:
    noise = np.random.default_rng(seed).normal(0, 10 ** (level_db / 20), RATE * ms // 1000)
    return noise.astype(np.float32)


def vowel(ms: int, peak: float = 0.5) -> NDArray[np.float32]:
    return (peak * np.sin(2 * np.pi * 200 * np.arange(RATE * ms // 1000) / RATE)).astype(np.float32)


def silence(ms: int) -> NDArray[np.float32]:
    return np.zeros(RATE * ms // 1000, dtype=np.float32)


def ms(samples: NDArray[np.float32]) -> float:
    return len(samples) * 1000 / RATE


def test_silence_goes_from_both_ends() -> None:
    kept = trim(np.concatenate([silence(300), vowel(200), silence(500)]), RATE)
    assert 200 <= ms(kept) <= 211


def test_a_soft_f_stays() -> None:
    """35 dB below the vowel, as in "five" whispered."""
    parts = [silence(100), hiss(90, -44), vowel(200), hiss(90, -44), silence(100)]
    assert 378 <= ms(trim(np.concatenate(parts), RATE)) <= 391


def test_the_noise_of_a_room_goes() -> None:
    room = hiss(1000, -72)
    room[RATE // 2 : RATE // 2 + len(vowel(200))] += vowel(200)
    assert 200 <= ms(trim(room, RATE)) <= 215


def test_a_pause_inside_stays() -> None:
    assert ms(trim(np.concatenate([vowel(100), silence(400), vowel(100)]), RATE)) >= 599


@pytest.mark.parametrize("samples", [silence(0), silence(50), hiss(100, -90)], ids=["none", "silence", "noise"])
def test_nothing_audible_is_empty(samples: NDArray[np.float32]) -> None:
    assert len(trim(samples, RATE)) == 0


def test_a_click_and_a_single_sample_survive() -> None:
    click = silence(100)
    click[2400] = 0.9
    assert 1 <= ms(trim(click, RATE)) <= 14
    assert len(trim(np.array([0.5], dtype=np.float32), RATE)) == 1


def test_the_ends_do_not_click_and_the_input_is_untouched() -> None:
    original = vowel(200) + np.float32(0.2)
    copy = original.copy()
    kept = trim(original, RATE)
    assert abs(kept[0]) < 0.01
    assert abs(kept[-1]) < 0.01
    assert np.array_equal(original, copy)


def test_words_keep_their_consonants_and_begin_and_end_at_once(espeak: Pyttsx3Engine) -> None:
    for word in SOFT:
        raw = espeak.synthesize(word)
        heard = np.flatnonzero(np.abs(raw.samples) > 10 ** (-60 / 20))  # eSpeak's own silence is digital
        spoken_ms = (heard[-1] + 1 - heard[0]) * 1000 / raw.sample_rate_hz
        kept = trim(resample(raw.samples, raw.sample_rate_hz), RATE)
        assert -1 <= ms(kept) - spoken_ms <= 12, word
        loud = np.flatnonzero(np.abs(kept) > np.abs(kept).max() * 10 ** (-40 / 20))
        assert loud[0] * 1000 / RATE < 10, word
        assert (len(kept) - loud[-1]) * 1000 / RATE < 12, word


def test_resampling_moves_nothing_and_keeps_the_level() -> None:
    for rate_hz in (16_000, 22_050, 44_100, 48_000):
        time_s = np.arange(rate_hz) / rate_hz
        burst = 0.5 * np.sin(2 * np.pi * 440 * time_s) * np.exp(-(((time_s - 0.5) / 0.02) ** 2))
        samples = burst.astype(np.float32)
        out = resample(samples, rate_hz)
        assert out.dtype == np.float32
        assert abs(len(out) - RATE) <= 1
        assert abs(np.abs(out).max() - np.abs(samples).max()) < 0.01
        assert abs(float(np.argmax(np.abs(out))) / RATE - float(np.argmax(np.abs(samples))) / rate_hz) < 0.0001
