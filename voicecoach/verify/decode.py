"""An audio file → blocks of samples, by miniaudio: its decoders share nothing with LAME, which encodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.advice import Advice, Option, do
from voicecoach.errors import NotFoundError, VoicecoachError
from voicecoach.reading_files import open_ordinary
from voicecoach.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

BLOCK_FRAMES = 4750 * SAMPLE_RATE_HZ // 1000
"""Whole milliseconds, which the measures of the whole rely on. With the lead that they take along, 5 s."""


def decode(path: Path) -> Iterator[NDArray[np.float32]]:
    """The file as mono float32 at 48 kHz, blocks of `BLOCK_FRAMES` and a shorter last one. Full scale is ±1.0, and a
    decoded MP3 may pass it.

    WAV, MP3, FLAC and Ogg Vorbis, by their contents. What stands in the file's header is not trusted: frames
    count when they are decoded. Raises `NotFoundError`, or `VoicecoachError` if nothing can be decoded, before the
    first block is asked for.
    """
    import miniaudio

    _check_there(path)
    try:
        pieces = miniaudio.stream_file(
            str(path), miniaudio.SampleFormat.FLOAT32, 1, SAMPLE_RATE_HZ, frames_to_read=BLOCK_FRAMES
        )
        first = next(pieces, None)
    except (miniaudio.MiniaudioError, OSError, ValueError) as error:
        raise _undecodable(path, "it is not a sound file that can be decoded") from error
    if first is None or not len(first):
        raise _undecodable(path, "it holds no sound")
    return _blocks(first, pieces)


def _blocks(first: object, pieces: Iterator[object]) -> Iterator[NDArray[np.float32]]:
    """A decoder may hand out less than it was asked for before the end; a block is filled nevertheless."""
    waiting = np.frombuffer(first, dtype=np.float32)  # type: ignore[call-overload]
    for piece in pieces:
        if len(waiting) >= BLOCK_FRAMES:
            yield waiting[:BLOCK_FRAMES]
            waiting = waiting[BLOCK_FRAMES:]
        waiting = np.concatenate([waiting, np.frombuffer(piece, dtype=np.float32)])  # type: ignore[call-overload]
    for at in range(0, len(waiting), BLOCK_FRAMES):
        yield waiting[at : at + BLOCK_FRAMES]


def _check_there(path: Path) -> None:
    try:
        with open_ordinary(path) as file:
            empty = not file.read(1)
    except FileNotFoundError as error:
        raise NotFoundError(
            f"there is no file {path}", hint=Advice("Make it: ", do("export", "ROUTINE", Option("output", "FILE")))
        ) from error
    except OSError as error:
        raise _undecodable(path, error.strerror or str(error)) from error
    if empty:
        raise _undecodable(path, "it is empty")


def _undecodable(path: Path, reason: str) -> VoicecoachError:
    return VoicecoachError(f"{path} could not be heard: {reason}", hint="WAV, MP3, FLAC and Ogg Vorbis can be.")
