"""The sound card, by simpleaudio, which is an extra."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from voicecoach.alsa import quiet_alsa
from voicecoach.errors import DeviceError, MissingError
from voicecoach.playback.devices.base import NO_DEVICE_HINT
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.playback.devices.base import Pull


class SimpleaudioDevice:
    """simpleaudio: it plays one buffer after another, so there is a gap of some 50 ms between two.

    Buffers therefore end in silence where there is some. What is pulled is heard up to two seconds later, and so
    is a pause: enough to follow a routine by, and no more.
    """

    _PIECE = ms_to_frames(100)
    _AT_LEAST, _AT_MOST = ms_to_frames(500), ms_to_frames(2000)
    _POLL_S = 0.02

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def latency_frames(self) -> int:
        return self._AT_MOST

    def start(self, pull: Pull) -> None:
        self.stop()
        quiet_alsa()
        play = _simpleaudio_play()
        _try_simpleaudio(play)
        self._stopping = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(pull, play, self._stopping), name="simpleaudio", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=2)

    def close(self) -> None:
        self.stop()

    def _run(self, pull: Pull, play: Callable[[bytes], Any], stopping: threading.Event) -> None:
        try:
            while not stopping.is_set():
                playing = play(self._buffer(pull))
                while playing.is_playing() and not stopping.wait(self._POLL_S):
                    pass
                if stopping.is_set():
                    playing.stop()
        except BaseException as error:  # a thread has no one to raise it to
            self.error = error

    def _buffer(self, pull: Pull) -> bytes:
        """Half a second or more, to the first tenth of silence; two seconds at most."""
        pieces = [b""]
        frames = 0
        while frames < self._AT_MOST and (frames < self._AT_LEAST or any(pieces[-1])):
            pieces.append(pull(self._PIECE).tobytes())
            frames += self._PIECE
        return b"".join(pieces)


def _simpleaudio_play() -> Callable[[bytes], Any]:
    try:
        import simpleaudio
    except ImportError as error:
        raise MissingError(
            "simpleaudio is not installed", hint='Install it: pip install "voicecoach[simpleaudio]"'
        ) from error
    return lambda pcm: simpleaudio.play_buffer(pcm, 1, 2, SAMPLE_RATE_HZ)


def _try_simpleaudio(play: Callable[[bytes], Any]) -> None:
    """simpleaudio opens the device with each buffer: find out with a moment of silence whether it can."""
    try:
        play(bytes(2 * ms_to_frames(10)))
    except Exception as error:  # its own class lies in a private module
        raise DeviceError("there is no sound device here for simpleaudio", hint=NO_DEVICE_HINT) from error
