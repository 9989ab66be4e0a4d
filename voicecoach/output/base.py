"""What every file format takes.

To add a format:
1. Write `output/<name>.py` with a class that has `suffix`, `needs` and `write`, as `Format` below says.
2. Pull the blocks once, in order, and hold no more than a few: a programme may last for hours.
3. Write `programme.duration_ms` exactly, and the same bytes for the same blocks.
4. Write the words, chapters and cover of `programme` where the format has a place for them.
5. Add one line to `FORMATS` in `output/formats.py`; the contract test in `tests/output/test_formats.py` finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

from voicecoach.output.programme import GENRE, CueText, Programme, programme_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["GENRE", "CueText", "Format", "Programme", "programme_of"]


class Format(Protocol):
    """A file format."""

    @property
    def suffix(self) -> str:
        """The ending of its files: `.mp3`."""

    @property
    def needs(self) -> tuple[str, str]:
        """The module that it needs beside what is always there, and the extra that brings it; both empty: nothing."""

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        """Write all of `blocks` (mono float32 at 48 kHz) to `file`, which is empty and can seek.

        The blocks hold exactly `programme.duration_ms`.
        """
