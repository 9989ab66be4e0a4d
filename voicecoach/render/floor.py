"""A floor of faint noise, so that no Bluetooth speaker falls asleep between two words.

Ten seconds of pink noise between 100 Hz and 8 kHz, which fit to their own beginning: made in the frequency domain,
so they repeat without a seam. The same each time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.units import SAMPLE_RATE_HZ, db_to_gain

if TYPE_CHECKING:
    from numpy.typing import NDArray

FLOOR_DBFS = -58.0
"""Root mean square. Hardly heard in a quiet room; LAME keeps it, and it lies under the gate of the loudness."""
_PERIOD = 10 * SAMPLE_RATE_HZ
_LOW_HZ, _HIGH_HZ = 100, 8000


class Floor:
    """The noise as a `Bed`."""

    def samples(self, first: int, last: int) -> NDArray[np.float32]:
        return _noise()[np.arange(first, last) % _PERIOD]


@lru_cache(maxsize=1)
def _noise() -> NDArray[np.float32]:
    rng = np.random.default_rng(1)
    hz = np.fft.rfftfreq(_PERIOD, 1 / SAMPLE_RATE_HZ)
    heard = (hz >= _LOW_HZ) & (hz <= _HIGH_HZ)
    spectrum = np.zeros(len(hz), dtype=np.complex128)
    spectrum[heard] = np.exp(2j * np.pi * rng.random(int(heard.sum()))) / np.sqrt(hz[heard])
    noise = np.fft.irfft(spectrum, _PERIOD)
    scaled: NDArray[np.float32] = (noise * (db_to_gain(FLOOR_DBFS) / np.sqrt(np.square(noise).mean()))).astype("f4")
    return scaled
