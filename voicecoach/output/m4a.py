"""MPEG-4 audio (`.m4a`) and audiobook (`.m4b`): AAC with chapters, which Apple's players and most others show.

PyAV brings the encoder and writes the chapters in both of their forms; mutagen writes the words and the cover. The
edit list tells where the programme begins and how long it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from voicecoach.output import marks
from voicecoach.output.programme import GENRE
from voicecoach.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.output.programme import Programme

_BIT_RATE = 96_000
_AUDIOBOOK = 2


class M4a:
    needs = ("av", "m4a")

    def __init__(self, suffix: str = ".m4a") -> None:
        self.suffix = suffix

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        _encode(blocks, programme, file)
        file.seek(0)
        _tag(programme, file, audiobook=self.suffix == ".m4b")


def _encode(blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
    from fractions import Fraction

    import av

    made: Any = av
    layout = "mono" if programme.channels == 1 else "stereo"
    tick = Fraction(1, SAMPLE_RATE_HZ)
    # bitexact: no version and no clock in the file.
    with made.open(_Writable(file), "w", format="ipod", options={"fflags": "+bitexact"}) as out:
        if programme.chapters:
            out.set_chapters(_chapters(programme, Fraction(1, 1000)))
        stream = out.add_stream("aac", rate=SAMPLE_RATE_HZ, layout=layout)
        stream.bit_rate, stream.time_base = _BIT_RATE, tick
        stream.metadata["language"] = programme.language_iso_639_2
        position = 0
        for block in blocks:
            frame = made.AudioFrame.from_ndarray(_planes(block, programme.channels), format="fltp", layout=layout)
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE_HZ, position, tick
            position += len(block)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _planes(block: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    return block.reshape(1, -1).repeat(channels, axis=0)


def _chapters(programme: Programme, tick: Fraction) -> list[dict[str, Any]]:
    return [
        {
            "id": number, "start": chapter.start_ms, "end": chapter.end_ms, "time_base": tick,
            "metadata": {"title": chapter.title},
        }
        for number, chapter in enumerate(programme.chapters)
    ]  # fmt: skip


def _tag(programme: Programme, file: BinaryIO, *, audiobook: bool) -> None:
    from mutagen import mp4

    made: Any = mp4
    opened = made.MP4(file)
    if opened.tags is None:
        opened.add_tags()
    tags = opened.tags
    tags["\xa9nam"], tags["\xa9ART"], tags["\xa9alb"] = programme.title, programme.artist, programme.album
    tags["aART"], tags["\xa9gen"] = programme.album_artist, GENRE
    if programme.comment:
        tags["\xa9cmt"] = programme.comment
    if programme.routine:
        tags[marks.MP4_KEY] = [programme.routine.encode()]
    if programme.year is not None:
        tags["\xa9day"] = f"{programme.year:04}"
    if programme.track:
        tags["trkn"] = [programme.track]
    if programme.cues:
        tags["\xa9lyr"] = programme.words
    if programme.cover:
        tags["covr"] = [made.MP4Cover(programme.cover, made.MP4Cover.FORMAT_PNG)]
    if audiobook:
        tags["stik"] = [_AUDIOBOOK]
    file.seek(0)
    opened.save(file, padding=lambda _: 0)


class _Writable:
    """A file without its name: PyAV would open a named one anew."""

    def __init__(self, file: BinaryIO) -> None:
        self.read, self.write, self.seek, self.tell = file.read, file.write, file.seek, file.tell
