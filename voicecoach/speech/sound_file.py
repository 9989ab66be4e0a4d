"""Reads the sound file that a speech program wrote, and judges whether there is speech in it."""

from __future__ import annotations

import io
import math
import struct
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.model import Audio
from voicecoach.reading_files import read_limited

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MIN_DURATION_MS = 30
"""The shortest speech: failed runs of pyttsx3 leave files of 0 to 10 ms, the shortest vowel lasts longer."""
MAX_BYTES = 500_000_000
"""An hour and more of one text."""
MIN_PEAK = 10 ** (-50 / 20)
"""Below −50 dB of full scale nobody speaks."""


def read_speech(path: Path) -> Audio:
    """The sound as it is in the file, mono. WAV, or AIFF as macOS writes it, 16 bits.

    Raises ValueError if the file cannot be read, is too short or is silent; OSError if it is not there.
    """
    data = read_limited(path, MAX_BYTES)
    samples, rate_hz = _read_aiff(data) if data[:4] == b"FORM" else _read_wav(data)
    if len(samples) * 1000 < MIN_DURATION_MS * rate_hz:
        raise ValueError("the sound is empty")
    if abs(samples).max() < MIN_PEAK:
        raise ValueError("the sound is silent")
    return Audio(samples=samples, sample_rate_hz=rate_hz)


def _read_wav(data: bytes) -> tuple[NDArray[np.float32], int]:
    try:
        with wave.open(io.BytesIO(data), "rb") as file:
            if file.getsampwidth() != 2:
                raise ValueError(f"the sound has {8 * file.getsampwidth()} bits a sample, not 16")
            data = file.readframes(file.getnframes())
            if not file.getframerate():
                raise ValueError("the sound has a rate of 0 Hz")
            if len(data) < file.getnframes() * file.getnchannels() * 2:
                raise ValueError("the sound is cut off")
            return _mono(data, "<i2", file.getnchannels()), file.getframerate()
    except (wave.Error, EOFError, struct.error) as error:
        raise ValueError(f"the sound cannot be read: {error}") from error


def _read_aiff(data: bytes) -> tuple[NDArray[np.float32], int]:
    """AIFF and uncompressed AIFF-C: chunks of a four-letter name, a big-endian length, and that many bytes."""
    chunks: dict[bytes, bytes] = {}
    position = 12
    while position + 8 <= len(data):
        name, size = struct.unpack_from(">4sI", data, position)
        chunks[name] = data[position + 8 : position + 8 + size]
        position += 8 + size + size % 2
    try:
        channels, _, bits, exponent, mantissa = struct.unpack_from(">hIhHQ", chunks[b"COMM"])
        order = "<i2" if chunks[b"COMM"][18:22] == b"sowt" else ">i2"
        if bits != 16:
            raise ValueError(f"the sound has {bits} bits a sample, not 16")
        rate_hz = round(math.ldexp(mantissa, exponent - 16383 - 63))  # an 80-bit number of IEEE 754
        return _mono(chunks[b"SSND"][8:], order, channels), rate_hz
    except (KeyError, struct.error) as error:
        raise ValueError(f"the sound cannot be read: {error}") from error


def _mono(data: bytes, order: str, channels: int) -> NDArray[np.float32]:
    import numpy as np

    whole = len(data) - len(data) % (2 * channels)
    frames = np.frombuffer(data[:whole], dtype=order).reshape(-1, channels)
    mono: NDArray[np.float32] = (frames.mean(axis=1) / 32768).astype(np.float32)
    return mono
