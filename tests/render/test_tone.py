"""The tones: short, crisp, without clicks, told apart, heard on a phone; and a person's own in their place."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.errors import VoicecoachError
from voicecoach.model import Audio, Tone, ToneName
from voicecoach.render.recipes import recipes
from voicecoach.render.segment import from_audio_segment, to_audio_segment
from voicecoach.render.tone import tone_audio, tone_identity, tone_length
from voicecoach.render.tone_sound import PEAK, made_tone

NAMES: tuple[ToneName, ...] = get_args(ToneName)


def pitch_hz(samples: NDArray[np.float32]) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 48_000))
    return float(spectrum.argmax())


def write_wav(path: Path, samples: NDArray[np.float32], rate_hz: int = 48_000, channels: int = 1) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate_hz, 0, "NONE", ""))
        file.writeframes(np.repeat(np.rint(samples * 32767).astype("<i2"), channels).tobytes())


def test_there_is_a_recipe_for_every_tone() -> None:
    assert set(recipes()) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_tone_can_be_heard_on_a_phone_and_does_not_click(name: ToneName) -> None:
    audio = tone_audio(Tone(name=name))
    assert audio.sample_rate_hz == 48_000
    assert audio.samples.dtype == np.float32
    assert float(np.abs(audio.samples).max()) == pytest.approx(PEAK)
    power = np.abs(np.fft.rfft(audio.samples, 48_000)) ** 2
    assert power[400:3000].sum() > 0.95 * power.sum()
    assert float(np.abs(audio.samples[[0, -1]]).max()) < 0.01
    assert float(np.abs(np.diff(audio.samples)).max()) < 0.2


@pytest.mark.parametrize("name", ["start", "end", "side"])
def test_the_short_tones_are_short_and_crisp(name: ToneName) -> None:
    audio = tone_audio(Tone(name=name))
    assert audio.duration_ms <= 350
    assert audio.onset_ms == 0
    level = np.abs(audio.samples)
    assert np.flatnonzero(level > 0.1 * PEAK)[0] <= 2 * 48


def test_start_rises_and_end_falls() -> None:
    def ends(name: ToneName) -> tuple[float, float]:
        samples = tone_audio(Tone(name=name)).samples
        quarter = len(samples) // 4
        return pitch_hz(samples[:quarter]), pitch_hz(samples[-quarter:])

    directions: dict[ToneName, int] = {"start": 1, "end": -1}
    for name, direction in directions.items():
        first, last = ends(name)
        assert direction * np.log2(last / first) > 0.4, name
    first, last = ends("side")
    assert first == pytest.approx(last, rel=0.02)


BREATHS: tuple[ToneName, ...] = ("breath-in", "breath-out", "breath-hold")


@pytest.mark.parametrize("name", BREATHS)
@pytest.mark.parametrize("duration_ms", [260, 500, 3760, 9000])
def test_a_breath_sounds_as_long_as_it_is_asked_to(name: ToneName, duration_ms: int, tmp_path: Path) -> None:
    tone = Tone(name=name, duration_ms=duration_ms)
    audio = tone_audio(tone)
    assert audio.duration_ms == duration_ms == tone_length(tone).duration_ms
    level = np.abs(audio.samples)
    audible = np.flatnonzero(level > 0.05 * PEAK) / 48
    assert audible[0] < 60  # it is heard when the breath begins
    assert audible[-1] > 0.85 * duration_ms  # and until it is over
    assert level[[0, -1]].max() < 0.01
    assert tone_identity(tone) != tone_identity(Tone(name=name, duration_ms=duration_ms + 1))


def spectrum(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The power of each Hz, as parts of the whole."""
    power = np.abs(np.fft.rfft(samples, 48_000)).astype(np.float64) ** 2
    parts: NDArray[np.float64] = power / power.sum()
    return parts


def brightness_hz(samples: NDArray[np.float32]) -> float:
    return float((spectrum(samples) * np.arange(24_001)).sum())


def test_the_breaths_are_told_apart_by_what_they_sound_like() -> None:
    """Not by the direction alone: in is bright air that swells, out dark air that dies away, the pause a hum."""
    in_, out, pause = (tone_audio(Tone(name=name, duration_ms=4000)).samples[:48_000] for name in BREATHS)
    assert brightness_hz(in_) > 1.4 * brightness_hz(out)
    hum, air = float(np.sort(spectrum(pause))[-20:].sum()), float(np.sort(spectrum(in_))[-20:].sum())
    assert hum > 0.9
    assert air < 0.3
    for name, louder_half in zip(BREATHS, (1, 0), strict=False):
        halves = np.split(tone_audio(Tone(name=name, duration_ms=4000)).samples, 2)
        assert halves[louder_half].std() > 1.3 * halves[1 - louder_half].std()


def test_breaths_in_go_up_and_out_go_down() -> None:
    for name, direction in zip(BREATHS, (1, -1), strict=False):
        quarters = np.split(tone_audio(Tone(name=name, duration_ms=4000)).samples, 4)
        assert direction * np.log2(brightness_hz(quarters[-1]) / brightness_hz(quarters[0])) > 0.3


def test_a_breath_is_the_same_each_time() -> None:
    tone = Tone(name="breath-in", duration_ms=4321)
    first = tone_audio(tone).samples
    made_tone.cache_clear()
    np.testing.assert_array_equal(tone_audio(tone).samples, first)


def test_the_side_tone_is_two_notes_with_silence_between() -> None:
    level = np.abs(tone_audio(Tone(name="side")).samples)
    assert level[80 * 48 : 150 * 48].max() == 0
    assert level[150 * 48 : 160 * 48].max() > 0.3


def test_a_persons_own_tone_takes_its_place(tmp_path: Path) -> None:
    at = np.arange(22_050) / 44_100
    sound = np.concatenate([np.zeros(4410), 0.3 * np.cos(2 * np.pi * 600 * at)]).astype(np.float32)
    write_wav(tmp_path / "start.wav", sound, rate_hz=44_100, channels=2)
    audio = tone_audio(Tone(name="start"), tmp_path)
    assert audio.sample_rate_hz == 48_000
    assert audio.duration_ms == pytest.approx(500, abs=5)
    assert pitch_hz(audio.samples) == pytest.approx(600, abs=2)
    assert abs(float(audio.samples[0])) > 0.0005  # it begins at once
    assert tone_audio(Tone(name="end"), tmp_path) is tone_audio(Tone(name="end"))


def test_a_long_own_tone_is_faded_at_two_seconds(tmp_path: Path) -> None:
    write_wav(tmp_path / "end.WAV", np.full(5 * 48_000, 0.4, np.float32))
    audio = tone_audio(Tone(name="end"), tmp_path)
    assert audio.duration_ms == 2000
    assert audio.samples[-1] == 0


def test_an_own_breath_lasts_as_long_as_the_breath_at_most(tmp_path: Path) -> None:
    write_wav(tmp_path / "breath-in.wav", np.full(5 * 48_000, 0.4, np.float32))
    audio = tone_audio(Tone(name="breath-in", duration_ms=3760), tmp_path)
    assert audio.duration_ms == 3760
    assert audio.samples[-1] == 0
    assert tone_length(Tone(name="breath-in", duration_ms=9000), tmp_path).duration_ms == 5000


@pytest.mark.parametrize("content", [b"", b"not a sound", b"RIFF\x00\x00\x00\x00WAVEfmt "])
def test_a_broken_own_tone_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "side.wav").write_bytes(content)
    with pytest.raises(VoicecoachError, match=r"side\.wav"):
        tone_audio(Tone(name="side"), tmp_path)


def test_a_silent_own_tone_is_refused(tmp_path: Path) -> None:
    write_wav(tmp_path / "side.wav", np.zeros(4800, np.float32))
    with pytest.raises(VoicecoachError, match="silent"):
        tone_audio(Tone(name="side"), tmp_path)


def test_no_own_folder_is_no_problem(tmp_path: Path) -> None:
    assert tone_audio(Tone(name="start"), tmp_path / "none") is tone_audio(Tone(name="start"))


def test_an_audio_segment_and_back() -> None:
    audio = tone_audio(Tone(name="start"))
    segment = to_audio_segment(audio)
    assert (segment.frame_rate, segment.channels, segment.sample_width) == (48_000, 1, 2)
    back: Audio = from_audio_segment(segment)
    np.testing.assert_allclose(back.samples, audio.samples, atol=1 / 16_000)
