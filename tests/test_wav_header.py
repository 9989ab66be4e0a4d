"""WAV files that are not what their header says: each is refused with its reason, and read for no more than that."""

from __future__ import annotations

import io
import struct
import wave
from pathlib import Path

import pytest

from voicecoach.errors import RenderError
from voicecoach.render.segment import read_audio
from voicecoach.render.track import Track
from voicecoach.wav_header import wav_fault

RATE_AT, CHANNELS_AT, LENGTH_AT = 24, 22, 40
"""Where they stand in a plain WAV file."""


def wav(frames: int = 48_000, rate_hz: int = 48_000) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        out.writeframes(struct.pack("<hh", 9000, -9000) * (frames // 2))
    return file.getvalue()


def patched(at: int, format_: str, value: int) -> bytes:
    data = bytearray(wav())
    struct.pack_into(format_, data, at, value)
    return bytes(data)


DAMAGED = {
    "cut to 60 bytes": (wav()[:60], "cut off: 16 of 96,000 bytes"),
    "cut in half": (wav()[:48_000], "cut off: 47,956 of 96,000 bytes"),
    "cut in its header": (wav()[:30], "damaged"),
    "a rate of nothing": (patched(RATE_AT, "<I", 0), "a rate of 0 Hz"),
    "a rate of four billion": (patched(RATE_AT, "<I", 4_000_000_000), "a rate of 4,000,000,000 Hz"),
    "a rate of one": (patched(RATE_AT, "<I", 1), "a rate of 1 Hz"),
    "no channels": (patched(CHANNELS_AT, "<H", 0), "no channels"),
    "a chunk longer than the file": (patched(16, "<I", 1_000_000), "damaged"),
    "a thousand empty chunks": (wav()[:12] + b"junk\0\0\0\0" * 2000, "too many parts"),
}


@pytest.mark.parametrize(("data", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_told_as_a_sound_and_as_music(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(data)
    with pytest.raises(RenderError, match=reason):
        read_audio(path)
    with pytest.raises(RenderError, match=reason):
        Track(path, 48_000)


@pytest.mark.parametrize("length", [0xFFFFFFFF, 0x7FFFFFFF])
def test_a_file_that_was_written_into_a_pipe_is_whole(length: int) -> None:
    data = patched(LENGTH_AT, "<I", length)
    assert wav_fault(io.BytesIO(data), len(data)) == ""


def test_what_is_no_wav_is_for_others_to_judge() -> None:
    assert wav_fault(io.BytesIO(b"OggS" + bytes(40)), 44) == ""
    assert wav_fault(io.BytesIO(b""), 0) == ""


def test_a_click_is_no_sound_and_thirty_milliseconds_are(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(wav(frames=48 * 28))
    with pytest.raises(RenderError, match="shorter than 30 ms"):
        read_audio(path)
    path.write_bytes(wav(frames=48 * 30))
    assert len(read_audio(path).samples) == 48 * 30


def test_an_hour_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    length = 3600 * 48_000 * 2
    path.write_bytes(patched(LENGTH_AT, "<I", length)[:44])
    with path.open("rb+") as file:
        file.truncate(44 + length)  # holes: nothing lies on the disk
    with pytest.raises(RenderError, match="it is 346 MB, and at most 80"):
        read_audio(path)
    path.write_bytes(wav(frames=8_000 * 130, rate_hz=8_000))
    with pytest.raises(RenderError, match="longer than 2 minutes"):
        read_audio(path)
