"""What verifying borrows from the rooms that make the sound: `pipeline` hands it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model import Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """Functions on mono float32 of shape (frames,) at 48 kHz."""

    samples_of: Callable[[Sound, float], NDArray[np.float32]]
    """A sound at a gain in dB, as it is mixed."""
    perceived_onset_ms: Callable[[NDArray[np.float32], int], float]
    """(samples, rate in Hz) → where a trimmed sound is perceived to begin, from its first sample."""
    energy_by_ms: Callable[[NDArray[np.float32]], NDArray[np.float64]]
    """The K-weighted energy of each millisecond; values behind the end of the samples are left alone."""
    gated_lufs: Callable[[NDArray[np.float64]], float]
    """Those energies as integrated loudness."""
    true_peak_dbtp: Callable[[NDArray[np.float32]], float]
    target_lufs: float = -19.0
    """How loud the programme is meant to be. A mono file reads about 3 LU lower than stereo."""
