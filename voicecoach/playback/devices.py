"""Sound devices: the only import of a playback library.

A device pulls: whenever it can take more it asks for so many frames and gets exactly that many. The frames it has
asked for are the clock of everything else. To add one: write a class like `MiniaudioDevice` and add one line to
`DEVICES`; the contract test in `tests/output/test_device.py` finds it there.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
import threading
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from voicecoach.advice import Advice, Option, do
from voicecoach.errors import DeviceError, MissingError
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import NDArray

Pull: TypeAlias = "Callable[[int], NDArray[np.int16]]"
"""Asked for so many frames, gives exactly so many: mono int16 at 48 kHz, (frames,). Called in the device's thread."""

_EXPORT = do("export", "ROUTINE", Option("output", "routine.mp3"))
_NO_DEVICE_HINT = Advice("Write a file instead: ", _EXPORT, ", or try it silently: ", Option("device", "null"))


class Device(Protocol):
    """Something that sound goes out of. It is made idle, and may be started again after `stop`."""

    @property
    def error(self) -> BaseException | None:
        """What went wrong while playing; silence was played instead."""

    @property
    def latency_frames(self) -> int:
        """At most so many frames were asked for and are not heard yet."""

    def start(self, pull: Pull) -> None:
        """Open it and begin to pull. Raises `DeviceError` if there is none."""

    def stop(self) -> None:
        """Pull no more. What was pulled and is not heard yet may be lost."""

    def close(self) -> None:
        """Stop, and let go of everything. May be called twice."""


class MiniaudioDevice:
    """PulseAudio, ALSA, CoreAudio, WASAPI, whatever is here; or miniaudio's null backend, in real time."""

    _PERIOD_MS, _PERIODS = 100, 3
    """A thread that holds the interpreter for 100 ms does no harm (measured: 60 ms holds broke a 50 ms buffer)."""

    def __init__(self, *, null: bool = False) -> None:
        self.error: BaseException | None = None
        self._null = null
        self._device: Any = None

    @property
    def latency_frames(self) -> int:
        return ms_to_frames(self._PERIOD_MS * self._PERIODS)

    def start(self, pull: Pull) -> None:
        self.stop()
        device = self._open()
        source = self._source(pull)
        next(source)
        self._device = device  # an interrupt from here on finds it, and closes it
        try:
            device.start(source)
        except Exception as error:
            self.stop()
            raise DeviceError("the sound device would not start", hint=_NO_DEVICE_HINT) from error

    def stop(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.close()

    def close(self) -> None:
        self.stop()

    def _open(self) -> Any:
        import miniaudio

        _quiet_alsa()
        try:
            device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=SAMPLE_RATE_HZ,
                buffersize_msec=self._PERIOD_MS,
                callback_periods=self._PERIODS,
                backends=[miniaudio.Backend.NULL] if self._null else None,
                app_name="voicecoach",
            )
        except miniaudio.MiniaudioError as error:
            raise DeviceError("there is no sound device here", hint=_NO_DEVICE_HINT) from error
        if device.backend == "Null" and not self._null:  # what miniaudio falls back to, without a word
            device.close()
            raise DeviceError("there is no sound device here", hint=_NO_DEVICE_HINT)
        return device

    def _source(self, pull: Pull) -> Generator[bytes, int, None]:
        """What miniaudio pulls from. An error in here would be silence for ever, so it is kept for the player."""
        frames = yield b""
        while True:
            try:
                samples = pull(frames).tobytes()
            except BaseException as error:  # it cannot be raised through the library's C code
                self.error = self.error or error
                samples = bytes(2 * frames)
            frames = yield samples


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
        _quiet_alsa()
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
        raise DeviceError("there is no sound device here for simpleaudio", hint=_NO_DEVICE_HINT) from error


@lru_cache(maxsize=1)
def _quiet_alsa() -> None:
    """Keep ALSA from writing 30 lines to the terminal where there is no sound card; the error says enough.

    Its handler is called from any thread and at any time, so it must not be Python: any C function serves that
    reads no arguments and does nothing.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        alsa, libc = ctypes.CDLL("libasound.so.2"), ctypes.CDLL(None)
        alsa.snd_lib_error_set_handler(libc.getppid)


DEVICES: dict[str, Callable[[], Device]] = {
    "default": MiniaudioDevice,
    "null": lambda: MiniaudioDevice(null=True),
    "simpleaudio": SimpleaudioDevice,
}


def open_device(kind: str = "default") -> Device:
    """The device of that kind, watched: one that dies while playing is opened again. It opens when it is started.

    Raises `MissingError` for a kind that is not known.
    """
    from voicecoach.playback.watch import WatchedDevice

    with contextlib.suppress(KeyError):
        return WatchedDevice(DEVICES[kind])
    raise MissingError(f"there is no device kind {kind}", hint=f"Known kinds: {', '.join(DEVICES)}.")
