"""Any rate to the rate of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr

from voicecoach.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray


def resample(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """Samples of shape (frames,) at `rate_hz` → shape (frames',) at `units.SAMPLE_RATE_HZ`, float32.

    soxr's "VHQ" is linear in phase, so nothing moves in time; speech costs it about 1 ms a second of sound.
    """
    if rate_hz == SAMPLE_RATE_HZ:
        return np.ascontiguousarray(samples, dtype=np.float32)
    return np.asarray(soxr.resample(samples, rate_hz, SAMPLE_RATE_HZ, quality="VHQ"), dtype=np.float32)
