"""The facts of a WAV: a LIST of INFO behind the sound, in UTF-8, as most programs read it.

Source: Multimedia Programming Interface and Data Specifications 1.0 (IBM and Microsoft, 1991), “LIST Chunk”.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from voicecoach.output import marks
from voicecoach.output.programme import GENRE

if TYPE_CHECKING:
    from voicecoach.output.programme import Programme

MOST_BYTES = 16_384
"""Of a whole list; the comment is cut to fit."""
_COMMENT_BYTES = 12_000
_TEXT_BYTES = 400


def append_info(programme: Programme, file: BinaryIO) -> None:
    """Puts the facts at the end of a RIFF file, and their length into its head."""
    chunk = _list(programme)
    end = file.seek(0, 2) + file.write(chunk)
    file.seek(4)
    file.write((end - 8).to_bytes(4, "little"))
    file.seek(end)


def _list(programme: Programme) -> bytes:
    said = {
        b"INAM": programme.title,
        b"IART": programme.artist,
        b"IPRD": programme.album,
        b"ICMT": programme.comment,
        b"IGNR": GENRE,
        b"ILNG": programme.language_iso_639_2,
        b"ICRD": f"{programme.year:04}" if programme.year is not None else "",
        b"ITRK": str(programme.track[0]) if programme.track else "",
        b"ISFT": marks.mark(programme.routine) if programme.routine else "",
    }
    entries = b"".join(_entry(name, text) for name, text in said.items() if text)
    return b"LIST" + (4 + len(entries)).to_bytes(4, "little") + b"INFO" + entries


def _entry(name: bytes, text: str) -> bytes:
    most = _COMMENT_BYTES if name == b"ICMT" else _TEXT_BYTES
    value = text.encode()[:most].decode(errors="ignore").encode() + b"\0"
    return name + len(value).to_bytes(4, "little") + value + bytes(len(value) % 2)
