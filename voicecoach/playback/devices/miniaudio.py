"""The sound card, by miniaudio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voicecoach.alsa import quiet_alsa
from voicecoach.errors import DeviceError
from voicecoach.playback.devices.base import NO_DEVICE_HINT
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Generator

    from voicecoach.playback.devices.base import Pull


class MiniaudioDevice:
    """PulseAudio, ALSA, CoreAudio, WASAPI, whatever is here."""

    silent = False
    """It is miniaudio's null backend that is wanted."""

    _PERIOD_MS, _PERIODS = 100, 3
    """A thread that holds the interpreter for 100 ms does no harm (measured: 60 ms holds broke a 50 ms buffer)."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
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
            raise DeviceError("the sound device would not start", hint=NO_DEVICE_HINT) from error

    def stop(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.close()

    def close(self) -> None:
        self.stop()

    def _open(self) -> Any:
        import miniaudio

        quiet_alsa()
        try:
            device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=SAMPLE_RATE_HZ,
                buffersize_msec=self._PERIOD_MS,
                callback_periods=self._PERIODS,
                backends=[miniaudio.Backend.NULL] if self.silent else None,
                app_name="voicecoach",
            )
        except miniaudio.MiniaudioError as error:
            raise DeviceError("there is no sound device here", hint=NO_DEVICE_HINT) from error
        if device.backend == "Null" and not self.silent:  # what miniaudio falls back to, without a word
            device.close()
            raise DeviceError("there is no sound device here", hint=NO_DEVICE_HINT)
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
