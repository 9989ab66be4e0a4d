"""The bridge to pydub: people's own recordings come in through it, and `AudioSegment`s go out."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from voicecoach.errors import RenderError
from voicecoach.model import Audio

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
    """A sound file of a person's own. WAV needs nothing; for other formats pydub asks ffmpeg.

    Raises `RenderError` naming the file.
    """
    pydub = _pydub()
    try:
        with path.open("rb") as file, _quiet():
            audio = from_audio_segment(pydub.AudioSegment.from_file(file, format=path.suffix[1:].lower() or None))
    except OSError as error:  # the file itself, or the ffmpeg that pydub looks for
        reason = "it needs ffmpeg, which is not installed" if path.is_file() else str(error.strerror)
        raise unreadable(path, reason) from error
    except Exception as error:  # pydub lets struct, wave and index errors through besides its own
        raise unreadable(path, "it is not a sound file that can be decoded") from error
    if not len(audio.samples):
        raise unreadable(path, "it holds no sound")
    return audio


def unreadable(path: Path, reason: str) -> RenderError:
    """What to tell a person of a sound file of theirs."""
    return RenderError(f"{path} could not be read: {reason}", hint="Save it as a WAV file, or remove it.")


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
