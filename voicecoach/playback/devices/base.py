"""What a sound device is, and what all of them share.

A device pulls: whenever it can take more it asks for so many frames and gets exactly that many. The frames it has
asked for are the clock of everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeAlias

from voicecoach.advice import Advice, Option, do

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pull: TypeAlias = "Callable[[int], NDArray[np.int16]]"
"""Asked for so many frames, gives exactly so many: mono int16 at 48 kHz, (frames,). Called in the device's thread."""

NO_DEVICE_HINT = Advice(
    "Write a file instead: ",
    do("export", "ROUTINE", Option("output", "routine.mp3")),
    ", or try it silently: ",
    Option("device", "null"),
)


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
