"""MP3 as frames: cutting a stream into them, freeing what they hold, and packing it into frames of one size.

Only what voicecoach makes: MPEG-1 layer III, 48 kHz, mono or mono made stereo, without CRC. Sources: ISO/IEC 11172-3
sections 2.4.1.3 (header) and 2.4.1.7 (side information).
"""

from __future__ import annotations

from array import array
from collections import deque
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from voicecoach.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FRAME_SAMPLES = 1152
FRAME_MS = FRAME_SAMPLES * 1000 // SAMPLE_RATE_HZ
ENCODER_DELAY = 576
"""Samples that LAME puts in front. A decoder adds 529 of its own, and leaves both out if the tag tells of them."""

RATES_KBIT = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # ISO 11172-3, layer III
HEADER_BYTES, _SIDE_INFO_BYTES, _STEREO_BYTES = 4, 17, 32  # of a header, and of side information
_MAIN_AT = HEADER_BYTES + _SIDE_INFO_BYTES
_STEREO_MAIN_AT = HEADER_BYTES + _STEREO_BYTES
SYNC = b"\xff\xfb"  # 11 bits of sync, MPEG-1, layer III, no CRC
MOST_AT_ONCE = 4096  # frames that are written at once
_GRANULE = (1 << 59) - 1
_WITHOUT_BEGIN = (1 << 8 * _SIDE_INFO_BYTES - 9) - 1
_MAX_BEGIN = 0x1FF  # of the 9 bits of main_data_begin
_AHEAD = 64  # frames that are looked at before it is settled what a frame borrows
_MODES = {1: 0b11_00_0100, 2: 0b01_10_0100}
"""The last byte of a header: mono, or joint stereo of middle and side; original."""


def silent_frame(kbit: int, channels: int) -> bytes:
    """24 ms of silence: no main data at all."""
    return _header(RATES_KBIT.index(kbit), channels).ljust(3 * kbit, b"\0")


def frame_kbit(kbit: int, channels: int, spare: int = 0) -> int:
    """The bit rate of frames that hold the main data of mono frames of `kbit`, and `spare` bytes."""
    room = 3 * kbit - _MAIN_AT + spare
    return next(rate for rate in RATES_KBIT if 3 * rate - main_at(channels) >= room)


class Stretch(NamedTuple):
    """Whole frames that follow one another, and the length of each of them in bytes."""

    data: bytes
    sizes: array[int]

    def part(self, first: int, stop: int) -> Stretch:
        """From its frame `first` to before its frame `stop`."""
        at, end = sum(self.sizes[:first]), sum(self.sizes[:stop])
        return Stretch(self.data[at:end], self.sizes[first:stop])


def stretch_of(data: bytes) -> Stretch:
    """The frames that `data` is made of."""
    sizes, at = array("I"), 0
    while at < len(data):
        sizes.append(frame_bytes(data, at))
        at += sizes[-1]
    return Stretch(data, sizes)


def in_stretches(frames: Iterable[bytes]) -> Iterator[Stretch]:
    """Single frames, as they become ready, many at a time."""
    frames = iter(frames)
    while batch := list(islice(frames, MOST_AT_ONCE)):
        yield Stretch(b"".join(batch), array("I", map(len, batch)))


@lru_cache(maxsize=64)
def repeated(frame: bytes, times: int) -> Stretch:
    return Stretch(frame * times, array("I", [len(frame)]) * times)


def cut_frames(stream: Iterable[bytes]) -> Iterator[bytes]:
    """The whole frames of an encoder's output, however it comes in pieces."""
    rest = b""
    for piece in stream:
        rest += piece
        at = 0
        while len(rest) - at >= HEADER_BYTES and len(rest) - at >= (size := frame_bytes(rest, at)):
            yield rest[at : at + size]
            at += size
        rest = rest[at:]


def frame_bytes(stream: bytes, at: int = 0) -> int:
    """The length of the frame whose header stands at `at`."""
    if stream[at : at + 2] != SYNC:
        raise ValueError(f"no MP3 frame at byte {at}")
    padded = stream[at + 2] >> 1 & 1
    return 3 * RATES_KBIT[stream[at + 2] >> 4] + padded


class FrameData(NamedTuple):
    """What a mono frame holds, wherever its main data stand."""

    side: int
    """Its 17 bytes of side information as a number, with `main_data_begin` 0."""
    main: bytes


def frame_data(frames: Iterable[bytes]) -> Iterator[FrameData]:
    """Those of the `frames` of one encoder from its first.

    An encoder puts a part of a frame's main data into the frames before it, the bit reservoir (`main_data_begin`
    bytes back, headers and side information not counted). How much a frame has, its two granules say: of 59 bits
    each, the first 12 are `part2_3_length`.
    """
    reservoir = b""
    for frame in frames:
        side = int.from_bytes(frame[HEADER_BYTES:_MAIN_AT], "big")
        begin = side >> 8 * _SIDE_INFO_BYTES - 9
        bits = (side >> 8 * _SIDE_INFO_BYTES - 30 & 0xFFF) + (side >> 8 * _SIDE_INFO_BYTES - 89 & 0xFFF)
        if begin > len(reservoir):
            raise ValueError("the frames do not begin where their encoder began")
        held = reservoir[len(reservoir) - begin :] + frame[_MAIN_AT:]
        yield FrameData(side & _WITHOUT_BEGIN, held[: -(-bits // 8)])
        reservoir = (reservoir + frame[_MAIN_AT:])[-_MAX_BEGIN:]


def packed(data: Iterable[FrameData], kbit: int, channels: int = 1) -> Iterator[bytes]:
    """Frames of one size, that of `kbit`: players find a time in them by arithmetic.

    What a frame has no room for stands in the frames before it, at most 511 bytes back, and no more than that: a
    player that begins here misses as little as can be. One encoder's frames from its first have room if `kbit` holds
    as much as its own rate (`frame_kbit`); where several encoders follow one another and there is no room all the
    same, that one frame is larger.

    `channels` = 2: frames that hold the same on both sides. Joint stereo of middle and side (ISO/IEC 11172-3,
    2.4.3.4.9.2): left and right are (M ± S) / √2. S has no bits, and M is the mono frame with its gain up by √2,
    which is 2 in `global_gain` (a step is ¼ power of two). So not a bit of the main data changes, and each side is
    what mono was.
    """
    before = main_at(channels)
    open_ = bytearray()  # main data that may still grow
    heads = deque[tuple[bytes, int]]()  # of its frames: what stands before, and the room behind it
    first = at = end = 0  # where in all main data: `open_` begins, the room of this frame begins, the last data end
    for (side, main), borrowed in _borrowing(data, 3 * kbit - before):
        start = max(end, at - borrowed)
        rate = max(RATES_KBIT.index(kbit), least_rate(before + start + len(main) - at))
        room = 3 * RATES_KBIT[rate] - before
        heads.append((_header(rate, channels) + _side_info(side, at - start, channels), room))
        open_ += bytes(room)
        end = start + len(main)
        open_[start - first : end - first] = main
        at += room
        while heads and first + heads[0][1] <= max(end, at - _MAX_BEGIN):
            head, room = heads.popleft()
            yield head + open_[:room]
            del open_[:room]
            first += room
    for head, room in heads:
        yield head + open_[:room]
        del open_[:room]


def _borrowing(data: Iterable[FrameData], room: int) -> Iterator[tuple[FrameData, int]]:
    """With how many bytes back the main data of each has to begin. So many also where a frame only hands on what the
    next one needs: decoders forget what a frame does not reach back to."""
    data = iter(data)
    held = list(islice(data, _AHEAD))
    while held:
        more = list(islice(data, MOST_AT_ONCE))
        held += more
        sure = len(more) if len(more) == MOST_AT_ONCE else len(held)
        borrowed, known = 0, list[int]()
        for one in reversed(held):
            borrowed = min(max(0, len(one.main) + borrowed - room), _MAX_BEGIN)
            known.append(borrowed)
        yield from zip(held[:sure], reversed(known), strict=False)
        held = held[sure:]


def _header(rate: int, channels: int) -> bytes:
    """48 kHz, no padding. `rate`: an index of `RATES_KBIT`."""
    return bytes((*SYNC, rate << 4 | 0b0100, _MODES[channels]))


def _side_info(side: int, begin: int, channels: int) -> bytes:
    """That of a frame whose main data begin `begin` bytes back; perhaps made stereo."""
    if channels == 1:
        return (side | begin << 8 * _SIDE_INFO_BYTES - 9).to_bytes(_SIDE_INFO_BYTES, "big")
    scfsi, first, second = side >> 118 & 0xF, side >> 59 & _GRANULE, side & _GRANULE
    # 9 bits of main_data_begin, 3 private, 4 + 4 scfsi; then of each granule the middle and an empty side.
    wide = begin << 247 | scfsi << 240 | _middle_side(first) << 118 | _middle_side(second)
    return wide.to_bytes(_STEREO_BYTES, "big")


def _middle_side(granule: int) -> int:
    """A mono granule's 59 bits as those of the middle, and those of an empty side with the same windows.

    They begin: 12 `part2_3_length`, 9 `big_values`, 8 `global_gain`, 4 `scalefac_compress`, 1 window switching, and
    if that is set 2 `block_type`, 1 mixed.
    """
    switched = granule >> 25 & 1
    windows = granule & 0b1111 << 22 if switched else 0
    return (granule + (2 << 30) if granule else 0) << 59 | windows


@lru_cache(maxsize=1024)
def least_rate(size: int) -> int:
    """The index of the least bit rate whose frames have `size` bytes."""
    return next(rate for rate, kbit in enumerate(RATES_KBIT) if 3 * kbit >= size)


def main_at(channels: int) -> int:
    """Where the main data stand in a frame: behind its header and its side information."""
    return _MAIN_AT if channels == 1 else _STEREO_MAIN_AT
