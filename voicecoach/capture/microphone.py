"""A microphone, by miniaudio."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from voicecoach.advice import Advice, do
from voicecoach.alsa import quiet_alsa
from voicecoach.capture.base import BLOCK_MS
from voicecoach.errors import DeviceError
from voicecoach.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import NDArray

NULL = "null"
"""The microphone that hears nothing and needs no sound card."""
HELD_S = 60
"""So much is held for whoever does not ask; then the oldest goes."""
KEY_S = 0.2
"""A key is heard so long after it was pressed."""
_DEAD_S = 5.0
"""A microphone that gives no block for so long was unplugged."""
_HINT = Advice(
    "Connect a microphone, or record the lines with a telephone; list them: ", do("record-list", "ROUTINE")
)


class Microphone:
    """See `base.Capture`. PulseAudio, ALSA, CoreAudio, WASAPI, whatever is here."""

    def __init__(self, name: str | None = None) -> None:
        """`name`, or a part of it; `None` is the one that the system uses. Raises `DeviceError`."""
        self._heard: deque[NDArray[np.int16]] = deque(maxlen=HELD_S * 1000 // BLOCK_MS)
        self._changed = threading.Condition()
        self._last_s = time.monotonic()
        self._from_s = 0.0
        """What comes before this is forgotten."""
        self._device: Any = _open(name)
        into = self._sink()
        next(into)
        try:
            self._device.start(into)
        except Exception as error:
            self.close()
            raise DeviceError("the microphone would not start", hint=_HINT) from error

    def read(self, timeout_s: float) -> NDArray[np.int16] | None:
        import numpy as np

        with self._changed:
            if not self._heard:
                self._changed.wait(timeout_s)
            if self._heard:
                return self._heard.popleft()
            if time.monotonic() - self._last_s > _DEAD_S:
                raise DeviceError("the microphone gives no sound any more", hint=_HINT)
        return np.zeros(0, dtype=np.int16)

    def forget(self) -> None:
        with self._changed:
            self._heard.clear()
            self._from_s = time.monotonic() + KEY_S

    def close(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.close()

    def _sink(self) -> Generator[None, bytes, None]:
        """What miniaudio gives its blocks to, in a thread of its own."""
        import numpy as np

        while True:
            block = np.frombuffer((yield), dtype=np.int16)
            with self._changed:
                self._last_s = time.monotonic()
                if self._last_s >= self._from_s:
                    self._heard.append(block)
                    self._changed.notify()


def _open(name: str | None) -> Any:
    import miniaudio

    quiet_alsa()
    backends = [miniaudio.Backend.NULL] if name == NULL else None
    try:
        chosen = _id_of(name, miniaudio.Devices().get_captures()) if name not in (None, NULL) else None
        device = miniaudio.CaptureDevice(
            input_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=SAMPLE_RATE_HZ,
            buffersize_msec=BLOCK_MS,
            device_id=chosen,
            backends=backends,
            app_name="voicecoach",
        )
    except miniaudio.MiniaudioError as error:
        raise DeviceError("there is no microphone here", hint=_HINT) from error
    if device.backend == "Null" and name != NULL:  # what miniaudio falls back to, without a word
        device.close()
        raise DeviceError("there is no microphone here", hint=_HINT)
    return device


def _id_of(name: str | None, found: list[dict[str, Any]]) -> Any:
    """The id of the one that is called so, or whose name has that in it. Raises `DeviceError`."""
    wanted = (name or "").casefold()
    fit = [each for each in found if wanted == each["name"].casefold()]
    fit = fit or [each for each in found if wanted in each["name"].casefold()]
    if not fit:
        names = ", ".join(f"“{each['name']}”" for each in found)
        raise DeviceError(f"there is no microphone “{name}”", hint=f"There is: {names}." if names else _HINT)
    return fit[0]["id"]
