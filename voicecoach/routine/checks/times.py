"""Times that a text names: “30 seconds”, “half a minute”, `0:30`, `2'30"`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from voicecoach.language.looked_for import spans, units
from voicecoach.model import Language

_CLOCK = re.compile(r"(?<![\d:.,])(\d{1,2}):([0-5]\d)(?![\d:])")
_TIME_OF_DAY = re.compile(r"\b(?:kl\.?|klokken|at|by|before|until|from|o['’]clock)\s*$", re.I)
_AFTER_NOON = re.compile(r"\s*(?:[ap]\.?m\b|o['’]clock)", re.I)
_MARKS = re.compile(r"(?<![\w.,])(?:(\d{1,2})\s*['′’]\s*)?(\d{1,3})\s*(?:[\"”″]|['′’]{2})(?!\w)")
_AN_INCH = re.compile(r"(?:\b(?:an?|en|et)\s*)$|[-–]$", re.I)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def times_in(text: str, language: Language, number_words: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Each expression of time in the text, and its milliseconds. Of a range the end beside the unit."""
    for match in _spans(language).finditer(text):
        if not match.group("when"):
            yield match.group(), spans(language)[" ".join(match.group().lower().split())]
    rest = _spans(language).sub(" … ", text)
    for match in _united(language).finditer(rest):
        number = _number(match.group(1) or match.group(2), number_words)
        if number is not None:
            yield match.group(), round(number * units(language)[match.group(3).lower()])
    yield from _clocks(rest)
    yield from _marks(rest)


@cache
def _spans(language: Language) -> re.Pattern[str]:
    longest = sorted(spans(language), key=len, reverse=True)
    when = r"(?P<when>(?:om|in)\s+)?"  # “in half an hour” is when, not how long
    either = "|".join(re.escape(key).replace(r"\ ", r"\s+") for key in longest)
    return re.compile(rf"(?<!\w){when}(?:{either})(?!\w)", re.I)


@cache
def _united(language: Language) -> re.Pattern[str]:
    words = "|".join(sorted(units(language), key=len, reverse=True))
    figures, spelled = r"\d+(?:[.,]\d+)?[½¼¾]?|[½¼¾]", r"[^\W\d_]+(?:-[^\W\d_]+)?"
    return re.compile(rf"(?<![\w.,:])(?:({figures})[\s-]*|({spelled})[\s-]+)({words})(?!\w)", re.I)


def _number(word: str, number_words: Mapping[str, int]) -> float | None:
    if (spoken := number_words.get(word.lower())) is not None:
        return spoken
    fraction = _FRACTIONS.get(word[-1], 0.0)
    whole = (word[:-1] if fraction else word).replace(",", ".") or "0"
    try:
        return float(whole) + fraction if len(whole) < 8 else None
    except ValueError:
        return None


def _clocks(text: str) -> Iterator[tuple[str, int]]:
    for match in _CLOCK.finditer(text):
        if not _TIME_OF_DAY.search(text[: match.start()]) and not _AFTER_NOON.match(text[match.end() :]):
            yield match.group(), (int(match.group(1)) * 60 + int(match.group(2))) * 1000


def _marks(text: str) -> Iterator[tuple[str, int]]:
    """Seconds as `30"`. After an article they are inches, and after an opening quotation mark they close it."""
    for match in _MARKS.finditer(text):
        before = text[: match.start()]
        if not _AN_INCH.search(before) and before.count('"') % 2 == 0 and before.count("“") <= before.count("”"):
            yield match.group(), (int(match.group(1) or 0) * 60 + int(match.group(2))) * 1000
