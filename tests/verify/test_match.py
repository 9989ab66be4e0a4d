"""Finding one cue: exact to a fraction of a sample, and blind to what is not the cue."""

from __future__ import annotations

import numpy as np
import pytest

from tests.verify.conftest import Samples
from voicecoach.model import Tone, ToneName
from voicecoach.render.tone import tone_audio
from voicecoach.units import SAMPLE_RATE_HZ
from voicecoach.verify.match import match, rise_difference_ms, search
from voicecoach.verify.reel import Reel


def word(seed: int, length_ms: int = 600) -> Samples:
    """Coloured noise that swells and fades: like speech, and like nothing but itself."""
    noise = np.random.default_rng(seed).normal(size=length_ms * 48)
    smooth = np.convolve(noise, np.hanning(24), "same")
    shaped: Samples = (smooth * np.hanning(len(smooth)) * 0.1).astype(np.float32)
    return shaped


def laid(cue: Samples, at: float, length_ms: int = 2000) -> Samples:
    """`cue` at a frame that may be a fraction, in silence."""
    size = length_ms * 48
    hz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE_HZ)
    spectrum = np.fft.rfft(cue, size) * np.exp(-2j * np.pi * hz * at / SAMPLE_RATE_HZ)
    moved: Samples = np.fft.irfft(spectrum, size).astype(np.float32)
    return moved


@pytest.mark.parametrize("at", [20_000, 20_000.3, 30_001.5, 48.0])
def test_the_place_is_found_to_a_fraction_of_a_sample(at: float) -> None:
    cue = word(1)
    heard = laid(cue, at)
    lag, similarity = search(heard, cue)
    assert similarity > 0.95
    assert match(heard, cue, lag).lag == pytest.approx(at, abs=0.1)


def test_the_gain_is_that_of_the_sound() -> None:
    cue = word(1)
    found = match(laid(cue, 9000) * np.float32(0.5), cue, 9000)
    assert found.gain_db == pytest.approx(-6.02, abs=0.01)
    assert not found.lost
    assert not found.foreign


def test_another_word_is_not_taken_for_it() -> None:
    assert search(laid(word(2), 20_000), word(1))[1] < 0.4


def test_silence_is_nothing() -> None:
    silence = np.zeros(96_000, np.float32)
    lag, similarity = search(silence, word(1))
    assert similarity == 0
    assert match(silence, word(1), min(lag, 60_000)).gain_db == -np.inf


def test_the_missing_part_is_named() -> None:
    cue = word(1)
    heard = laid(cue, 9000)
    heard[9000 + 300 * 48 : 9000 + 450 * 48] = 0
    assert match(heard, cue, 9000).lost == ((300, 450),)


def test_the_rise_is_found_without_the_waveform() -> None:
    heard = laid(word(2), 30 * 48 + 5 * 48)
    assert rise_difference_ms(heard, word(1), 0.0, 30 * 48) == pytest.approx(5, abs=12)
    assert rise_difference_ms(laid(word(1), 35 * 48), word(1), 0.0, 30 * 48) == 5


def test_a_reel_gives_any_window_and_zeros_beyond_the_ends() -> None:
    sound = np.arange(1, 1001, dtype=np.float32)
    reel = Reel(iter(np.split(sound, [300, 350, 900])))
    assert list(reel.window(-2, 3)) == [0, 0, 1, 2, 3]
    assert list(reel.window(298, 352)) == list(range(299, 353))
    assert list(reel.window(998, 1002)) == [999, 1000, 0, 0]
    assert list(reel.window(2000, 2002)) == [0, 0]


@pytest.mark.parametrize("name", ["start", "end", "side", "breath-in", "breath-out", "breath-hold"])
@pytest.mark.parametrize("at", [20_001, 20_001.75, 20_002.5])
def test_a_tone_is_not_found_a_period_away(name: ToneName, at: float) -> None:
    cue = np.array(tone_audio(Tone(name=name, duration_ms=700 if name.startswith("breath") else None)).samples)
    heard = laid(cue, at)
    assert match(heard, cue, search(heard, cue)[0]).lag == pytest.approx(at, abs=0.1)
