"""Near-miss suggestions: “did you mean …?”"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be, if any is near."""
    matches = difflib.get_close_matches(str(word).lower(), list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def really_near(word: str, known: Iterable[str]) -> str | None:
    """As `nearest`, but only a slip of the fingers: nearly all of its letters, or its letters in another order.

    `rest` is no slip for `reps`, though three of four letters are the same.
    """
    word = str(word).lower()
    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.6)
    return next((found for found in near if _similar(word, found) >= 0.8 or not Counter(word) - Counter(found)), None)


def _similar(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, other, one).ratio()
