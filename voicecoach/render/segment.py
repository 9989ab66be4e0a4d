"""The bridge to pydub: people's own recordings come in through it, and `AudioSegment`s go out."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from voicecoach.errors import RenderError
from voicecoach.model import Audio
from voicecoach.reading_files import open_ordinary
from voicecoach.render.defaults import LONGEST_SOUND_MS, MAX_SOUND_BYTES, SHORTEST_SOUND_MS
from voicecoach.wav_header import RATES_HZ, wav_fault

if TYPE_CHECKING:
    from pathlib import Path

    from pydub import AudioSegment


def to_audio_segment(audio: Audio) -> AudioSegment:
    """`audio` as 16-bit mono, for everything that pydub can do with it. What passes full scale is clipped."""
    pcm = np.rint(np.clip(audio.samples, -1.0, 1.0) * 32767).astype("<i2")
    segment: AudioSegment = _pydub().AudioSegment(
        data=pcm.tobytes(), sample_width=2, frame_rate=audio.sample_rate_hz, channels=1
    )
    return segment


def from_audio_segment(segment: AudioSegment) -> Audio:
    """`segment` as mono float32, its channels averaged, at its own rate."""
    pcm = np.asarray(segment.get_array_of_samples()).reshape(-1, segment.channels)
    samples = pcm.mean(axis=1) / float(segment.max_possible_amplitude)
    return Audio(samples=samples.astype(np.float32), sample_rate_hz=segment.frame_rate)


def read_audio(path: Path) -> Audio:
    """A tone or a spoken line of a person's own. WAV needs nothing; for other formats pydub asks ffmpeg.

    Raises `RenderError` naming the file.
    """
    audio = read_beginning(path, LONGEST_SOUND_MS + 1000, MAX_SOUND_BYTES)
    length_ms = len(audio.samples) * 1000 / audio.sample_rate_hz
    if length_ms < SHORTEST_SOUND_MS:
        raise unreadable(path, f"it is shorter than {SHORTEST_SOUND_MS} ms")
    if length_ms > LONGEST_SOUND_MS:
        raise unreadable(path, f"it is longer than {LONGEST_SOUND_MS // 60_000} minutes")
    return audio


def read_beginning(path: Path, longest_ms: int, max_bytes: int) -> Audio:
    """The first `longest_ms` of a sound file. Raises `RenderError` naming the file."""
    try:
        with open_ordinary(path, max_bytes) as file:
            if fault := wav_fault(file, os.fstat(file.fileno()).st_size):
                raise unreadable(path, fault)
            file.seek(0)
            audio = _decoded(file, path, longest_ms)
    except OSError as error:
        raise unreadable(path, f"{error.strerror or error}") from error
    if not len(audio.samples):
        raise unreadable(path, "it holds no sound")
    if not RATES_HZ[0] <= audio.sample_rate_hz <= RATES_HZ[1]:
        raise unreadable(path, f"it has a rate of {audio.sample_rate_hz:,} Hz")
    return audio


def _decoded(file: BinaryIO, path: Path, longest_ms: int) -> Audio:
    pydub = _pydub()
    ending = path.suffix[1:].lower()
    try:
        with _quiet():
            segment = pydub.AudioSegment.from_file(file, format=ending or None, duration=longest_ms // 1000)
            return from_audio_segment(segment)
    except Exception as error:  # pydub lets struct, wave and index errors through besides its own
        # The ffmpeg that pydub looks for; in vain, for a WAV file that it could not read by itself.
        lacks_ffmpeg = isinstance(error, OSError) and ending != "wav"
        reason = "it needs ffmpeg, which is not installed" if lacks_ffmpeg else "it is no sound that can be decoded"
        raise unreadable(path, reason) from error


def unreadable(path: Path, reason: str) -> RenderError:
    """What to tell a person of a sound file of theirs."""
    again = "once more" if path.suffix.lower() == ".wav" else "as a WAV file"
    return RenderError(f"{path} could not be read: {reason}", hint=f"Save it {again}, or remove it.")


def _pydub() -> Any:
    """pydub, without what it says on import: of a missing ffmpeg, and of its own old syntax."""
    with _quiet():
        import pydub
    return pydub


_LOCK = threading.Lock()


@contextmanager
def _quiet() -> Iterator[None]:
    """Without pydub's warnings: errors tell the same. One thread at a time, as Python's filters want it."""
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
