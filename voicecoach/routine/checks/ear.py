"""Texts that are not for the ear, and texts in another language than they say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from voicecoach.language.lexicon import Lexicon
from voicecoach.language.looked_for import words
from voicecoach.language.spoken import number
from voicecoach.language.wording import name_in_english, of_all
from voicecoach.model import Exercise, Language, Problem
from voicecoach.routine.checks.said import Said, said, texts_of
from voicecoach.routine.checks.view import View, broken

_NOT_FOR_THE_EAR = {
    "an HTML tag": re.compile(r"</?[a-zA-Z][^<>]*>|<!--"),
    "an HTML entity": re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{1,6}|#x[0-9a-fA-F]{1,6});"),
    "an address": re.compile(
        r"\b(?:https?|ftp|mailto):\S+|\bwww\.\S+|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+"
        r"|\b[a-z0-9-]{1,63}\.(?:com|org|net|dk|eu|info|edu|gov|co\.uk)\b(?:/\S*)?"
    ),
    "a link in Markdown": re.compile(r"!?\[[^\]]{0,200}\]\([^)]{0,500}\)"),
    "emphasis in Markdown": re.compile(
        r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*]+?(?<=\S)\1(?![\w*])|~~[^~]{1,500}~~|`[^`]{1,500}`"
    ),
    "a heading or a list in Markdown": re.compile(r"^\s{0,3}(?:#{1,6}\s+\S|>\s+\S|\|.*\|)|\n\s*[-*+•]\s+\S", re.M),
    "an underscore": re.compile(r"_"),
    "braces that are no variable, which is one word": re.compile(
        r"(?<!\{)\{(?!\{|\s*[^\W\d][\w-]*\s*\})[^{}]{0,100}\}"
    ),
}


def not_for_the_ear(view: View) -> Iterator[Problem]:
    for item in said(view):
        if what := _not_for_the_ear(item.text, item.language):
            yield _told(item, what)


def _told(item: Said, what: str) -> Problem:
    hint = "Write it as it should be said; the voice reads every sign or none."
    return broken("text-not-for-the-ear", item.at, f"a text holds {what}", hint)


@cache
def _lexicon() -> Lexicon:
    return Lexicon(number)


def _not_for_the_ear(text: str, language: Language) -> str:
    for what, pattern in _NOT_FOR_THE_EAR.items():
        if found := pattern.search(text):
            shown = " ".join(found.group().split())
            return f"{what}, “{shown if len(shown) <= 40 else shown[:39] + '…'}”"
    if strange := _other_script(text):
        return f"another script, “{strange}”"
    unknown = _lexicon().read(text, language).unknown
    return f"what nobody knows how to say, “{unknown[0]}”" if unknown else ""


def _other_script(text: str) -> str:
    """The first word in letters that are not Latin; a lone one, such as µ, is a sign."""
    for word in re.findall(r"[^\W\d_]+", text):
        letters = [letter for letter in word if not unicodedata.name(letter, "LATIN").startswith("LATIN")]
        if len(letters) >= 2 or any(
            unicodedata.category(letter) == "Lo" and letter not in "ªº" for letter in letters
        ):
            return str(word)
    return ""


def other_language(view: View) -> Iterator[Problem]:
    """Names stay what they are in any language."""
    for item in said(view):
        other = looks_like(item.text, item.language) if item.what != "name" else None
        if other:
            marked, read = name_in_english(item.language), name_in_english(other)
            message = f"a text that is marked as {marked} reads like {read}"
            hint = "A voice reads it by the rules of the language that the file, or its key, names."
            yield broken("text-in-another-language", item.at, message, hint)


def looks_like(text: str, language: Language) -> Language | None:
    """Another language, if common words of it are in the text and hardly any of the text's own."""
    spoken = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text.lower())
    count = {known: sum(word in common for word in spoken) for known, common in of_all(words).items()}
    own = count.pop(language, 0)
    other = max(count, key=lambda known: count[known], default=language)
    if other == language:
        return None
    is_other = count[other] >= 2 if own == 0 else count[other] >= 4 and count[other] > 3 * own
    return other if is_other else None


def exercise_problems(exercise: Exercise) -> Iterator[Problem]:
    """Of an exercise of a file of its own, where no routine stands around it."""
    for text in [exercise.name, *texts_of(exercise)]:
        for language, written in text.by_language.items():
            item = Said(text=written, language=language, what="other", at=text.location)
            if what := _not_for_the_ear(written, language):
                yield _told(item, what)
