"""The frames of pieces that were not encoded before, several pieces side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.output.mp3.frames import FRAME_MS, FRAME_SAMPLES, frame_data, packed
from voicecoach.units import ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.output.mp3.splice import Piece, Splicing

_AFTER = 2  # frames behind a piece that hold something of it
_TRAIL = 4  # frames of silence that an encoder hears behind a piece
_THREADS = 2


def encoded(pieces: Sequence[Piece], splicing: Splicing) -> Iterator[bytes]:
    """Those of each, in order, from its first to `_AFTER` its last."""
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="encode") as pool:
        yield from pool.map(partial(_encoded, splicing), pieces)


def _encoded(splicing: Splicing, piece: Piece) -> bytes:
    """By an encoder that has heard nothing else, so that the frames depend on the piece alone."""
    samples = piece.samples()
    phase = ms_to_frames(piece.start_ms % FRAME_MS)
    length = -(-(phase + len(samples)) // FRAME_SAMPLES)
    heard = np.zeros((length + _TRAIL) * FRAME_SAMPLES, dtype=np.float32)
    heard[phase:][: len(samples)] = samples
    made = list(frame_data(splicing.encode([heard])))
    return b"".join(packed(made[: length + _AFTER], splicing.kbit, splicing.channels))
