"""Where a programme is heard: what changes with the place.

`home` is the plain programme. `phone` begins with a soft tone, as Bluetooth headphones and speakers sleep in silence
and need up to a second to wake; without it they eat the first word. `gym` does that too, and is louder and denser,
with shorter phrases, to be heard over other people's music.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from voicecoach.disk_cache import digest
from voicecoach.provenance import code_digest
from voicecoach.render.defaults import ProfileName
from voicecoach.units import ms_to_frames

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model import Audio


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    loudness_lu: float = 0.0
    """Beside the usual loudness."""
    lead_ms: int = 0
    """What is put before the first step, for the tone that wakes a sleeping speaker; 0 for none."""
    dense: bool = False
    """The loud parts of each word are pressed towards the quiet ones."""
    brief: bool = False
    """What can be said in fewer words is."""


PROFILES: dict[ProfileName, Profile] = {
    "home": Profile(),
    "phone": Profile(lead_ms=1500),
    "gym": Profile(lead_ms=1500, loudness_lu=3.0, dense=True, brief=True),
}

_WINDOW_MS = 12
_ABOVE_DB = -8.0
"""Beside the level of the word: what is louder is pressed."""
_RATIO = 3.0
_SILENT_DB = -30.0


def dense(audio: Audio) -> Audio:
    """`audio` with its loud parts pressed: the same length, the same onset, a smaller range. Deterministic."""
    import numpy as np

    samples = np.asarray(audio.samples, dtype=np.float64)
    if not len(samples) or not samples.any():
        return audio
    half = ms_to_frames(_WINDOW_MS, audio.sample_rate_hz) // 2
    power = _smooth(np.square(samples), half)
    active = power[power >= power.max() * 10 ** (_SILENT_DB / 10)].mean()
    over_db = 10 * np.log10(np.maximum(power / active, 1e-9)) - _ABOVE_DB
    gain_db = _smooth(-np.maximum(over_db, 0.0) * (1 - 1 / _RATIO), half)
    return replace(audio, samples=(samples * 10 ** (gain_db / 20)).astype(np.float32))


def _smooth(values: NDArray[np.float64], half: int) -> NDArray[np.float64]:
    """The mean over `half` values on both sides, twice: a triangle, which leaves no edge."""
    import numpy as np

    for _ in range(2):
        sums = np.cumsum(np.pad(values, (half + 1, half), mode="edge"))
        values = (sums[2 * half + 1 :] - sums[: -2 * half - 1]) / (2 * half + 1)
    return values


@lru_cache(maxsize=1)
def dense_identity() -> bytes:
    """Changes when `dense` does."""
    return digest("dense", code_digest(__name__))
