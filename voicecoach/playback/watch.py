"""A device that survives the death of the one inside it.

When all sound outputs go (headphones out of reach, a sound server restarted), the library says nothing: it stops
pulling. So pulls are watched, and after a second without one the device is opened again. The position is counted
in pulled frames, so playing continues where it was.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING, Literal, TypeAlias

from voicecoach.errors import DeviceError
from voicecoach.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.playback.devices.base import Device, Pull

log = logging.getLogger(__name__)

News: TypeAlias = Literal["lost", "failed"]
"""It died, and is being opened again; or there is an `error`. That it is back, its next pull tells."""

PATIENCE_S = 1.0
"""Without a pull for this long, the device is taken for dead; twice as long before its first, as opening is slow."""
TRIES = 15
"""Opened again so often in vain, it is an error."""
_LOOK_EVERY_S = 0.1


class WatchedDevice:
    """`Device` around whatever `make` makes, which is made anew when it has died."""

    def __init__(self, make: Callable[[], Device], *, patience_s: float = PATIENCE_S, tries: int = TRIES) -> None:
        self._make = make
        self._device = make()
        # One that pulls a lot at once is silent for long, and is well.
        self._patience_s = max(patience_s, 2 * self._device.latency_frames / SAMPLE_RATE_HZ)
        self._tries = tries
        self._error: BaseException | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._opened_at = self._pulled_at = 0.0
        self.reopened = 0
        """How often it was opened again."""
        self.told: Callable[[News], None] = lambda news: None
        """Called in a thread of the device's when there is news."""

    @property
    def error(self) -> BaseException | None:
        return self._error or self._device.error

    @property
    def latency_frames(self) -> int:
        return self._device.latency_frames

    def start(self, pull: Pull) -> None:
        self.stop()
        self._error = None
        self._start_inner(pull)
        self._stopping = threading.Event()
        self._thread = threading.Thread(
            target=self._watch, args=(pull, self._stopping), name="device watch", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=2)
        self._device.stop()

    def close(self) -> None:
        self.stop()
        self._device.close()

    def _start_inner(self, pull: Pull) -> None:
        device = self._device

        def watched(frames: int) -> NDArray[np.int16]:
            if device is not self._device:  # an old one that woke up again must not take the new one's frames
                import numpy as np

                return np.zeros(frames, dtype=np.int16)
            self._pulled_at = time.monotonic()
            return pull(frames)

        self._opened_at = time.monotonic()
        device.start(watched)

    def _watch(self, pull: Pull, stopping: threading.Event) -> None:
        tries = 0
        while not stopping.wait(_LOOK_EVERY_S):
            alive = self._pulled_at > self._opened_at
            if alive:
                tries = 0
            patience_s = self._patience_s if alive else 2 * self._patience_s
            if self.error is None:
                if time.monotonic() - max(self._pulled_at, self._opened_at) <= patience_s:
                    continue
                if tries < self._tries:
                    if not tries:
                        self.told("lost")
                    self._reopen(pull)
                    tries += 1
                    continue
                self._error = DeviceError(
                    "the sound device stopped, and could not be opened again",
                    hint="Connect a speaker or headphones, then play again.",
                )
            self.told("failed")
            return

    def _reopen(self, pull: Pull) -> None:
        old, self._device = self._device, self._make()
        # Closing a dead device may take for ever, so it is left to itself.
        threading.Thread(target=old.close, name="close dead device", daemon=True).start()
        with contextlib.suppress(DeviceError):  # tried again until it is time to give up
            self._start_inner(pull)
            self.reopened += 1
            log.info("sound device opened again (%d)", self.reopened)
