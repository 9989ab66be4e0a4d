"""Float samples as the 16-bit ones that files and devices take."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def to_int16(block: NDArray[np.float32], gain: float = 1.0) -> NDArray[np.int16]:
    """(frames,) of ±1.0 as int16; what passes full scale is clipped. No dither: the same bytes each time."""
    import numpy as np

    scaled: NDArray[np.float32] = np.clip(block * np.float32(gain), -1.0, 1.0) * np.float32(32767)
    return np.rint(scaled).astype(np.int16)
