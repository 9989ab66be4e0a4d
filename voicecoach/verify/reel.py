"""A file that is read once from beginning to end, and windows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


class Reel:
    """Windows whose starts never go back. It holds the blocks that the last window touched, and no more."""

    def __init__(self, blocks: Iterator[NDArray[np.float32]]) -> None:
        self._blocks = blocks
        self._held: list[tuple[int, NDArray[np.float32]]] = []
        self._end = 0

    def window(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` to `end`, zeros where the file has none. Shape (end - start,), the caller's own."""
        self._read_to(end)
        self._held = [(at, block) for at, block in self._held if at + len(block) > start]
        window = np.zeros(end - start, dtype=np.float32)
        for at, block in self._held:
            first, last = max(at, start), min(at + len(block), end)
            if first < last:
                window[first - start : last - start] = block[first - at : last - at]
        return window

    def run_out(self) -> None:
        """Read what is left, for those who look at the blocks on their way."""
        self._held.clear()
        for _ in self._blocks:
            pass

    def _read_to(self, end: int) -> None:
        while self._end < end and (block := next(self._blocks, None)) is not None:
            self._held.append((self._end, block))
            self._end += len(block)
