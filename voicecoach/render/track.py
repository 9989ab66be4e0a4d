"""One piece of music, decoded once into a temporary file, so that any place of it can be heard at once.

miniaudio decodes MP3, FLAC, Ogg Vorbis and WAV as a stream; pydub the rest, by way of ffmpeg. In memory there is
never more than a block, but for what pydub holds while it decodes.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.reading_files import open_ordinary
from voicecoach.render.clip import at_programme_rate
from voicecoach.render.loudness import energy_by_ms, gated_lufs
from voicecoach.render.segment import read_beginning, unreadable
from voicecoach.units import SAMPLE_RATE_HZ, frames_to_ms, ms_to_frames
from voicecoach.wav_header import wav_fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

STREAMED = frozenset({".mp3", ".flac", ".ogg", ".wav"})
BY_FFMPEG = frozenset({".m4a", ".m4b", ".aac", ".opus", ".aif", ".aiff", ".wma"})
_SHORTEST_MS = 1000
_MAX_BYTES = 400_000_000
"""Of a file that ffmpeg decodes, which reads it as a whole."""
_MEASURED_MS = 20_000
_SILENT_LUFS = -60.0


class Track:
    """`frames` of mono sound at 48 kHz, and its `loudness_lufs`.

    Raises `RenderError` naming a file that cannot be read, is silent, or shorter than a second.
    """

    def __init__(self, path: Path, max_frames: int) -> None:
        """At most `max_frames` of the file are used."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 (it is closed when the track is let go)
        self._close = weakref.finalize(self, file.close)
        self.frames = 0
        energies: list[NDArray[np.float64]] = []
        for samples in _pieces(_decoded(path, frames_to_ms(max_frames)), ms_to_frames(_MEASURED_MS)):
            kept = samples[: max_frames - self.frames]
            file.write(np.rint(np.clip(kept, -1, 1) * 32767).astype("<i2").tobytes())
            energies.append(energy_by_ms(kept)[: len(kept) * 1000 // SAMPLE_RATE_HZ])
            self.frames += len(kept)
            if self.frames >= max_frames:
                break
        if self.frames < ms_to_frames(_SHORTEST_MS):
            raise unreadable(path, "it is shorter than a second" if self.frames else "it holds no sound")
        self.loudness_lufs = gated_lufs(np.concatenate(energies))
        if self.loudness_lufs < _SILENT_LUFS:
            raise unreadable(path, "it is silent")
        file.flush()
        self._samples = np.memmap(file, dtype="<i2", mode="r", shape=(self.frames,))

    def samples(self, first: int, last: int) -> NDArray[np.float32]:
        """(last - first,) from frame `first` on, inside the track."""
        scaled: NDArray[np.float32] = self._samples[first:last].astype(np.float32) / np.float32(32767)
        return scaled


def _decoded(path: Path, longest_ms: int) -> Iterator[NDArray[np.float32]]:
    if path.suffix.lower() not in STREAMED:
        yield at_programme_rate(read_beginning(path, longest_ms, _MAX_BYTES))
        return
    import miniaudio

    _check(path)
    try:
        stream = miniaudio.stream_file(
            str(path), miniaudio.SampleFormat.FLOAT32, 1, SAMPLE_RATE_HZ, frames_to_read=SAMPLE_RATE_HZ
        )
        for block in stream:
            yield np.array(block, dtype=np.float32)
    except miniaudio.MiniaudioError as error:
        raise unreadable(path, "it is no sound that can be decoded") from error


def _check(path: Path) -> None:
    """Raises `RenderError` for what is no file, or a WAV file that was cut off: miniaudio opens anything."""
    try:
        with open_ordinary(path) as file:
            if fault := wav_fault(file, os.fstat(file.fileno()).st_size):
                raise unreadable(path, fault)
    except OSError as error:
        raise unreadable(path, f"{error.strerror or error}") from error


def _pieces(blocks: Iterator[NDArray[np.float32]], size: int) -> Iterator[NDArray[np.float32]]:
    """The same samples, `size` at a time, and the rest."""
    held: list[NDArray[np.float32]] = []
    count = 0
    for block in blocks:
        held.append(block)
        count += len(block)
        while count >= size:
            whole = np.concatenate(held)
            yield whole[:size]
            held = [whole[size:]]
            count -= size
    if count:
        yield np.concatenate(held)
