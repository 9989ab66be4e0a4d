"""The words of other people's workouts: `da.imported.toml`, `en.imported.toml`.

A person writes “3 sets” in Danish too, so that the words of all languages are known in every file.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from voicecoach.language.looked_for import words
from voicecoach.language.wording import FOLDER, wording
from voicecoach.model import DEFAULT_LANGUAGE, LANGUAGES, Language
from voicecoach.settings import read_toml


@cache
def any_of(key: str) -> str:
    """An expression for any of the words of `key`, in any language; the longest first."""
    found = {expression for table in _tables() for expression in table.get(key, [])}
    return f"(?:{'|'.join(sorted(found, key=lambda expression: (-len(expression), expression)))})"


@cache
def column_of(heading: str) -> str:
    """What stands in the column of a table with this heading; nothing if that is not known."""
    for kind, pattern in _columns():
        if pattern.fullmatch(heading):
            return kind
    return ""


@cache
def number_words() -> dict[str, str]:
    """Number words of all languages in small letters, with their figures."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        found |= {str(word).lower(): str(number) for number, word in wording(language)["numbers"].items()}
    return found


def limbs(language: Language | None = None) -> dict[str, list[str]]:
    """What a side may be a side of, and the words for it, the singular first; of one language, or of all."""
    found: dict[str, list[str]] = {}
    for each in [language] if language else LANGUAGES:
        for limb, words_of_it in _table(each).get("limbs", {}).items():
            found[limb] = found.get(limb, []) + words_of_it
    return found


def said_as(amount: str, language: Language) -> str:
    """`400 m` as a voice reads it."""
    number, _, unit = amount.partition(" ")
    return f"{number} {_table(language).get('said', {}).get(unit.lower(), unit)}"


def language_of(text: str) -> Language:
    """The language that most of a text's words are of: its common words, and what a workout says in it."""
    spoken = re.findall(r"[^\W\d_]+", text.lower())
    counted = {language: sum(map(_own(language).__contains__, spoken)) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: (counted[language], language == DEFAULT_LANGUAGE))
    return best if counted[best] else DEFAULT_LANGUAGE


@cache
def _own(language: Language) -> frozenset[str]:
    """Words of one language that no other has: its common ones, and those with letters of its own."""
    others = frozenset[str]().union(*(words(other) for other in LANGUAGES if other != language))
    listed = _table(language).get("telling", [])
    return (words(language) | frozenset(listed)) - others


@cache
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = dict.fromkeys(kind for table in _tables() for kind in table.get("columns", {}))
    return tuple(
        (kind, re.compile("|".join(each for table in _tables() for each in table["columns"].get(kind, [])), re.I))
        for kind in kinds
    )


def _tables() -> list[dict[str, Any]]:
    return [_table(language) for language in LANGUAGES]


@cache
def _table(language: Language) -> dict[str, Any]:
    """What is written of a language; a new one may have none of it yet."""
    path = FOLDER / f"{language}.imported.toml"
    return read_toml(path).data if path.exists() else {}
