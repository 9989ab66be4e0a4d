"""Ogg: Opus (`.opus`), the smallest for speech, and Vorbis (`.ogg`), which older players know.

Both are exact: Opus tells of the samples its encoder put in front, and the last page of either of its last sample.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from voicecoach.output.vorbis import SOUNDFILE, encode, mutagen, tag_ogg

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.output.programme import Programme


class Opus:
    suffix = ".opus"
    needs = SOUNDFILE

    _COMPRESSION = 0.8
    """On libsndfile's scale from 0 to 1: 58 kbit/s for noise, and less for speech."""

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        encode(blocks, programme.channels, file, "OPUS", format="OGG", compression_level=self._COMPRESSION)
        file.seek(0)
        tag_ogg(programme, mutagen("oggopus").OggOpus(file), file)


class Vorbis:
    suffix = ".ogg"
    needs = SOUNDFILE

    _COMPRESSION = 0.6
    """On libsndfile's scale from 0 to 1: quality 4 of Vorbis."""

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        encode(blocks, programme.channels, file, "VORBIS", format="OGG", compression_level=self._COMPRESSION)
        file.seek(0)
        tag_ogg(programme, mutagen("oggvorbis").OggVorbis(file), file)
