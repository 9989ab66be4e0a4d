"""WAV: 16-bit mono at 48 kHz, by the standard library."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING, BinaryIO

from voicecoach.errors import OutputError
from voicecoach.output.riff_info import MOST_BYTES, append_info
from voicecoach.pcm import to_int16
from voicecoach.units import SAMPLE_RATE_HZ, format_duration, frames_to_ms, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.output.base import Programme

_MAX_FRAMES = (2**32 - 1 - 36 - MOST_BYTES) // 2
"""The RIFF header counts bytes in 32 bits."""


class Wav:
    """Plain PCM, and behind it what is told of it; there is no place for words, chapters and a cover."""

    suffix = ".wav"
    needs = ("", "")

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        frames = ms_to_frames(programme.duration_ms)
        if frames > _MAX_FRAMES:
            longest = format_duration(frames_to_ms(_MAX_FRAMES) // 60_000 * 60_000)
            raise OutputError(f"a WAV file holds at most {longest}", hint="Export to .mp3.")
        with wave.open(file, "wb") as out:
            out.setparams((1, 2, SAMPLE_RATE_HZ, frames, "NONE", ""))
            for block in blocks:
                out.writeframesraw(to_int16(block).astype("<i2").tobytes())
        append_info(programme, file)
