"""The ID3v2.3 tag in front of an MP3: what it is called, how long it is, its chapters, its words and its cover.

Players differ in where they look for words: those with times are in SYLT, and USLT has plain text, as a player shows
it as it stands.

Version 2.3 in UTF-16, as with 2.4 ffprobe shows no chapters once one passes 127 bytes. mutagen writes the frames,
one at a time: a whole tag it would sort by size, and chapters would come out of order. Sources: id3v2.3.0; "ID3v2
Chapter Frame Addendum" 1.0 for CTOC and CHAP.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from voicecoach.output import marks
from voicecoach.output.programme import GENRE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.model import Chapter
    from voicecoach.output.base import Programme

_HEADER_BYTES = 10
_UTF_16 = 1
_NO_BYTE_OFFSET = 0xFFFFFFFF  # the times count, not the bytes
_TOP_LEVEL_ORDERED = 0b11
_ORDERED = 0b01
_MILLISECONDS, _LYRICS = 2, 1
_FRONT_COVER = 3
_MOST_CHILDREN = 255
"""The table of contents counts its entries in one byte."""


def id3_tag(programme: Programme) -> bytes:
    """The whole tag of `programme`, its chapters in the order of their starts."""
    body = b"".join(_frame_bytes(frame) for frame in _frames(programme))
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))  # seven bits a byte
    return b"ID3\x03\x00\x00" + size + body


def _frames(programme: Programme) -> Iterator[Any]:
    id3 = _mutagen_id3()
    yield id3.TIT2(encoding=_UTF_16, text=programme.title)
    if programme.routine:
        yield id3.TXXX(encoding=_UTF_16, desc=marks.NAME, text=programme.routine)
    yield id3.TPE1(encoding=_UTF_16, text=programme.artist)
    yield id3.TPE2(encoding=_UTF_16, text=programme.album_artist)
    yield id3.TALB(encoding=_UTF_16, text=programme.album)
    yield id3.TCON(encoding=_UTF_16, text=GENRE)
    yield id3.TLAN(encoding=_UTF_16, text=programme.language_iso_639_2)
    yield id3.TLEN(encoding=_UTF_16, text=str(programme.duration_ms))
    if programme.year is not None:
        yield id3.TYER(encoding=_UTF_16, text=f"{programme.year:04}")
    if programme.track:
        number, total = programme.track
        yield id3.TRCK(encoding=_UTF_16, text=f"{number}/{total}")
    if programme.comment:
        yield id3.COMM(encoding=_UTF_16, lang=programme.language_iso_639_2, desc="", text=programme.comment)
    yield from _chapter_frames(programme.chapters)
    yield from _lyrics_frames(programme)
    if programme.cover:
        yield id3.APIC(encoding=0, mime="image/png", type=_FRONT_COVER, desc="", data=programme.cover)


def _lyrics_frames(programme: Programme) -> Iterator[Any]:
    if not programme.cues:
        return
    id3 = _mutagen_id3()
    # A new line begins with its line feed, as id3v2.3.0 section 4.10 has it.
    timed = [("\n" * (number > 0) + cue.text, cue.start_ms) for number, cue in enumerate(programme.cues)]
    yield id3.SYLT(
        encoding=_UTF_16, lang=programme.language_iso_639_2, format=_MILLISECONDS, type=_LYRICS, desc="", text=timed
    )
    yield id3.USLT(encoding=_UTF_16, lang=programme.language_iso_639_2, desc="", text=programme.words)


def _chapter_frames(chapters: Sequence[Chapter]) -> Iterator[Any]:
    if not chapters:
        return
    id3 = _mutagen_id3()
    ids = [f"chp{number}" for number in range(len(chapters))]
    groups = [ids[at : at + _MOST_CHILDREN] for at in range(0, len(ids), _MOST_CHILDREN)]
    tables = [f"toc{number}" for number in range(1, len(groups) + 1)]
    yield id3.CTOC(
        element_id="toc",
        flags=_TOP_LEVEL_ORDERED,
        child_element_ids=ids if len(groups) == 1 else tables,
        sub_frames=[],
    )
    if len(groups) > 1:
        for table, group in zip(tables, groups, strict=True):
            yield id3.CTOC(element_id=table, flags=_ORDERED, child_element_ids=group, sub_frames=[])
    for element_id, chapter in zip(ids, chapters, strict=True):
        yield id3.CHAP(
            element_id=element_id,
            start_time=chapter.start_ms,
            end_time=chapter.end_ms,
            start_offset=_NO_BYTE_OFFSET,
            end_offset=_NO_BYTE_OFFSET,
            sub_frames=[id3.TIT2(encoding=_UTF_16, text=chapter.title)],
        )


def _frame_bytes(frame: Any) -> bytes:
    """One frame as mutagen writes it: a tag of its own without the tag's header."""
    tag, file = _mutagen_id3().ID3(), BytesIO()
    tag.add(frame)
    tag.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    return file.getvalue()[_HEADER_BYTES:]


def _mutagen_id3() -> Any:
    """mutagen's ID3 classes, which have no types."""
    from mutagen import id3

    return id3
