"""The text that is read, and what stands around a place of it."""

from __future__ import annotations

import re

from voicecoach.language.reading.tables import Tables

_NEAR = 32
"""So far back is looked for what tells the meaning of a number."""
_QUOTE = re.compile(r"\"|″|''|(?<=\d)['’′](?=\d|\s|$|[.,;!?)])|“|”|(?<!\w)['‘](?=\w)")


class Page:
    """A text without markup, and the tables of its language."""

    def __init__(self, text: str, tables: Tables) -> None:
        self.text, self.tables = text, tables
        self.seconds: dict[int, int] = {}
        """Where a `"` is that of seconds, and how many characters it has."""
        self.minutes: set[int] = set()
        """Where a `'` is that of minutes."""
        self.told: list[str] = []
        """What nobody can know how to say."""
        self._find_marks()

    def ends_with(self, at: int, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern`, which ends in `$`, stands before the place."""
        return bool(pattern.search(self.text, max(0, at - _NEAR), at))

    def after(self, at: int, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern` stands behind the place and a space."""
        while self.text[at : at + 1] == " ":
            at += 1
        return bool(pattern.match(self.text, at))

    def _find_marks(self) -> None:
        """A quotation mark behind a digit is a unit, unless it closes what was opened."""
        double = curly = single = False
        for found in _QUOTE.finditer(self.text):
            at, sign = found.start(), found[0]
            digit = at > 0 and self.text[at - 1].isdecimal()
            if sign == "“":
                curly = True
            elif sign in ("'", "‘") and not digit:
                single = True
            elif sign in ("'", "’", "′"):
                if single and sign != "′":
                    single = False
                else:
                    self.minutes.add(at)
            elif sign == "″" or (digit and not (double if sign == '"' else curly if sign == "”" else single)):
                if digit:
                    self.seconds[at] = len(sign)
            elif sign == '"':
                double = not double
            elif sign == "”":
                curly = False
