"""The profiles: denser speech of the same length, peaks under the ceiling, tones that a phone can play."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.render.sounds import audio_of, clip, coached, fake_speech, needs_espeak, spoken, timeline, utterance
from voicecoach.model import Audio, Sound, Tone, ToneName
from voicecoach.render.clip import CEILING_DBTP, at_programme_rate
from voicecoach.render.defaults import PROFILE_NAMES
from voicecoach.render.levels import TARGET_LUFS, active_lufs, with_levels
from voicecoach.render.loudness import integrated_lufs, true_peak_dbtp
from voicecoach.render.mix import render_blocks
from voicecoach.render.profile import PROFILES, dense
from voicecoach.render.tone import recipes, tone_audio

GYM = PROFILES["gym"]


def dense_audio(sound: Sound) -> Audio:
    audio = audio_of(sound)
    return audio if isinstance(sound, Tone) else dense(audio)


def spread_db(samples: NDArray[np.float32]) -> float:
    """Between the loud and the quiet tenths of what is active, by 20 ms."""
    levels = np.square(samples[: len(samples) // 960 * 960].astype(np.float64)).reshape(-1, 960).mean(axis=1)
    active = levels[levels > levels.max() / 1000]
    return float(10 * np.log10(np.percentile(active, 90) / np.percentile(active, 10)))


def test_there_is_a_profile_for_each_name() -> None:
    assert tuple(PROFILES) == PROFILE_NAMES
    assert PROFILES["home"].lead_ms == 0


@needs_espeak
@pytest.mark.parametrize(("voice", "text"), [("da", "Træk det ene knæ mod brystet."), ("en-us", "Lie on your back.")])
def test_dense_speech_has_a_smaller_range_and_the_same_length(voice: str, text: str) -> None:
    plain = Audio(samples=at_programme_rate(spoken(utterance(text, voice))), sample_rate_hz=48_000, onset_ms=12)
    pressed = dense(plain)
    assert (len(pressed.samples), pressed.onset_ms) == (len(plain.samples), 12)
    assert spread_db(pressed.samples) < spread_db(plain.samples) - 2


def test_silence_stays_silence() -> None:
    silent = Audio(samples=np.zeros(4800, np.float32), sample_rate_hz=48_000)
    assert dense(silent) is silent
    empty = Audio(samples=np.zeros(0, np.float32), sample_rate_hz=48_000)
    assert dense(empty) is empty


def test_dense_is_the_same_each_time() -> None:
    plain = fake_speech("en sætning")
    np.testing.assert_array_equal(dense(plain).samples, dense(plain).samples)


@pytest.mark.parametrize("voice", ["fake:voice", pytest.param("da", marks=needs_espeak)])
def test_the_gym_programme_meets_its_target_under_the_ceiling(voice: str) -> None:
    target = TARGET_LUFS + GYM.loudness_lu
    programme = coached(voice, ["Træk det ene knæ mod brystet.", "Læg dig på ryggen."], ["tre", "to", "en"], rounds=1)
    levelled = with_levels(programme, dense_audio, target_lufs=target)
    samples = np.concatenate(list(render_blocks(levelled, dense_audio)))
    assert integrated_lufs(samples) == pytest.approx(target, abs=0.7)
    assert true_peak_dbtp(samples) <= CEILING_DBTP + 0.3


def phone(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """As a small loudspeaker plays it: two poles at 800 Hz."""
    size = len(samples) + 48_000
    s = 1j * np.fft.rfftfreq(size, 1 / 48_000) / 800
    played = np.fft.irfft(np.fft.rfft(samples, size) * s * s / (s * s + np.sqrt(2) * s + 1), size)
    return played[: len(samples)].astype(np.float32)


@pytest.mark.parametrize(
    "name", sorted(set(recipes()) - {"wake"})
)  # which wakes a loudspeaker, and is not listened to
def test_tones_lose_less_in_a_phone_than_speech(name: ToneName) -> None:
    """eSpeak loses 3.1 to 3.5 LU."""
    samples = tone_audio(Tone(name=name)).samples
    assert active_lufs(samples) - active_lufs(phone(samples)) < 2.5


def test_the_waking_tone_is_soft() -> None:
    programme = timeline([clip(Tone(name="wake"), 0), clip(utterance("Velkommen."), 1500)], 4000)
    levelled = with_levels(programme, audio_of, trim_db=0)
    samples = np.concatenate(list(render_blocks(levelled, audio_of)))
    assert active_lufs(samples[: 1300 * 48]) < active_lufs(samples[1500 * 48 :]) - 12
    assert float(np.abs(samples[: 500 * 48]).max()) > 0.005  # but it wakes
