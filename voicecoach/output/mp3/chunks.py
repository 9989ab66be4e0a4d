"""Sound without a pause as MP3, on several cores: cut into chunks that are encoded side by side.

Every chunk has an encoder of its own, which hears a little more than its chunk on both sides, and those frames are
thrown away. So at a joint both encoders have heard the same, and their quantisation noise differs no more than that
of any two encodes. The chunks are the same however many cores there are, and so are the bytes.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.output.mp3.frames import FRAME_SAMPLES, FrameData, frame_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

CHUNK_FRAMES = 1250
"""30 s."""
_OVERLAP = 4
"""Frames beyond its chunk that an encoder hears. Its filters reach 1 back and 2 on; then its masking is the same."""
_THREADS = 2


def encode_in_chunks(
    blocks: Iterable[NDArray[np.float32]], encode: Callable[[Iterable[NDArray[np.float32]]], Iterator[bytes]]
) -> Iterator[FrameData]:
    """What the frames of `blocks` (mono float32 at 48 kHz) hold, in order. lameenc lets go of Python's lock."""

    def encoded(part: NDArray[np.float32], first: int, length: int | None) -> list[FrameData]:
        return list(frame_data(encode([part])))[first:][:length]

    with ThreadPoolExecutor(_THREADS, thread_name_prefix="encode") as pool:
        waiting: deque[Future[list[FrameData]]] = deque()
        for part, first, length in _parts(blocks):
            waiting.append(pool.submit(encoded, part, first, length))
            if len(waiting) > _THREADS:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _parts(
    blocks: Iterable[NDArray[np.float32]],
) -> Iterator[tuple[NDArray[np.float32], int, int | None]]:
    """(what an encoder hears, the first of its frames to keep, how many to keep; `None`: all)."""
    chunk, overlap = CHUNK_FRAMES * FRAME_SAMPLES, _OVERLAP * FRAME_SAMPLES
    held: list[NDArray[np.float32]] = []
    size = lead = 0
    for block in blocks:
        held.append(block)
        size += len(block)
        while size > lead + chunk + overlap:  # more than this part: it is not the last
            heard = np.concatenate(held)
            yield heard[: lead + chunk + overlap], lead // FRAME_SAMPLES, CHUNK_FRAMES
            held = [heard[lead + chunk - overlap :]]
            size, lead = len(held[0]), overlap
    yield np.concatenate([*held, np.zeros(0, np.float32)]), lead // FRAME_SAMPLES, None
