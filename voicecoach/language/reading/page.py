"""The text that is read, and what stands around a place of it."""

from __future__ import annotations

import re

from voicecoach.language.reading.tables import Tables

NEAR = 32
"""So far back is looked for what tells the meaning of a number."""
_QUOTE = re.compile(r"\"|″|''|(?<=\d)['’′](?=\d|\s|$|[.,;!?)])|“|”|(?<!\w)['‘](?=\w)")


class Page:
    """A text without markup, and the tables of its language."""

    def __init__(self, text: str, tables: Tables) -> None:
        self.tables = tables
        self.text = _with_marks(text)
        self.told: list[str] = []
        """What nobody can know how to say."""

    def ends_with(self, at: int, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern`, which ends in `$`, stands before the place."""
        before = self.text[max(0, at - 2) : at].rstrip()[-1:]
        if not (before.isalpha() or before == "."):
            return False
        return bool(pattern.search(self.text, max(0, at - NEAR), at))

    def after(self, at: int, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern` stands behind the place and a space."""
        if self.text[at : at + 1] == " ":
            at += 1
        return self.text[at : at + 1].isalpha() and bool(pattern.match(self.text, at))


def _with_marks(text: str) -> str:
    """The `'` and `"` of minutes and seconds as “′” and “″”: those behind a digit, unless they close a quotation."""
    if not _QUOTE.search(text):
        return text
    opened = {'"': False, "“": False, "'": False}

    def marked(found: re.Match[str]) -> str:
        sign, at = found[0], found.start()
        digit = at > 0 and text[at - 1].isdecimal()
        kind = {"”": "“", "'": "'", "’": "'", "‘": "'", "′": "'", "''": '"', "″": '"'}.get(sign, sign)
        if sign in "″′" or (digit and sign != "“" and not opened[kind]):
            return sign if not digit else "′" if kind == "'" else "″"
        opened[kind] = not opened[kind] and sign != "”"
        return sign

    return _QUOTE.sub(marked, text)
