"""What a source of sound is: whoever listens asks for the next block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK_MS = 50


class Capture(Protocol):
    """It listens from when it is made until it is closed."""

    def read(self, timeout_s: float) -> NDArray[np.int16] | None:
        """The next block: mono int16 at 48 kHz, (frames,); without frames if none came in time, `None` if none will
        come any more. Raises `DeviceError` if the microphone stopped working."""

    def forget(self) -> None:
        """What was heard up to now is wanted by nobody, nor is the noise of the key that was just pressed. Of a file
        nothing is forgotten: it waits."""

    def close(self) -> None:
        """Listen no more. May be called twice."""
