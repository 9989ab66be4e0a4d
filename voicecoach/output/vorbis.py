"""FLAC, Opus and Ogg Vorbis: what they have in common, which is libsndfile and Vorbis comments.

libsndfile (the wheel `soundfile`) encodes while the blocks come; mutagen then writes the comments: words, chapters
as `CHAPTER001`, and the cover. libsndfile gives every Ogg stream a number by chance, so that one is set afterwards,
or no two exports would be the same.
"""

from __future__ import annotations

import base64
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from voicecoach.output import marks
from voicecoach.output.programme import GENRE
from voicecoach.output.sidecar import lrc_lines
from voicecoach.pcm import to_int16
from voicecoach.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.output.programme import Programme

SOUNDFILE = ("soundfile", "flac")
"""What encodes, and the extra that brings it."""
_SERIAL = int.from_bytes(b"voic", "little")
_FRONT_COVER = 3


def encode(
    blocks: Iterable[NDArray[np.float32]], channels: int, file: BinaryIO, subtype: str, **settings: Any
) -> None:
    """Write `blocks` in the `format` and `subtype` of libsndfile."""
    import soundfile

    with soundfile.SoundFile(file, "w", SAMPLE_RATE_HZ, channels, subtype, **settings) as out:
        for block in blocks:
            samples = to_int16(block) if subtype == "PCM_16" else block
            out.write(samples if channels == 1 else samples.repeat(channels).reshape(-1, channels))


def comments(programme: Programme) -> dict[str, list[str]]:
    """The Vorbis comments of `programme`."""
    said = {
        "TITLE": programme.title,
        "ARTIST": programme.artist,
        "ALBUM": programme.album,
        "ALBUMARTIST": programme.album_artist,
        "GENRE": GENRE,
        "LANGUAGE": programme.language_iso_639_2,
    }
    if programme.comment:  # players differ in which of the two they show
        said["COMMENT"] = said["DESCRIPTION"] = programme.comment
    if programme.routine:
        said[marks.VORBIS_KEY] = programme.routine
    if programme.year is not None:
        said["DATE"] = f"{programme.year:04}"
    if programme.track:
        said["TRACKNUMBER"], said["TRACKTOTAL"] = (str(number) for number in programme.track)
    for number, chapter in enumerate(programme.chapters):
        said[f"CHAPTER{number:03}"] = _clock(chapter.start_ms)
        said[f"CHAPTER{number:03}NAME"] = chapter.title
    if programme.cues:
        said["LYRICS"] = programme.words
        said["SYNCEDLYRICS"] = "\n".join(lrc_lines(programme.cues))
    return {key: [value] for key, value in said.items()}


def mutagen(module: str) -> Any:
    """A module of mutagen, which has no types."""
    return import_module(f"mutagen.{module}")


def picture(programme: Programme) -> Any:
    """The cover as mutagen's FLAC picture."""
    made = mutagen("flac").Picture()
    made.type, made.mime, made.data = _FRONT_COVER, "image/png", programme.cover
    made.width = made.height = int.from_bytes(programme.cover[16:20], "big")  # the PNG's own header
    made.depth = 24
    return made


def tag_ogg(programme: Programme, opened: Any, file: BinaryIO) -> None:
    """Put the comments into the Ogg file that mutagen has `opened`, and the stream number that is always the same."""
    said = comments(programme)
    if programme.cover:
        said["METADATA_BLOCK_PICTURE"] = [base64.b64encode(picture(programme).write()).decode()]
    for key, values in said.items():
        opened.tags[key] = values
    file.seek(0)
    opened.save(file, padding=lambda _: 0)
    _set_serial(file)


def _set_serial(file: BinaryIO) -> None:
    read_page = mutagen("ogg").OggPage
    file.seek(0)
    while True:
        at = file.tell()
        try:
            page = read_page(file)
        except EOFError:
            break
        page.serial = _SERIAL
        end = file.tell()
        file.seek(at)
        file.write(page.write())  # as long as it was
        file.seek(end)
    file.seek(0, 2)


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
