"""Ogg: Opus (`.opus`), the smallest for speech, and Vorbis (`.ogg`), which older players know.

Both are exact: Opus tells of the samples its encoder put in front, and the last page of either of its last sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from voicecoach.output.vorbis import SOUNDFILE, encode, mutagen, tag_ogg

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.output.programme import Programme


@dataclass(frozen=True, slots=True)
class Ogg:
    suffix: str
    codec: str
    """As libsndfile calls it."""
    compression: float
    """On libsndfile's scale from 0 to 1."""
    reader: tuple[str, str]
    """The module of mutagen that reads it, and the class in there."""
    needs: tuple[str, str] = SOUNDFILE

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        encode(blocks, programme.channels, file, self.codec, format="OGG", compression_level=self.compression)
        file.seek(0)
        module, name = self.reader
        tag_ogg(programme, getattr(mutagen(module), name)(file), file)


OPUS = Ogg(".opus", "OPUS", 0.8, ("oggopus", "OggOpus"))
"""58 kbit/s for noise, and less for speech."""
VORBIS = Ogg(".ogg", "VORBIS", 0.6, ("oggvorbis", "OggVorbis"))
"""Quality 4 of Vorbis."""
