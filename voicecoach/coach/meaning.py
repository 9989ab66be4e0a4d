"""What a person meant by another word than ours."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.routine.meant import other_word
from voicecoach.routine.nearest import really_near


def meant_word(key: str, written: str, words: Sequence[str]) -> str | None:
    """The one of `words` that was meant by another at `key`: `da` by `dk`."""
    ours = other_word(key, written)
    return ours if ours in words else really_near(written, words)
