"""Files of speech programs: WAV, AIFF, and what is no speech."""

from __future__ import annotations

import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from voicecoach.speech.sound_file import read_speech

TONE = (10_000 * np.sin(np.arange(4410) / 10)).astype("<i2")


def write_wav(path: Path, samples: np.ndarray[tuple[int, ...], np.dtype[np.int16]], channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(22_050)
        file.writeframes(samples.tobytes())
    return path


def aiff(samples: bytes, compression: bytes = b"") -> bytes:
    rate = struct.pack(">HQ", 16383 + 14, 22_050 << 49)
    common = struct.pack(">hIh", 1, len(samples) // 2, 16) + rate + compression
    chunks = b"COMM" + struct.pack(">I", len(common)) + common
    chunks += b"junk" + struct.pack(">I", 3) + b"odd\0"
    chunks += b"SSND" + struct.pack(">I", len(samples) + 8) + bytes(8) + samples
    return b"FORM" + struct.pack(">I", len(chunks) + 4) + (b"AIFC" if compression else b"AIFF") + chunks


def test_wav(tmp_path: Path) -> None:
    audio = read_speech(write_wav(tmp_path / "a.wav", TONE))
    assert audio.sample_rate_hz == 22_050
    assert audio.samples.dtype == np.float32
    assert np.array_equal(audio.samples, TONE.astype(np.float32) / 32768)


def test_stereo_becomes_mono(tmp_path: Path) -> None:
    stereo = np.stack([TONE, np.zeros_like(TONE)], axis=1).ravel()
    audio = read_speech(write_wav(tmp_path / "a.wav", stereo, channels=2))
    assert np.allclose(audio.samples, TONE / 65536)


@pytest.mark.parametrize(
    ("order", "compression"), [(">i2", b""), (">i2", b"NONE\0\0"), ("<i2", b"sowt\0\0")], ids=["AIFF", "NONE", "sowt"]
)
def test_aiff(tmp_path: Path, order: str, compression: bytes) -> None:
    path = tmp_path / "a.aiff"
    path.write_bytes(aiff(TONE.astype(order).tobytes(), compression))
    audio = read_speech(path)
    assert audio.sample_rate_hz == 22_050
    assert np.array_equal(audio.samples, TONE.astype(np.float32) / 32768)


def test_what_is_no_speech_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    whole = write_wav(path, TONE).read_bytes()
    bad = {
        "silent": write_wav(path, np.zeros(4410, dtype="<i2")).read_bytes(),
        "empty": write_wav(path, TONE[:0]).read_bytes(),
        "short": write_wav(path, TONE[:200]).read_bytes(),
        "cut": whole[:30],
        "nothing": b"",
        "rubbish": b"Audio saved to nowhere",
        "aiff": aiff(TONE.tobytes())[:40],
        "8 bits": whole[:34] + b"\x08\0" + whole[36:],
    }
    for data in bad.values():
        path.write_bytes(data)
        with pytest.raises(ValueError, match=r"^the sound "):
            read_speech(path)
    with pytest.raises(OSError, match="none"):
        read_speech(tmp_path / "none.wav")
