"""FLAC: 16 bits, lossless, about half of a WAV; exact to the sample by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from voicecoach.output.vorbis import SOUNDFILE, comments, encode, mutagen, picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.output.programme import Programme


class Flac:
    suffix = ".flac"
    needs = SOUNDFILE

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        encode(blocks, programme.channels, file, "PCM_16", format="FLAC")
        file.seek(0)
        opened = mutagen("flac").FLAC(file)
        if opened.tags is None:
            opened.add_tags()
        for key, values in comments(programme).items():
            opened.tags[key] = values
        if programme.cover:
            opened.add_picture(picture(programme))
        file.seek(0)
        opened.save(file, padding=lambda _: 0)
