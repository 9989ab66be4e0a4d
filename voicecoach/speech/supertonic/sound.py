"""What the worker left in its files, as sound. Imports numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.speech.trim import trim

if TYPE_CHECKING:
    from numpy.typing import NDArray


def joined(pieces: Sequence[bytes], rate_hz: int, pause_ms: float) -> NDArray[np.float32]:
    """The pieces of a text (float32), each within ±1 and trimmed, with a pause between them. Raises ValueError if one
    is no sound."""
    pause = np.zeros(round(rate_hz * pause_ms / 1000), dtype=np.float32)
    spoken = [part for piece in pieces for part in (pause, trim(_samples(piece), rate_hz))]
    whole: NDArray[np.float32] = np.concatenate(spoken[1:])
    return whole


def _samples(data: bytes) -> NDArray[np.float32]:
    samples = np.frombuffer(data, dtype="<f4")
    if not len(samples) or not np.isfinite(samples).all():
        raise ValueError("what its model made is no sound")
    within: NDArray[np.float32] = np.clip(samples, -1, 1).astype(np.float32, copy=False)
    return within
