"""What a WAV file says of itself, held against what it is: a file that was cut off is told, not played as a click."""

from __future__ import annotations

import struct
from typing import BinaryIO

from voicecoach.units import SAMPLE_RATE_HZ

RATES_HZ = (2_000, 16 * SAMPLE_RATE_HZ)
_UNKNOWN_BYTES = 0x7FFFF000
"""From here on a length means that its writer did not know: it wrote into a pipe."""
_MAX_CHUNKS = 1000


def wav_fault(file: BinaryIO, size: int) -> str:
    """Why the file of `size` bytes is not to be used; empty if nothing is wrong with its header, or if it is no WAV.

    Only headers are read, whatever lengths stand in them.
    """
    file.seek(0)
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return ""
    place = len(head)
    for _ in range(_MAX_CHUNKS):
        file.seek(place)
        chunk = file.read(8)
        if len(chunk) < 8:
            return "it is cut off before its sound begins"
        name, length = struct.unpack("<4sI", chunk)
        left = size - place - 8
        if name == b"data":
            promised = length if length < _UNKNOWN_BYTES else 0
            return f"it is cut off: {left:,} of {length:,} bytes of sound are there" if promised > left else ""
        if length > left:
            return "it is damaged: a part of it is longer than the file"
        if name == b"fmt " and (fault := _format_fault(file.read(16))):
            return fault
        place += 8 + length + length % 2
    return "it is damaged: it has too many parts"


def _format_fault(data: bytes) -> str:
    if len(data) < 16:
        return "it is damaged: it does not say what it holds"
    _, channels, rate_hz, *_ = struct.unpack("<HHIIHH", data)
    if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
        return f"it is damaged: a rate of {rate_hz:,} Hz"
    return "" if channels else "it is damaged: it has no channels"
