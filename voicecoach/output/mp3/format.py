"""MP3: 48 kHz, tagged, and exact to the sample in every decoder that reads the LAME tag.

Speech with silence in it is laid out of frames that were encoded before (`splice`); sound without a pause is encoded
as it goes by, on several cores (`chunks`). Always encoded as mono; stereo holds the same data as its middle.
All frames have one size (CBR): of other files browsers and phones know only roughly where a time is, and miss a
chapter by up to a second.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from voicecoach.disk_cache import digest
from voicecoach.output.mp3.frames import cut_frames, frame_kbit, in_stretches, packed
from voicecoach.output.mp3.id3 import id3_tag
from voicecoach.output.mp3.splice import GAP_MS, InPieces, Splicing, spliced, worth_splicing
from voicecoach.output.mp3.tag_frame import write_frames
from voicecoach.pcm import to_int16
from voicecoach.provenance import code_digest
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.output.base import Programme
    from voicecoach.output.mp3.splice import Kept

KBIT, BED_KBIT = 80, 112
"""Of words alone, and of what has music under it."""
QUALITY = 7
"""LAME's scale from 0 (best) to 9, for words alone. From 7 on LAME does not shape its noise by ear. In words that
leaves 6 dB less of it (35 to 37 dB below them, with 5 it is 28 to 32) and, band by band, as much against what masks
it, in half the time."""
BED_QUALITY = 5
"""For what has music under it: there 7 would leave the noise 2 dB nearer to what masks it."""
_SPARE = 32
"""Bytes that are left free in a frame: where one encoder follows another, the one behind may borrow at once, and a
player that is sent into a word lacks less of it. It makes frames of 96 and 128 kbit/s."""
_LAME_SCALE = 0.95
"""At up to 112 kbit/s LAME turns everything down by this (its ABR presets; measured 0.9497 at 64 to 128 kbit/s), and
lameenc cannot tell it not to. Undone beforehand, or an export would be 0.45 dB quieter than playing."""


class Mp3:
    suffix = ".mp3"
    needs = ("", "")

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        words = blocks if isinstance(blocks, InPieces) else None
        pieces = words.pieces(GAP_MS) if words else ()
        samples = ms_to_frames(programme.duration_ms)
        kbit = frame_kbit(KBIT if words else BED_KBIT, programme.channels, _SPARE)
        file.write(_tag(programme, words.kept if words else None))
        if words and worth_splicing(pieces, programme.duration_ms):
            stretches = spliced(
                pieces, samples, Splicing(encode, kbit, programme.channels, code_digest(__name__)), words.kept
            )
        else:
            from voicecoach.output.mp3.chunks import encode_in_chunks

            encoder = encode if words else partial(encode, kbit=BED_KBIT, quality=BED_QUALITY)
            stretches = in_stretches(packed(encode_in_chunks(blocks, encoder), kbit, programme.channels))
        write_frames(stretches, samples, file)


def _tag(programme: Programme, kept: Kept | None) -> bytes:
    """The ID3 tag, made once for each different programme if it can be kept."""
    if kept is None:
        return id3_tag(programme)
    key = digest("id3", code_digest(id3_tag.__module__), programme).hex()
    return kept.made(key, partial(id3_tag, programme))


def encode(blocks: Iterable[NDArray[np.float32]], *, kbit: int = KBIT, quality: int = QUALITY) -> Iterator[bytes]:
    """The MP3 frames of `blocks` (mono float32 at 48 kHz), as they become ready."""
    return cut_frames(_stream(blocks, kbit, quality))


def _stream(blocks: Iterable[NDArray[np.float32]], kbit: int, quality: int) -> Iterator[bytes]:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(kbit)
    encoder.set_in_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(quality)
    encoder.silence()  # or it prints
    yield bytes(encoder.encode(b""))  # an empty programme is one too
    for block in blocks:
        yield bytes(encoder.encode(to_int16(block, 1 / _LAME_SCALE).astype("<i2").tobytes()))
    yield bytes(encoder.flush())
