"""A WAV file in the place of a microphone: what tests and other programs speak with."""

from __future__ import annotations

import os
import time
import wave
from typing import TYPE_CHECKING

from voicecoach.capture.base import BLOCK_MS
from voicecoach.errors import RenderError
from voicecoach.reading_files import open_ordinary
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames
from voicecoach.wav_header import wav_fault

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

MOST_BYTES = 500_000_000
_BLOCK = ms_to_frames(BLOCK_MS)


class WavFile:
    """See `base.Capture`. It goes on where the last block ended, whatever was forgotten in between."""

    def __init__(self, path: Path, *, real_time: bool = True) -> None:
        """Raises `RenderError`."""
        self._samples = _read(path)
        self._place = 0
        self._real_time = real_time
        self._due_s = 0.0
        """When the next block is over, as a microphone would give it."""

    def read(self, timeout_s: float) -> NDArray[np.int16] | None:
        if self._place >= len(self._samples):
            return None
        if self._real_time and not self._waited(timeout_s):
            return self._samples[:0]
        block = self._samples[self._place : self._place + _BLOCK]
        self._place += _BLOCK
        return block

    def forget(self) -> None:
        self._due_s = time.monotonic() + BLOCK_MS / 1000

    def close(self) -> None:
        self._place = len(self._samples)

    def _waited(self, timeout_s: float) -> bool:
        """Whether the next block is over by then."""
        now_s = time.monotonic()
        self._due_s = self._due_s or now_s + BLOCK_MS / 1000
        time.sleep(max(min(self._due_s - now_s, timeout_s), 0))
        if time.monotonic() < self._due_s:
            return False
        self._due_s += BLOCK_MS / 1000
        return True


def _read(path: Path) -> NDArray[np.int16]:
    """All of it as mono at 48 kHz."""
    import numpy as np

    try:
        with open_ordinary(path, MOST_BYTES) as file:
            size = os.fstat(file.fileno()).st_size
            if fault := wav_fault(file, size):
                raise _unreadable(path, fault)
            file.seek(0)
            with wave.open(file) as sound:
                if sound.getsampwidth() != 2:
                    raise _unreadable(path, f"it has {8 * sound.getsampwidth()} bits a sample, not 16")
                data = sound.readframes(size)
                channels, rate_hz = sound.getnchannels(), sound.getframerate()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except (wave.Error, EOFError, ValueError) as error:
        raise _unreadable(path, "it is no WAV file that can be read") from error
    frames = np.frombuffer(data[: len(data) // (2 * channels) * 2 * channels], dtype="<i2").reshape(-1, channels)
    mono: NDArray[np.int16] = frames.mean(axis=1).astype(np.int16) if channels > 1 else frames[:, 0].astype(np.int16)
    if rate_hz == SAMPLE_RATE_HZ or not len(mono):
        return mono
    import soxr

    at_our_rate: NDArray[np.int16] = soxr.resample(mono, rate_hz, SAMPLE_RATE_HZ)
    return at_our_rate


def _unreadable(path: Path, reason: str) -> RenderError:
    return RenderError(f"{path} could not be read: {reason}", hint="Save it as a WAV file of 16 bits.")
