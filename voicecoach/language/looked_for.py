"""What the rules look for in texts: whole words of one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from voicecoach.language.wording import Wording, wording
from voicecoach.model import Language


@cache
def looked_for(language: Language) -> Mapping[str, re.Pattern[str]]:
    """A pattern a key, which finds any of the expressions listed under it, whole words only and in any case."""
    patterns = {
        key: re.compile(rf"(?<!\w)(?:{'|'.join(expressions)})(?!\w)", re.IGNORECASE)
        for key, expressions in wording(language)["looked-for"]["patterns"].items()
    }
    return Wording(language, patterns)


@cache
def spans(language: Language) -> Mapping[str, int]:
    """Expressions that name a time without a number, with its milliseconds."""
    return {str(key): int(value) for key, value in wording(language)["looked-for"]["spans"].items()}


@cache
def units(language: Language) -> Mapping[str, int]:
    """The words for units of time, with their milliseconds."""
    return {str(key): int(value) for key, value in wording(language)["looked-for"]["units"].items()}


@cache
def words(language: Language) -> frozenset[str]:
    """Common words that the other languages do not have."""
    return frozenset(wording(language)["looked-for"]["words"].split())
