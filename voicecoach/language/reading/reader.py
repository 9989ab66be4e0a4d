"""Reads a text once, from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.language.reading.clocks import date, decade, telephone, time_of_day
from voicecoach.language.reading.markup import plain
from voicecoach.language.reading.page import NEAR, Page
from voicecoach.language.reading.punctuation import only_words
from voicecoach.language.reading.series import numbers
from voicecoach.language.reading.signs import sign
from voicecoach.language.reading.tables import DASHES, Tables
from voicecoach.language.reading.terms import term, word

Rule = Callable[[Page, int], "tuple[str, int] | None"]
_DIGIT: tuple[Rule, ...] = (term, date, telephone, time_of_day, decade, numbers)
_LETTER: tuple[Rule, ...] = (term, word)
_STARTS_NUMBER = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑"
_UNUSUAL = re.compile(
    r"""[^\sa-zæøåéäöüè.,!?;:()'’“”"«»…–-]|\s\s|\n|[\w.]\.\w|(?<!\w)[A-ZÆØÅ]\.|\[|-\W|\W-|['"]|--|(?<!\w)[IVX]+(?!\w)|\.{2}|\w[–—]\w""",
    re.IGNORECASE,
)
"""What a text may have in it besides ordinary words and their punctuation."""


_MOST_TIMES = 3
"""What is short can stand in what was just taken apart: “6kg6L5”. Mostly the second look finds nothing but words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is said for a text."""

    text: str
    unknown: tuple[str, ...] = ()
    """What nobody can know how to say: it stands as it is."""

    @property
    def words(self) -> str:
        """On one line, with no other signs than `. , ? !`."""
        return only_words(self.text)


class Reader:
    """Reads the texts of one language."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def read(self, text: str) -> Reading:
        """The words for a text; its ordinary punctuation stays."""
        said, told = text.strip(), dict[str, None]()
        for _ in range(_MOST_TIMES):
            if self._is_plain(said):
                break
            before, (said, unknown) = said, self._once(said)
            told |= dict.fromkeys(unknown)
            if said == before:
                break
        return Reading(text=said, unknown=tuple(told))

    def _once(self, text: str) -> tuple[str, list[str]]:
        text, told = plain(text, self.tables)
        page = Page(text, self.tables)
        return _tidy("".join(self._pieces(page))), [*told, *page.told]

    def _is_plain(self, text: str) -> bool:
        """Whether there is certainly nothing to change, as in most texts: it takes a twentieth of the time."""
        return not _UNUSUAL.search(text) and not self.tables.any_known.search(text)

    def _pieces(self, page: Page) -> list[str]:
        text, at, pieces = page.text, 0, list[str]()
        last, memo = "", dict[str, tuple[str, int]]()
        while at < len(text):
            if text[at].isspace():
                pieces.append(" ")
                last, at = " ", at + 1
                continue
            said, end = _remembered(page, at, memo)
            if said and last.isalnum() and said[0].isalnum():
                pieces.append(" ")
            pieces.append(said)
            last, at = (said[-1] if said else last), end
        return pieces


def _remembered(page: Page, at: int, memo: dict[str, tuple[str, int]]) -> tuple[str, int]:
    """What is said at a place; where a short piece stood in the same company before, the same."""
    around = page.text[max(0, at - NEAR) : at + 2 * NEAR]
    key = f"{min(at, NEAR)} {around}"
    if (known := memo.get(key)) is None:
        said, end = _said(page, at)
        known = said, end - at
        if end - at <= NEAR // 2:
            memo[key] = known
    return known[0], at + known[1]


def _said(page: Page, at: int) -> tuple[str, int]:
    character = page.text[at]
    rules: tuple[Rule, ...] = (sign,)
    if character.isdecimal():
        rules = _DIGIT
    elif character.isalpha():
        rules = _LETTER
    elif character in _STARTS_NUMBER or character in ".," or character in DASHES:
        rules = (term, numbers, sign)
    elif character == "×":
        rules = (term, sign)
    for rule in rules:
        if (found := rule(page, at)) is not None:
            return found
    return sign(page, at) or (character, at + 1)


_SPACES = re.compile(r"[ \t]{2,}")
_BEFORE_MARK = re.compile(r" +(?=[,.;:!?…])(?!…)")
_COMMAS = re.compile(r",(?:\s?,)+")
_AFTER_MARK = re.compile(r"([.:;!?…(]) ?,(?=\s|$)")


def _tidy(text: str) -> str:
    """No doubled spaces, no comma behind another mark."""
    text = _BEFORE_MARK.sub("", _SPACES.sub(" ", text))
    return _AFTER_MARK.sub(r"\1", _COMMAS.sub(",", text)).lstrip(" ,").strip()
