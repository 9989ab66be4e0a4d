"""An MP3 laid out of frames that were encoded before: most of a routine is silence, and words it said already.

The programme comes in pieces (`Piece`): what sounds without a pause, at its place on the grid of MP3 frames. Each
different piece is encoded once, by an encoder of its own, and its frames are kept. The file is a tape of silent
frames with the frames of the pieces copied over them.

Why that is the same sound as one encoder's straight through. A frame holds two granules of 576 samples; each is
windowed and transformed over twice its length, behind a filterbank of 512 taps (ISO/IEC 11172-3, 2.4.3.4 and C.1.3).
With the delay of encoder and decoder, 1105 samples, a sample reaches into the frame that its place falls into and the
two after it, and never into one before: pieces with `GAP_MS` of silence between them share no frame. What the frames
of a piece borrow from frames before them, the bit reservoir, lies within the piece, whose encoder began with it. So a
piece needs no frame outside it, and a player that is sent into the silence before it has all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from voicecoach.disk_cache import digest
from voicecoach.output.mp3.frames import (
    ENCODER_DELAY,
    FRAME_MS,
    FRAME_SAMPLES,
    MOST_AT_ONCE,
    Stretch,
    repeated,
    silent_frame,
    stretch_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Iterable[NDArray[np.float32]]], Iterator[bytes]]

GAP_MS = 10 * FRAME_MS
"""Pieces at least this far apart are encoded apart. From 3 frames on they share none (two after the one, one for
rounding); from 10 on noise bursts every 300 ms, the hardest case tried, lose nothing. Real routines have hardly more
different pieces for it."""
LONGEST_MS = 60_000
"""A longer piece is not held in memory: such a programme is encoded as it goes by."""
MOST_SOUND = 0.7
"""The part of the programme's time that different pieces may fill. Above it little is said twice, and encoding it
as it goes by costs the same."""

_DECODER_DELAY = 529


class Piece(Protocol):
    """A part of the programme with silence around it."""

    @property
    def start_ms(self) -> int: ...
    @property
    def duration_ms(self) -> int: ...
    @property
    def key(self) -> bytes:
        """Equal for pieces of equal samples only; had without making them."""

    def samples(self) -> NDArray[np.float32]:
        """(48 * duration_ms,) at 48 kHz. Pure; may be called from any thread."""


class Kept(Protocol):
    """Where frames are kept: `disk_cache.DiskCache`."""

    def load(self, key: str) -> bytes | None: ...
    def store(self, key: str, data: bytes) -> object: ...
    def made(self, key: str, make: Callable[[], bytes]) -> bytes: ...


@runtime_checkable
class InPieces(Protocol):
    """Blocks that know where they sound. What can do with blocks alone just iterates."""

    kept: Kept

    def __iter__(self) -> Iterator[NDArray[np.float32]]: ...

    def pieces(self, gap_ms: int) -> Sequence[Piece]:
        """All that sounds, in order, at least `gap_ms` apart and inside the programme."""


def worth_splicing(pieces: Sequence[Piece], duration_ms: int) -> bool:
    """Whether a programme is to be laid out of frames. Depends on the programme alone, never on what is kept, so
    that its bytes are the same each time."""
    different = {piece.key: piece.duration_ms for piece in pieces}
    return max(different.values(), default=0) <= LONGEST_MS and sum(different.values()) <= MOST_SOUND * duration_ms


@dataclass(frozen=True, slots=True)
class Splicing:
    """How the frames of a programme are made."""

    encode: Encode
    """One encoder's frames, mono."""
    kbit: int
    """That of each frame; it holds what `encode` gives (`frames.frame_kbit`)."""
    channels: int
    settings: bytes
    """All that decides how frames are made of samples, besides the other fields."""


def spliced(pieces: Sequence[Piece], samples: int, splicing: Splicing, kept: Kept) -> Iterator[Stretch]:
    """The frames of a programme of `samples` that sounds where `pieces` say."""
    keys = [_key(piece, splicing) for piece in pieces]
    frames = _frames_of(dict(zip(keys, pieces, strict=True)), splicing, kept)
    placed = [(piece.start_ms // FRAME_MS, frames[key]) for piece, key in zip(pieces, keys, strict=True)]
    silent = silent_frame(splicing.kbit, splicing.channels)
    return _tape(placed, -(-(samples + ENCODER_DELAY + _DECODER_DELAY) // FRAME_SAMPLES), silent)


def _tape(placed: Sequence[tuple[int, Stretch]], length: int, silent: bytes) -> Iterator[Stretch]:
    """The frames from 0 to `length`: silence, the frames of a piece, silence …"""
    at = 0
    for start, frames in placed:
        yield from _silence(start - at, silent)
        yield frames if start + len(frames.sizes) <= length else frames.part(0, length - start)
        at = start + len(frames.sizes)
    yield from _silence(length - at, silent)


def _silence(frames: int, silent: bytes) -> Iterator[Stretch]:
    for at in range(0, frames, MOST_AT_ONCE):
        yield repeated(silent, min(MOST_AT_ONCE, frames - at))


def _frames_of(pieces: Mapping[str, Piece], splicing: Splicing, kept: Kept) -> dict[str, Stretch]:
    """The frames of each piece, from its first to the last that holds something of it."""
    found = {key: kept.load(key) for key in pieces}
    missing = [key for key, data in found.items() if data is None]
    if missing:
        from voicecoach.output.mp3.encoded import encoded  # loads numpy

        for key, data in zip(missing, encoded([pieces[key] for key in missing], splicing), strict=True):
            kept.store(key, data)
            found[key] = data
    return {key: stretch_of(data) for key, data in found.items() if data is not None}


def _key(piece: Piece, splicing: Splicing) -> str:
    made = splicing.kbit, splicing.channels, splicing.settings
    return digest(piece.key, piece.start_ms % FRAME_MS, made).hex()
