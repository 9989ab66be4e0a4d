"""A word is heard to begin where its first vowel comes up."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.model import Utterance
from voicecoach.speech.espeak.engine import Pyttsx3Engine
from voicecoach.speech.onset import perceptual_onset_ms
from voicecoach.speech.processing import finish

from .words import da, en

RATE = 48_000


def syllable(consonant_ms: int, vowel_ms: int = 200, level: float = 0.5) -> NDArray[np.float32]:
    """A hiss above 4 kHz, then a vowel with strong first formants."""
    noise = np.diff(np.random.default_rng(1).normal(0, 0.1, RATE * consonant_ms // 1000), n=2, append=[0, 0])
    time_s = np.arange(RATE * vowel_ms // 1000) / RATE
    vowel = sum(np.sin(2 * np.pi * 120 * n * time_s) / (1 + abs(n - 5)) for n in range(1, 12))
    return np.concatenate([noise, level * np.asarray(vowel) / 2]).astype(np.float32)


def test_a_longer_consonant_makes_it_later() -> None:
    onsets = [perceptual_onset_ms(syllable(ms), RATE) for ms in (0, 40, 80, 120, 160)]
    assert onsets[0] < 20
    assert np.allclose(np.diff(onsets[1:]), 40, atol=6)
    assert abs(onsets[3] - 120) < 20


def test_silence_in_front_adds_to_it() -> None:
    late = np.concatenate([np.zeros(RATE // 20, dtype=np.float32), syllable(100)])
    assert perceptual_onset_ms(late, RATE) - perceptual_onset_ms(syllable(100), RATE) == pytest.approx(50, abs=1)


def test_loudness_and_what_follows_do_not_matter() -> None:
    word = syllable(80)
    alone = perceptual_onset_ms(word, RATE)
    assert perceptual_onset_ms(word * np.float32(0.03), RATE) == pytest.approx(alone, abs=0.01)
    pause = np.zeros(RATE // 10, dtype=np.float32)
    followed = np.concatenate([word, pause, syllable(60, level=0.9), np.zeros(RATE * 5, dtype=np.float32)])
    assert perceptual_onset_ms(followed, RATE) == pytest.approx(alone, abs=3)


def test_the_rate_does_not_matter() -> None:
    """An envelope at another rate: the same vowel, sampled twice as often."""
    time_s = np.arange(96_000) / 96_000
    tone = (np.sin(2 * np.pi * 600 * time_s) * (time_s > 0.2)).astype(np.float32)
    assert perceptual_onset_ms(tone, 96_000) == pytest.approx(perceptual_onset_ms(tone[::2], 48_000), abs=1)
    assert perceptual_onset_ms(tone[::6], 16_000) == pytest.approx(200, abs=10)


@pytest.mark.parametrize("frames", [0, 1, 5, 100])
def test_tiny_and_silent_sounds(frames: int) -> None:
    assert perceptual_onset_ms(np.zeros(frames, dtype=np.float32), RATE) == 0
    assert 0 <= perceptual_onset_ms(np.ones(frames, dtype=np.float32), RATE) <= frames * 1000 / RATE


@pytest.mark.parametrize(
    ("word", "vowel_ms"),
    [
        # From the phoneme events of eSpeak: where the vowel of the syllable begins, after the first sound.
        *((da(text), ms) for text, ms in (("to", 44), ("fire", 83), ("fem", 83), ("seks", 80), ("otte", 0))),
        *((en(text), ms) for text, ms in (("two", 44), ("four", 83), ("six", 80), ("eight", 0), ("ten", 44))),
    ],
    ids=lambda value: value.text if isinstance(value, Utterance) else "",
)
def test_numbers_are_heard_near_their_vowel(espeak: Pyttsx3Engine, word: Utterance, vowel_ms: int) -> None:
    kept_before_ms = 3
    assert finish(espeak.synthesize(word)).onset_ms == pytest.approx(vowel_ms + kept_before_ms + 12, abs=20)


def test_no_number_is_heard_late_or_before_it_begins(espeak: Pyttsx3Engine) -> None:
    words = ("tre", "syv", "ni", "elleve", "tyve", "enogtyve", "syvogtyve")
    onsets = {text: finish(espeak.synthesize(da(text))).onset_ms for text in words}
    assert all(3 <= onset <= 180 for onset in onsets.values()), onsets
