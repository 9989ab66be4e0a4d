"""The loudness measure against pyloudnorm, and against ffmpeg's ebur128 where it is installed."""

from __future__ import annotations

import re
import subprocess
import warnings

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.render.sounds import fake_speech, needs_ffmpeg
from voicecoach.render.loudness import energy_by_ms, integrated_lufs, programme_lufs, true_peak_dbtp

RATE = 48_000


def sine(hz: float, dbfs: float, seconds: float) -> NDArray[np.float32]:
    wave = 10 ** (dbfs / 20) * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)
    return np.asarray(wave, dtype=np.float32)


def programme() -> NDArray[np.float32]:
    """20 s with speech-like bursts, quiet parts for the gate, and hum for the high-pass."""
    samples = sine(50, -40, 20)
    for at, text in enumerate(("en længere sætning", "tre", "to", "og lidt mere at sige")):
        burst = fake_speech(text).samples
        samples[at * 4 * RATE + 777 :][: len(burst)] += burst
    return samples


def pyloudnorm_lufs(samples: NDArray[np.float32]) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyloudnorm
    return float(pyloudnorm.Meter(RATE).integrated_loudness(samples.astype(np.float64)))


def ffmpeg_lufs_and_peak(samples: NDArray[np.float32]) -> tuple[float, float]:
    command = "ffmpeg -hide_banner -nostats -f f32le -ar 48000 -ac 1 -i - -af ebur128=peak=true -f null -"
    said = subprocess.run(command.split(), input=samples.tobytes(), capture_output=True, check=True).stderr.decode()
    return float(re.findall(r"I:\s+(\S+) LUFS", said)[-1]), float(re.findall(r"Peak:\s+(\S+)", said)[-1])


def test_the_standards_own_reference_point() -> None:
    assert integrated_lufs(sine(997, 0, 3)) == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("hz", [40, 100, 1000, 3000, 10_000])
def test_sines_agree_with_pyloudnorm(hz: float) -> None:
    samples = sine(hz, -20, 2)
    assert integrated_lufs(samples) == pytest.approx(pyloudnorm_lufs(samples), abs=0.05)


def test_a_gated_programme_agrees_with_pyloudnorm() -> None:
    assert integrated_lufs(programme()) == pytest.approx(pyloudnorm_lufs(programme()), abs=0.1)


@needs_ffmpeg
def test_a_programme_agrees_with_ffmpeg() -> None:
    lufs, peak = ffmpeg_lufs_and_peak(programme())
    assert integrated_lufs(programme()) == pytest.approx(lufs, abs=0.1)
    assert true_peak_dbtp(programme()) == pytest.approx(peak, abs=0.2)


def test_silence_and_less_than_a_block_have_no_loudness() -> None:
    assert integrated_lufs(np.zeros(RATE, np.float32)) == -np.inf
    assert integrated_lufs(sine(997, 0, 0.39)) == -np.inf
    assert true_peak_dbtp(np.zeros(0, np.float32)) == -np.inf


def test_a_peak_between_samples_is_seen() -> None:
    samples = np.asarray(np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4), dtype=np.float32)  # 12 kHz
    assert 20 * np.log10(np.abs(samples).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak_dbtp(samples[4800:]) == pytest.approx(0, abs=0.4)


def test_the_chunks_leave_no_seam() -> None:
    samples = np.random.default_rng(1).standard_normal(12 * RATE).astype(np.float32)
    whole, shifted = energy_by_ms(samples), energy_by_ms(samples[48 * 1000 :])
    np.testing.assert_allclose(whole[1500:], shifted[500:], rtol=1e-6, atol=1e-9)


def test_a_programme_is_measured_from_its_clips() -> None:
    mixed = np.zeros(30 * RATE, np.float32)
    placed = []
    for start_ms, text in ((120, "tre"), (1033, "to"), (5000, "en længere sætning"), (28_900, "går ud over enden")):
        samples = fake_speech(text).samples
        room = mixed[start_ms * 48 :]
        room[: len(samples)] += samples[: len(room)]
        placed.append((start_ms, energy_by_ms(samples)))
    assert programme_lufs(placed, 30_000) == pytest.approx(integrated_lufs(mixed), abs=0.01)
