"""Texts that no voice can say: told before one tries, and in the same way whichever voice it is."""

from __future__ import annotations

import unicodedata

MAX_CHARACTERS = 10_000
"""As digits become words, also of what is said: a quarter of an hour of speech."""
MAX_WORD_CHARACTERS = 120
"""eSpeak drops the end of a longer word without a word."""


def fault(text: str) -> str:
    """What is wrong with a text as an engine gets it; empty if a voice can say it."""
    if not any(character.isalnum() for character in text):
        return "there is no word in it"
    return too_long(text)


def printable(text: str) -> str:
    """Without control characters and halves of surrogate pairs: eSpeak, which reads for Piper too, would stop at the
    first NUL."""
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Cf" else " " for c in text)


def too_long(text: str) -> str:
    """Why a text with a word in it is too long; empty if it is not."""
    if len(text) > MAX_CHARACTERS:
        return f"it is longer than {MAX_CHARACTERS} characters"
    if max(map(len, text.split())) > MAX_WORD_CHARACTERS:
        return f"it has a word of more than {MAX_WORD_CHARACTERS} characters"
    return ""
