"""The mark in every file that we write: of which routine it is an export. What has none is not ours to replace.

In an MP3 it is a text frame of the tag, in the other compressed formats a comment, in a WAV the name of the program
in its INFO chunk, in sidecars and playlists a comment, on a sheet what names its maker. SubRip has no comments: it
belongs to the sound beside it.
"""

from __future__ import annotations

import contextlib
import re
import stat
from pathlib import Path
from typing import BinaryIO

NAME = "voicecoach"
VORBIS_KEY = "VOICECOACH"
MP4_KEY = f"----:com.apple.iTunes:{NAME}"
_TEXT = re.compile(rf'^(?:\[re:|NOTE |#|\s*"generator": "){NAME} (.+?)(?:\]|",?)?$', re.MULTILINE)
_SHEET = re.compile(rf'^(?:<meta name="generator" content="|<!-- |\(){NAME} (.+?)(?:">| -->|\))$', re.MULTILINE)
_HEAD_BYTES = 4096
_INFO_BYTES = 16_384
_ID3_HEADER_BYTES = 10


def mark(routine: str) -> str:
    """The mark as one line of text."""
    return f"{NAME} {routine}".rstrip()


def routine_of(path: Path) -> str | None:
    """The id of the routine that a file is our export of; None for any other file, whatever is in it."""
    with contextlib.suppress(Exception):  # somebody else's file may be anything, and break any reader
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            head = file.read(12)
            file.seek(0)
            if head[:3] == b"ID3":
                return _in_id3(file)
            if head[:4] == b"RIFF":
                return _in_riff(file)
            if head[:4] in (b"OggS", b"fLaC") or head[4:8] == b"ftyp":
                return _in_comments(path)
            text = file.read(_HEAD_BYTES).decode("utf-8", "ignore").replace("\r", "")
            if found := _TEXT.search(text):
                return found[1]
            if found := _SHEET.search(text):
                import html  # a file of sound does without

                return html.unescape(found[1])
    return None


def _in_id3(file: BinaryIO) -> str | None:
    """Of a tag as `id3` writes it, read without the library: it is read at each export."""
    header = file.read(_ID3_HEADER_BYTES)
    end = _ID3_HEADER_BYTES + sum(
        (byte & 0x7F) << shift for byte, shift in zip(header[6:], (21, 14, 7, 0), strict=True)
    )
    while header[3] == 3 and file.tell() < end:
        frame = file.read(_ID3_HEADER_BYTES)
        size = int.from_bytes(frame[4:8], "big")
        if frame[:4] == b"TXXX":
            said = file.read(min(size, _HEAD_BYTES))[1:].decode("utf-16" if size else "ascii")
            name, _, routine = said.partition("\0")
            if name == NAME:
                return routine.strip("\0\ufeff")
        elif not frame.strip(b"\0"):
            return None
        else:
            file.seek(size, 1)
    return None


def _in_riff(file: BinaryIO) -> str | None:
    file.seek(12)
    while len(head := file.read(8)) == 8:
        size = int.from_bytes(head[4:], "little")
        if head[:4] == b"LIST":
            found = re.search(
                rb"ISFT....(" + NAME.encode() + rb" [^\0]+)", file.read(min(size, _INFO_BYTES)), re.DOTALL
            )
            return found[1].decode().partition(" ")[2] if found else None
        file.seek(size + size % 2, 1)
    return None


def _in_comments(path: Path) -> str | None:
    import mutagen

    tags = mutagen.File(path).tags
    value = (tags.get(VORBIS_KEY) or tags.get(MP4_KEY))[0]
    return value.decode() if isinstance(value, bytes) else str(value)
