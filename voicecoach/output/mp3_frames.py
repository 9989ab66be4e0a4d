"""MP3 as frames: cutting a stream into them, freeing them from one another, and the tag frame that makes decoders
exact to the sample.

Only what voicecoach makes: MPEG-1 layer III, mono, 48 kHz, without CRC. Sources: ISO/IEC 11172-3 sections 2.4.1.3
(header) and 2.4.1.7 (side information); the Xing header; "Mp3 Info Tag rev 1, specifications" (LAME) for the part
that begins with `LAME`.
"""

from __future__ import annotations

import struct
from array import array
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FRAME_SAMPLES = 1152
ENCODER_DELAY = 576
"""Samples that LAME puts in front. A decoder adds 529 of its own, and leaves both out if the tag tells of them."""

_KBIT = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # ISO 11172-3, layer III
_HEADER_BYTES, _SIDE_INFO_BYTES = 4, 17  # mono
_XING_BYTES, _LAME_BYTES = 120, 36
_TAG_AT = _HEADER_BYTES + _SIDE_INFO_BYTES
_TAG_END = _TAG_AT + _XING_BYTES + _LAME_BYTES
_SYNC = b"\xff\xfb"  # 11 bits of sync, MPEG-1, layer III, no CRC
_TOC_POINTS = 100
_MAX_PADDING = 0xFFF
_MAX_BEGIN = 0x1FF  # of the 9 bits of main_data_begin

SILENT_FRAME = _SYNC + b"\x14\xc4" + bytes(92)
"""24 ms of silence, the least frame there is: 32 kbit/s, 48 kHz, mono, and no main data at all."""


def cut_frames(stream: Iterable[bytes]) -> Iterator[bytes]:
    """The whole frames of an encoder's output, however it comes in pieces."""
    rest = b""
    for piece in stream:
        rest += piece
        at = 0
        while len(rest) - at >= _HEADER_BYTES and len(rest) - at >= (size := frame_bytes(rest, at)):
            yield rest[at : at + size]
            at += size
        rest = rest[at:]


def frame_bytes(stream: bytes, at: int = 0) -> int:
    """The length of the frame whose header stands at `at`."""
    if stream[at : at + 2] != _SYNC:
        raise ValueError(f"no MP3 frame at byte {at}")
    padded = stream[at + 2] >> 1 & 1
    return 3 * _KBIT[stream[at + 2] >> 4] + padded


def self_contained(frames: Iterable[bytes]) -> Iterator[bytes]:
    """`frames` of one encoder from its first, each with all of its own main data and nothing else.

    An encoder puts a part of a frame's main data into the frames before it, the bit reservoir (`main_data_begin`
    bytes back, headers and side information not counted). Here it goes back, bit by bit the same, into a frame of
    the least bit rate that has room; LAME leaves no frame more than fits.
    """
    reservoir = b""
    for frame in frames:
        begin, used = _main_data(frame)
        if begin > len(reservoir):
            raise ValueError("the frames do not begin where their encoder began")
        own = frame[_TAG_AT:]
        main = (reservoir[len(reservoir) - begin :] + own)[:used]
        yield _frame_of(frame, main)
        reservoir = (reservoir + own)[-_MAX_BEGIN:]


def _main_data(frame: bytes) -> tuple[int, int]:
    """(how many bytes back the main data begins, how many bytes it has), from the side information: 9 bits of
    `main_data_begin`, 5 private, 4 `scfsi`, and two granules of 59 bits that begin with 12 of `part2_3_length`."""
    side = int.from_bytes(frame[_HEADER_BYTES:_TAG_AT], "big")
    bits = (side >> 8 * _SIDE_INFO_BYTES - 30 & 0xFFF) + (side >> 8 * _SIDE_INFO_BYTES - 89 & 0xFFF)
    return side >> 8 * _SIDE_INFO_BYTES - 9, -(-bits // 8)


def _frame_of(frame: bytes, main: bytes) -> bytes:
    """`frame` with `main` as its main data, all of which it holds."""
    rate = _least_rate(_TAG_AT + len(main))
    head = bytes((*_SYNC, rate << 4 | frame[2] & 0b1101, frame[3], 0, frame[5] & 0x7F))
    return (head + frame[6:_TAG_AT] + main).ljust(3 * _KBIT[rate], b"\0")


@lru_cache(maxsize=1024)
def _least_rate(size: int) -> int:
    """The index of the least bit rate whose frames have `size` bytes."""
    return next(rate for rate, kbit in enumerate(_KBIT) if 3 * kbit >= size)


def write_frames(frames: Iterable[bytes], samples: int, file: BinaryIO) -> None:
    """Write `frames` behind a tag frame that says which `samples` of them are the programme.

    The tag frame needs the sizes of all the others, so its place is filled last: `file` must be able to seek.
    The first frame must be a frame after `ENCODER_DELAY`, and the last far enough behind the end.
    """
    tag_at = file.tell()
    sizes: array[int] = array("I")
    header = b""
    for frame in frames:
        if not sizes:
            header = tag_header(frame)
            file.write(bytes(frame_bytes(header)))
        file.write(frame)
        sizes.append(len(frame))
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
    frame[:_HEADER_BYTES] = header
    constant = len(set(sizes)) <= 1
    total = len(frame) + sum(sizes)
    # Xing: all four fields present; frames (this one not counted), bytes, seek points, quality (unknown).
    xing = (b"Info" if constant else b"Xing") + struct.pack(">III", 0xF, len(sizes), total)
    frame[_TAG_AT:_TAG_END] = xing + _seek_points(len(frame), sizes) + struct.pack(">I", 0) + bytes(_LAME_BYTES)
    lame = _lame(_KBIT[header[2] >> 4], padding, total, constant=constant)
    frame[_TAG_AT + _XING_BYTES : _TAG_END - 2] = lame
    frame[_TAG_END - 2 : _TAG_END] = struct.pack(">H", crc16(frame[: _TAG_END - 2]))
    return bytes(frame)


def crc16(data: bytes | bytearray) -> int:
    """CRC-16/ARC, as the LAME tag wants it of the bytes in front of it."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def _lame(kbit: int, padding: int, total: int, *, constant: bool) -> bytes:
    """The LAME part but for its last field, the CRC. Zero means "unknown" in every field that is left at it."""
    part = bytearray(_LAME_BYTES - 2)
    part[:9] = b"LAME3.100"
    part[9] = 1 if constant else 3  # revision 0; CBR, or VBR
    part[20] = min(kbit, 255)
    part[21:24] = (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    part[24] = 0b10 << 6  # the source was at 48 kHz, mono
    struct.pack_into(">I", part, 28, total)
    return bytes(part)


def _seek_points(tag_bytes: int, sizes: Sequence[int]) -> bytes:
    """For each hundredth of the time, where it lies, in 256ths of all bytes."""
    starts = list(accumulate(sizes, initial=tag_bytes))
    at = (starts[point * len(sizes) // _TOC_POINTS] for point in range(_TOC_POINTS))
    return bytes(min(255, 256 * start // starts[-1]) for start in at)


def tag_header(first: bytes) -> bytes:
    """The header of `first`, at the least bit rate from its own upward whose frame has room for the tag."""
    rate = max(first[2] >> 4, _least_rate(_TAG_END))
    return bytes((*_SYNC, rate << 4 | first[2] & 0b1101, first[3]))  # no padding
