"""Phrases by key: wording as data, one file a language."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

from voicecoach.language.wording import of_all, wording
from voicecoach.model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """Everything voicecoach itself can say in one language."""

    language: Language
    phrases: Mapping[str, str]
    """Templates with `{placeholders}`; a value is always finished text, never a number to be inflected."""
    units: Mapping[str, Mapping[str, str]]
    """For a noun: the forms `one`, `many` and, for a time, `half`, `one-and-half`, `and-half`."""
    grammar: Mapping[str, Any]
    """The number words and how they are joined."""

    def say(self, key: str, **values: str) -> str:
        """The phrase. Its own sentences begin with a capital; what is inside a value stays as it was written, and a
        value that ends a sentence (“Ready?”) gets no second full stop. Raises `LanguageError` if no one wrote it."""
        return _filled(self.phrases[key], values)


@cache
def phrasebook(language: Language) -> Phrasebook:
    """The phrases of a language. Raises `LanguageError` if it lacks them, and later for one that it lacks."""
    data = wording(language)
    return Phrasebook(language=language, phrases=data["phrases"], units=data["units"], grammar=data)


_ENDED = re.compile(r"[.!?…][\"”»’)]*$")
_STOP = re.compile(r"(?<!\S)[^\s.]+\.$")
"""A full stop that is not that of an abbreviation such as “m.m.”."""
_BEGINS = re.compile(r"(?:^|[.!?…][\"”»’)]*\s+)$")


def sentence(text: str) -> str:
    """The text with a full stop, unless it has what stands for one at its end: “Ready?”, “Ro …”."""
    return text if _ENDED.search(text) else text + "."


def _filled(template: str, values: Mapping[str, str]) -> str:
    said = written = ""
    for literal, name, _, _ in Formatter().parse(template):
        own = capitalised(literal, begins=_BEGINS.search(written) is not None)
        if literal.startswith("."):
            said, own = sentence(said), own[1:]
        elif literal and _STOP.search(said):  # the sentence goes on
            said = said[:-1]
        written += literal
        said += own
        if name is not None:
            value = values[name].strip()
            said += value[:1].upper() + value[1:] if _BEGINS.search(written) else value
            written += "x"
    return said


def capitalised(text: str, *, begins: bool = True) -> str:
    """The text with a capital after each full stop, question mark and exclamation mark, and at its beginning unless
    it goes on with a sentence."""
    first = "^|" if begins else ""
    return re.sub(rf"({first}[.!?]\s+)(\w)", lambda match: match.group(1) + match.group(2).upper(), text)


_LIST_MARK = re.compile(r"(?:^|[:;]\s+)[(“\"«]?(?:\d+(?:\.\d+)*|[^\W\d_])$")
"""What stands alone before its full stop, as the number of an exercise does."""


def sentences(text: str, language: Language | None = None) -> list[str]:
    """The sentences of a text, each of them worth a breath of its own; `None`: its language is not known.

    A full stop ends one where a capital, a digit or a quotation follows; not that of “ca.” or “nr.”, nor of “3. maj”,
    nor that of the number or letter of a list, “1. Løb”.
    """
    found, start = [], 0
    for stop in re.finditer(r"[.!?…]+[\"”»’)]*\s+", text):
        before, after = text[start : stop.start()], text[stop.end() :]
        word = before.split()[-1].lower().lstrip('(“"«') if before.split() else ""
        abbreviated = stop.group()[0] == "." and bool(
            word in _abbreviations("never-last", language)
            or (after[:1].isdigit() and word in _abbreviations("before-a-number", language))
            or _LIST_MARK.search(before.lstrip())
        )
        if not abbreviated and not after[:1].islower():
            found.append(text[start : stop.end()].strip())
            start = stop.end()
    return [part for part in [*found, text[start:].strip()] if part]


@cache
def _abbreviations(kind: str, language: Language | None) -> frozenset[str]:
    """Those whose full stop ends no sentence, `never-last` or only `before-a-number`; of all languages for `None`."""

    def written(language: Language) -> list[str]:
        return str(wording(language)["abbreviations"][kind]).split()

    return frozenset(written(language) if language else itertools.chain(*of_all(written).values()))
