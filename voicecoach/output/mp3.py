"""MP3: mono, 96 kbit/s, 48 kHz, tagged, and exact to the sample in every decoder that reads the LAME tag.

Frames in, file out: `write_frames` does not care whether the frames come straight from the encoder, as here, or
were put together from frames encoded before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from voicecoach.output.mp3_frames import cut_frames, write_frames
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.output.base import Programme

KBIT = 96
_QUALITY = 5
"""LAME's scale from 0 (best) to 9. 5 encodes a 20-minute programme in 3.4 s."""
_LAME_SCALE = 0.95
"""At up to 112 kbit/s LAME turns everything down by this (its ABR presets; measured 0.9497 at 64 to 128 kbit/s), and
lameenc cannot tell it not to. Undone beforehand, or an export would be 0.45 dB quieter than playing."""


class Mp3:
    suffix = ".mp3"

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        from voicecoach.output.id3 import id3_tag

        file.write(id3_tag(programme))
        write_frames(encode(blocks), ms_to_frames(programme.duration_ms), file)


def encode(blocks: Iterable[NDArray[np.float32]]) -> Iterator[bytes]:
    """The MP3 frames of `blocks` (mono float32 at 48 kHz), as they become ready."""
    return cut_frames(_stream(blocks))


def _stream(blocks: Iterable[NDArray[np.float32]]) -> Iterator[bytes]:
    import lameenc

    from voicecoach.output.pcm import to_int16

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(KBIT)
    encoder.set_in_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(_QUALITY)
    encoder.silence()  # or it prints
    yield bytes(encoder.encode(b""))  # an empty programme is one too
    for block in blocks:
        yield bytes(encoder.encode(to_int16(block, 1 / _LAME_SCALE).astype("<i2").tobytes()))
    yield bytes(encoder.flush())
