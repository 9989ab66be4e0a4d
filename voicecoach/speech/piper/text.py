"""Text for Piper: what is taken out before it is read, and how long a piece it reads in one breath."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.speech.sayable import printable

MAX_PHONEMES = 250
"""About 15 s of speech. The model's work and memory grow with the square of a piece's length."""
_ENDS = ".!?…:;,"


def sayable(text: str) -> str:
    """Without control characters, halves of surrogate pairs and Piper's mark-up; with a full stop at its end.

    Piper takes what stands in `[[…]]` for phonemes. Without a full stop it leaves a word like "eight" hanging, and
    makes it a fifth shorter.
    """
    plain = " ".join(printable(text).replace("[", " ").replace("]", " ").split())
    return f"{plain}." if plain and plain[-1] not in _ENDS else plain


def is_speech(phonemes: Sequence[str]) -> bool:
    """Whether there is a sound among the phonemes, and not only punctuation."""
    return any(phoneme.isalpha() for phoneme in phonemes)
