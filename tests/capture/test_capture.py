"""Blocks of samples, from a file in the place of a microphone, and from the microphone that hears nothing."""

from __future__ import annotations

import time
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.capture import open_capture
from voicecoach.capture.base import Capture
from voicecoach.errors import DeviceError, RenderError


def write_wav(path: Path, samples: NDArray[Any], *, rate_hz: int = 48_000, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate_hz, 0, "NONE", ""))
        file.writeframes(np.repeat(samples.astype("<i2"), channels).tobytes())
    return path


def all_of(capture: Capture) -> NDArray[np.int16]:
    blocks = []
    while (block := capture.read(1)) is not None:
        blocks.append(block)
    return np.concatenate(blocks)


def test_a_file_is_read_to_its_end_and_forgets_nothing(tmp_path: Path) -> None:
    samples = np.arange(10_000)
    capture = open_capture(file=write_wav(tmp_path / "a.wav", samples), real_time=False)
    first = capture.read(0)
    capture.forget()
    assert first is not None
    assert np.array_equal(np.concatenate([first, all_of(capture)]), samples)
    assert capture.read(0) is None


@pytest.mark.parametrize(("rate_hz", "channels"), [(22_050, 1), (44_100, 2)])
def test_another_rate_and_two_channels_come_as_mono_at_48_khz(tmp_path: Path, rate_hz: int, channels: int) -> None:
    tone = 10_000 * np.sin(2 * np.pi * 440 * np.arange(rate_hz) / rate_hz)
    file = write_wav(tmp_path / "a.wav", tone, rate_hz=rate_hz, channels=channels)
    heard = all_of(open_capture(file=file, real_time=False))
    assert abs(len(heard) - 48_000) <= 2
    assert np.argmax(np.abs(np.fft.rfft(heard))) == pytest.approx(440, abs=1)


def test_in_real_time_a_file_gives_no_block_before_it_is_over(tmp_path: Path) -> None:
    capture = open_capture(file=write_wav(tmp_path / "a.wav", np.ones(48_000 // 5)))
    started_s = time.monotonic()
    assert len(all_of(capture)) == 48_000 // 5
    assert time.monotonic() - started_s >= 0.19
    capture.close()


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("no sound")
    for path, why in ((tmp_path / "a.wav", "no WAV"), (tmp_path / "b.wav", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(RenderError, match=why):
            open_capture(file=path)


@pytest.mark.parametrize(
    ("place", "value", "why"), [(24, 0, "a rate of 0 Hz"), (24, 1, "a rate of 1 Hz"), (40, 1_000_000, "cut off")]
)
def test_a_file_whose_header_is_wrong_is_told(tmp_path: Path, place: int, value: int, why: str) -> None:
    file = write_wav(tmp_path / "a.wav", np.arange(4800))
    data = bytearray(file.read_bytes())
    data[place : place + 4] = value.to_bytes(4, "little")
    file.write_bytes(data)
    with pytest.raises(RenderError, match=why):
        open_capture(file=file)


def test_the_microphone_that_hears_nothing_gives_silence() -> None:
    """A device of miniaudio, with its thread and its blocks."""
    capture = open_capture("null")
    try:
        heard = 0
        for _ in range(600):
            block = capture.read(0.1)
            assert block is not None
            assert not block.any()
            heard += len(block)
            if heard >= 9_600:
                break
        assert heard >= 9_600
    finally:
        capture.close()
        capture.close()


def test_a_microphone_that_is_not_there_is_told_with_what_helps() -> None:
    with pytest.raises(DeviceError, match="there is no microphone") as caught:
        open_capture("a microphone that nobody has")
    assert caught.value.hint
    assert caught.value.exit_code == 3
