"""The frame in front of all others, which makes decoders exact to the sample: Xing, and LAME's part in it.

Sources: the Xing header; "Mp3 Info Tag rev 1, specifications" (LAME) for the part that begins with `LAME`.
"""

from __future__ import annotations

import struct
from array import array
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, BinaryIO

from voicecoach.output.mp3.frames import (
    ENCODER_DELAY,
    FRAME_SAMPLES,
    HEADER_BYTES,
    RATES_KBIT,
    SYNC,
    frame_bytes,
    least_rate,
    main_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voicecoach.output.mp3.frames import Stretch

_XING_BYTES, _LAME_BYTES = 120, 36
_TOC_POINTS = 100
_MAX_PADDING = 0xFFF


def write_frames(stretches: Iterable[Stretch], samples: int, file: BinaryIO) -> None:
    """Write all frames behind a tag frame that says which `samples` of them are the programme.

    The tag frame needs the sizes of all the others, so its place is filled last: `file` must be able to seek.
    The first frame must be a frame after `ENCODER_DELAY`, and the last far enough behind the end.
    """
    tag_at = file.tell()
    sizes: array[int] = array("I")
    header = b""
    for stretch in stretches:
        if not sizes:
            header = tag_header(stretch.data)
            file.write(bytes(frame_bytes(header)))
        file.write(stretch.data)
        sizes.extend(stretch.sizes)
    file.seek(tag_at)
    file.write(tag_frame(header, sizes, samples))
    file.seek(0, 2)


def tag_frame(header: bytes, sizes: Sequence[int], samples: int) -> bytes:
    """The Xing/LAME frame in front of frames of `sizes` bytes that hold `samples` of programme.

    `header`: the four bytes of its own header. Players that do not know the tag decode it as 24 ms of silence.
    """
    padding = len(sizes) * FRAME_SAMPLES - ENCODER_DELAY - samples
    if not 0 <= padding <= _MAX_PADDING:
        raise ValueError(f"{len(sizes)} frames cannot hold {samples} samples")
    frame = bytearray(frame_bytes(header))
    frame[:HEADER_BYTES] = header
    constant = len(set(sizes)) <= 1
    at = _tag_at(header)
    end = at + _XING_BYTES + _LAME_BYTES
    total = len(frame) + sum(sizes)
    # Xing: all four fields present; frames (this one not counted), bytes, seek points, quality (unknown).
    xing = (b"Info" if constant else b"Xing") + struct.pack(">III", 0xF, len(sizes), total)
    frame[at:end] = xing + _seek_points(len(frame), sizes) + struct.pack(">I", 0) + bytes(_LAME_BYTES)
    frame[at + _XING_BYTES : end - 2] = _lame(header, padding, total, constant=constant)
    frame[end - 2 : end] = struct.pack(">H", crc16(frame[: end - 2]))
    return bytes(frame)


def crc16(data: bytes | bytearray) -> int:
    """CRC-16/ARC, as the LAME tag wants it of the bytes in front of it."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def _lame(header: bytes, padding: int, total: int, *, constant: bool) -> bytes:
    """The LAME part but for its last field, the CRC. Zero means "unknown" in every field that is left at it."""
    part = bytearray(_LAME_BYTES - 2)
    part[:9] = b"LAME3.100"
    part[9] = 1 if constant else 3  # revision 0; CBR, or VBR
    part[20] = min(RATES_KBIT[header[2] >> 4], 255)
    part[21:24] = (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    part[24] = 0b10 << 6 | (0 if _is_mono(header) else 0b011 << 2)  # the source was at 48 kHz; mono, or joint stereo
    struct.pack_into(">I", part, 28, total)
    return bytes(part)


def _seek_points(tag_bytes: int, sizes: Sequence[int]) -> bytes:
    """For each hundredth of the time, where it lies, in 256ths of all bytes."""
    at = [point * len(sizes) // _TOC_POINTS for point in range(_TOC_POINTS + 1)]
    parts = (sum(sizes[first:stop]) for first, stop in pairwise(at))
    *starts, total = accumulate(parts, initial=tag_bytes)
    return bytes(min(255, 256 * start // total) for start in starts)


def tag_header(first: bytes) -> bytes:
    """The header of the frame that `first` begins with, at the least bit rate from its own upward whose frame has
    room for the tag."""
    rate = max(first[2] >> 4, least_rate(_tag_at(first) + _XING_BYTES + _LAME_BYTES))
    return bytes((*SYNC, rate << 4 | first[2] & 0b1101, first[3]))  # no padding


def _tag_at(header: bytes) -> int:
    """Where the tag stands in its frame: behind what would be the side information."""
    return main_at(1 if _is_mono(header) else 2)


def _is_mono(header: bytes) -> bool:
    return header[3] >> 6 == 0b11
