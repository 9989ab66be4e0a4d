"""Words and `. , ? !`, for who wants to see what is said."""

from __future__ import annotations

import re

_RULES = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"…(?=\s*[a-zæøå])", ","),
        (r"…", "."),
        (r"[;:–—()\[\]|]", ","),
        (r"[\"“”„«»‹›¿¡]", " "),
        (r"(?<!\w)['’‘]|['’‘](?!\w)", " "),
        (r"(?<!\w)-|-(?!\w)", " "),
        (r"\s+", " "),
        (r" (?=[.,?!])", ""),
        (r"[.,?!](?:\s?[.,?!])+", "\0"),
        (r"^[ ,.]+", ""),
        (r",(?=\s*$)", ""),
        (r"([,?!])(?=\w)", r"\1 "),
    )
)


def only_words(text: str) -> str:
    """A text that was read, on one line, with no other signs than `. , ? !` and those that nobody knows."""
    for pattern, put in _RULES:
        text = pattern.sub(_strongest if put == "\0" else put, text)
    return text.strip()


def _strongest(found: re.Match[str]) -> str:
    """Of several marks the one that matters most."""
    return next(mark for mark in "?!.," if mark in found[0])
