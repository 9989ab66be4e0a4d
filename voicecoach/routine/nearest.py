"""Near-miss suggestions: “did you mean …?”"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be, if any is near."""
    matches = difflib.get_close_matches(str(word).lower(), list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None
