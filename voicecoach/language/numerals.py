"""Digits as words: “30 sek.” → “tredive sekunder”, “10-15” → “ti til femten”, “2,5” → “to komma fem”.

A voice reads digits in its own way, often in another language, and with its own idea of what “5 s” means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from voicecoach.model import Language

NumberWord = Callable[[int, Language], str]

_N = r"\d+(?:[.,]\d+)*"
_MAX_DIGITS = 6
"""A longer number is a code or a telephone number, and is said digit by digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """How numbers are said in a language."""

    language: Language
    number_word: NumberWord
    """Of a whole number from 0 to 999,999."""
    units: Mapping[str, tuple[str, str]]
    """After a number, in small letters: one of it with its article, and several without the number."""
    ordinals: Mapping[int, str]
    joining: Mapping[str, Any]
    """`and`, `range`, `times`, `decimal`, `minus`, `decimal-mark`, `half`, `quarter`, `three-quarters`; what comes
    after an `ordinal` and before a time `of-the-day`, as regular expressions; `clock-units`, those of “1:30:00”."""

    @property
    def pattern(self) -> str:
        """A regular expression whose group `number` is a number with all that belongs to it."""
        units = "|".join(re.escape(unit) for unit in sorted(self.units, key=len, reverse=True))
        th = self.joining["ordinal"]
        return (
            r"(?P<number>(?<![\w:])(?P<clock>\d{1,3}:[0-5]\d(?::[0-5]\d)?)(?![\w:])(?:\s?min(?!\w))?"
            rf"|(?<![\w.,])(?P<ordinal>\d{{1,2}})(?-i:{th})"
            r"|(?<![\w/])(?P<part>[13]/[24])(?![\w/])"
            rf"|(?P<minus>(?<![\w)\]])[-−])?(?P<first>{_N})(?P<more>(?:\s?[-–—]\s?{_N})*)"
            rf"(?:(?P<times>\s?[x×]\s?(?=\d))|\s?(?P<unit>{units})(?!\w)(?P<stop>\.?))?)"
        )

    def spoken(self, match: re.Match[str]) -> str:
        """The words for a match of `pattern`."""
        if match["clock"]:
            before = match.string[: match.start()]
            of_the_day = re.search(rf"\b(?:{self.joining['of-the-day']})\s*$", before, re.IGNORECASE)
            return self._clock(match["clock"], bool(of_the_day))
        if match["ordinal"]:
            n = int(match["ordinal"])
            return self.ordinals.get(n) or self.number_word(n, self.language)
        if match["part"]:
            names = {"1/2": "half", "1/4": "quarter", "3/4": "three-quarters"}
            return self.joining.get(names.get(match["part"], ""), "") or self._listed(match["part"].split("/"))
        return self._measured(match)

    def _measured(self, match: re.Match[str]) -> str:
        numbers = re.findall(_N, match["first"] + match["more"])
        sign = f"{self.joining['minus']} " if match["minus"] else ""
        if match["times"]:
            return f"{sign}{self._listed(numbers)} {self.joining['times']} "
        forms = self.units.get((match["unit"] or "").casefold())
        if forms is None:
            return sign + " ".join(filter(None, (self._listed(numbers), match["unit"])))
        one, many = forms
        stop = "." if match["stop"] and ends_sentence(match) else ""
        if numbers == ["1"]:
            return f"{sign}{one}{stop}"
        words = [one.split()[0] if number == "1" else self._word(number) for number in numbers]
        return f"{sign}{self._joined(words)} {many}{stop}"

    def _listed(self, numbers: list[str]) -> str:
        return self._joined([self._word(number) for number in numbers])

    def _joined(self, words: list[str]) -> str:
        """Two are a range; more, such as the 4-7-8 of a breath, are a list."""
        return f" {self.joining['range']} ".join(words) if len(words) == 2 else ", ".join(words)

    def _clock(self, text: str, of_the_day: bool) -> str:
        """“1:30” is a length of time here, as in the routines, but not in “at 8:30”."""
        counts = [int(part) for part in text.split(":")]
        if of_the_day:
            return " ".join(self.number_word(count, self.language) for count in counts)
        parts = []
        units = self.joining["clock-units"]
        for unit, count in zip(units[-len(counts) :], counts, strict=True):
            one, many = self.units[unit]
            if count:
                parts.append(one if count == 1 else f"{self.number_word(count, self.language)} {many}")
        return f" {self.joining['and']} ".join(parts) or self.number_word(0, self.language)

    def _word(self, number: str) -> str:
        mark = self.joining["decimal-mark"]
        thousands = "." if mark == "," else ","
        if re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+", number):
            return self._whole(number.replace(thousands, ""))
        parts = re.split(r"[.,]", number)
        if len(parts) == 2:
            return f"{self._whole(parts[0])} {self.joining['decimal']} {self._digits(parts[1])}"
        return ", ".join(map(self._whole, parts))

    def _whole(self, digits: str) -> str:
        if len(digits) > _MAX_DIGITS or (len(digits) > 1 and digits.startswith("0")):
            return self._digits(digits)
        return self.number_word(int(digits), self.language)

    def _digits(self, digits: str) -> str:
        return " ".join(self.number_word(int(digit), self.language) for digit in digits)


def ends_sentence(match: re.Match[str]) -> bool:
    """Whether a capital or nothing follows, so that a full stop of an abbreviation is one of the sentence too."""
    rest = match.string[match.end() :].lstrip()
    return not rest or rest[0].isupper()
