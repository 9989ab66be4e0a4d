"""MP3: 48 kHz, tagged, and exact to the sample in every decoder that reads the LAME tag.

Speech with silence in it is laid out of frames that were encoded before (`splice`); sound without a pause is encoded
as it goes by, on several cores (`mp3_chunks`). Encoded at 96 kbit/s; the file is smaller by what silence saves.
Always encoded as mono; stereo holds the same frames as its middle.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, BinaryIO

from voicecoach.disk_cache import code_digest, digest
from voicecoach.output.mp3_frames import as_stereo, cut_frames, in_stretches, write_frames
from voicecoach.output.splice import GAP_MS, InPieces, spliced, worth_splicing
from voicecoach.packages import version_of
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.output.base import Programme
    from voicecoach.output.splice import Kept

KBIT = 96
QUALITY = 7
"""LAME's scale from 0 (best) to 9, for words alone. From 7 on LAME does not shape its noise by ear. In words that
leaves 6 dB less of it (37 dB below them against 31 with 5) and, band by band, as much against what masks it, in half
the time."""
BED_QUALITY = 5
"""For what has music under it: there 7 would leave the noise 2 dB nearer to what masks it."""
_LAME_SCALE = 0.95
"""At up to 112 kbit/s LAME turns everything down by this (its ABR presets; measured 0.9497 at 64 to 128 kbit/s), and
lameenc cannot tell it not to. Undone beforehand, or an export would be 0.45 dB quieter than playing."""
_CODE = ("output/splice.py", "output/mp3.py", "output/mp3_frames.py", "output/pcm.py", "units.py")


class Mp3:
    suffix = ".mp3"

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        pieces = blocks.pieces(GAP_MS) if isinstance(blocks, InPieces) else ()
        samples = ms_to_frames(programme.duration_ms)
        file.write(_tag(programme, blocks.kept if isinstance(blocks, InPieces) else None))
        if isinstance(blocks, InPieces) and worth_splicing(pieces, programme.duration_ms):
            stretches = spliced(pieces, samples, encode, _settings(), blocks.kept)
        else:
            from voicecoach.output.mp3_chunks import encode_in_chunks

            quality = QUALITY if isinstance(blocks, InPieces) else BED_QUALITY
            stretches = in_stretches(encode_in_chunks(blocks, partial(encode, quality=quality)))
        if programme.channels == 2:
            stretches = in_stretches(as_stereo(frame) for stretch in stretches for frame in stretch.frames())
        write_frames(stretches, samples, file)


def _tag(programme: Programme, kept: Kept | None) -> bytes:
    """The ID3 tag, made once for each different programme if it can be kept."""

    def make() -> bytes:
        from voicecoach.output.id3 import id3_tag

        return id3_tag(programme)

    if kept is None:
        return make()
    code = code_digest("output/id3.py", "output/programme.py", "output/sidecar.py")
    return kept.made(digest("id3", code, version_of("mutagen"), programme).hex(), make)


def encode(blocks: Iterable[NDArray[np.float32]], quality: int = QUALITY) -> Iterator[bytes]:
    """The MP3 frames of `blocks` (mono float32 at 48 kHz), as they become ready."""
    return cut_frames(_stream(blocks, quality))


def _stream(blocks: Iterable[NDArray[np.float32]], quality: int) -> Iterator[bytes]:
    import lameenc

    from voicecoach.output.pcm import to_int16

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(KBIT)
    encoder.set_in_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(quality)
    encoder.silence()  # or it prints
    yield bytes(encoder.encode(b""))  # an empty programme is one too
    for block in blocks:
        yield bytes(encoder.encode(to_int16(block, 1 / _LAME_SCALE).astype("<i2").tobytes()))
    yield bytes(encoder.flush())


@lru_cache(maxsize=1)
def _settings() -> bytes:
    """All that decides the frames besides the samples."""
    return digest(version_of("lameenc"), code_digest(*_CODE))
