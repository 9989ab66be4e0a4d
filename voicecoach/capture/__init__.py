"""What is heard here: blocks of samples from a microphone, or from a WAV file in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.capture.microphone import Microphone
from voicecoach.capture.wav_file import WavFile

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.capture.base import Capture


def open_capture(device: str | None = None, file: Path | None = None, *, real_time: bool = True) -> Capture:
    """The microphone that is named, or the usual one; or a WAV file, in real time or as quickly as it is read. It
    listens from now on.

    Raises `DeviceError` if there is no such microphone, `RenderError` for a file that is no WAV.
    """
    return WavFile(file, real_time=real_time) if file else Microphone(device)
