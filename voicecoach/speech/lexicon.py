"""How a text is to be said: words respelled for the ear, digits and units as words. The text shown never changes.

The shipped tables lie in `lexicon/`, one a language; a person's own `lexicon-da.toml` lies in the configuration
folder and wins. A table maps words to respellings; under `[units]` a unit to what is said after a number; under the
name of an engine, such as `[pyttsx3]`, words to what only that engine understands, `[[phonemes]]` for instance.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach.model import Language
from voicecoach.speech.numerals import NumberWord, Numerals, ends_sentence

if TYPE_CHECKING:
    from voicecoach.settings import TomlFile

SHIPPED = Path(__file__).parent / "lexicon"
_UNSAID = (
    "\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\ufe0f\u200d\ue000-\uf8ff\ud800-\udfff"
)
"""What no voice should name, for a regular expression: emoji, arrows and boxes, and what is no character."""

_LETTERS = re.compile(r"[^\W\d_]+")
_UNUSUAL = re.compile(r"""[^\sa-zæøåéäöü.,!?;:()'’“”"«»…–-]|\s\s""", re.IGNORECASE)
"""What a text may have in it besides ordinary words and their punctuation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A shipped lexicon and a person's own on top of it."""

    words: Mapping[str, str]
    engines: Mapping[str, Mapping[str, str]]
    numerals: Numerals


class Lexicon:
    """The lexicons of all languages, each read when it is first wanted.

    `number_word` gives the word for a whole number below a million; `own_folder` is where a person's own lie.
    """

    def __init__(self, number_word: NumberWord, own_folder: Path | None = None) -> None:
        self._number_word, self._own_folder = number_word, own_folder
        self._tables: dict[Language, _Table] = {}
        self._first_words: dict[tuple[Language, str], frozenset[str]] = {}
        self._patterns: dict[tuple[Language, str], tuple[re.Pattern[str], Mapping[str, str]]] = {}

    def spoken(self, text: str, language: Language, engine: str) -> str:
        """What `engine` gets for `text`. Raises `SettingsError` if a person's own lexicon has errors."""
        text = unicodedata.normalize("NFC", text).strip()
        if self._is_plain(text, language, engine):
            return text
        pattern, words = self._pattern(language, engine)
        numerals = self._table(language).numerals

        def replaced(match: re.Match[str]) -> str:
            if (word := match["word"]) is not None:
                said = words.get(_key(word), word) + _kept_stop(match)
            elif match["number"] is not None:
                said = numerals.spoken(match)
            else:
                return "[ " if match["bracket"] else " "  # two brackets are an engine's sign for phonemes
            return _apart(match, said)

        return re.sub(r"[ \t]{2,}", " ", pattern.sub(replaced, text)).strip()

    def _is_plain(self, text: str, language: Language, engine: str) -> bool:
        """Whether there is certainly nothing to change, as in most texts: it takes a twentieth of the time."""
        if (language, engine) not in self._first_words:
            words = self._words(language, engine)
            self._first_words[language, engine] = frozenset(
                _LETTERS.findall(word)[0] for word in words if word[0].isalpha()
            )
        first_words = self._first_words[language, engine]
        return not _UNUSUAL.search(text) and first_words.isdisjoint(_LETTERS.findall(text.casefold()))

    def _words(self, language: Language, engine: str) -> Mapping[str, str]:
        table = self._table(language)
        return {**table.words, **table.engines.get(engine, {})}

    def _pattern(self, language: Language, engine: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
        if (language, engine) not in self._patterns:
            table = self._table(language)
            words = self._words(language, engine)
            known = "|".join(map(_word_pattern, sorted(words, key=len, reverse=True))) or r"(?!)"
            whole = rf"(?P<word>{known})|{table.numerals.pattern}|(?P<bracket>\[(?=\[))|[{_UNSAID}]"
            self._patterns[language, engine] = re.compile(whole, re.IGNORECASE), words
        return self._patterns[language, engine]

    def _table(self, language: Language) -> _Table:
        if language not in self._tables:
            self._tables[language] = self._read(language)
        return self._tables[language]

    def _read(self, language: Language) -> _Table:
        from voicecoach.settings import read_toml

        files = [read_toml(SHIPPED / f"{language}.toml")]
        own = self._own_folder / f"lexicon-{language}.toml" if self._own_folder else None
        if own and os.path.lexists(own):  # unlike `exists`, quiet about a folder that may not be read
            files.append(read_toml(own))
        words: dict[str, str] = {}
        engines: dict[str, dict[str, str]] = {}
        units: dict[str, tuple[str, str]] = {}
        for file in files:
            _check_tables(file)
            found = _words(file, file.data)
            for engine in engines.values():  # what comes later wins, also over an engine's own table
                for word in found:
                    engine.pop(word, None)
            words |= found
            units |= _units(file)
            for key, value in file.data.items():
                if isinstance(value, dict) and key not in ("units", "numbers", "ordinals"):
                    engines.setdefault(key, {}).update(_words(file, value, key))
            file.raise_problems()
        data = files[0].data
        ordinals = {int(n): word for n, word in data["ordinals"].items()}
        numerals = Numerals(
            language=language, number_word=self._number_word, units=units, ordinals=ordinals, joining=data["numbers"]
        )
        return _Table(words=words, engines=engines, numerals=numerals)


def _check_tables(file: TomlFile) -> None:
    from voicecoach.speech.engine import ENGINES

    if file.path.parent != SHIPPED:
        file.check_keys({key: 0 for key, value in file.data.items() if isinstance(value, dict)}, ("units", *ENGINES))


def _words(file: TomlFile, table: Mapping[str, Any], *above: str) -> dict[str, str]:
    words = {}
    for word, said in table.items():
        if isinstance(said, dict) and not above:
            continue
        if not isinstance(said, str) or not said.strip() or not word.strip():
            hint = f'Write "{word}" = "how it is said".'
            file.problem("wrong-type", f"what is said for “{word}” is no text", *above, word, hint=hint)
            continue
        words[_key(word)] = said
    return words


def _units(file: TomlFile) -> dict[str, tuple[str, str]]:
    units = {}
    for unit, forms in file.table("units").items():
        if isinstance(forms, list) and len(forms) == 2 and all(isinstance(form, str) and form for form in forms):
            units[_key(unit)] = (forms[0], forms[1])
        else:
            hint = f'Write {unit} = ["one of it", "several"].'
            file.problem("wrong-type", f"the unit “{unit}” needs two texts", "units", unit, hint=hint)
    return units


def _key(word: str) -> str:
    """Equal for what a person means as the same word: capitals, composed letters, hyphens and spaces."""
    folded = unicodedata.normalize("NFC", word).casefold().replace("’", "'")
    return re.sub(r"[\s\-‐‑]+", " ", folded).strip()


def _word_pattern(word: str) -> str:
    """The whole word, and no part of a longer one; an edge that is no letter may touch anything."""
    body = r"[\s\-‐‑]+".join(re.escape(part).replace("'", "['’]") for part in word.split(" "))
    before = r"(?<!\w)" if _is_letter(word[0]) else ""
    return before + body + (r"(?!\w)" if _is_letter(word[-1]) else "")


def _is_letter(character: str) -> bool:
    """Also a digit, but no “½”."""
    return character.isalpha() or character.isdecimal()


def _kept_stop(match: re.Match[str]) -> str:
    """The full stop of an abbreviation ends the sentence too where a capital or nothing follows."""
    return "." if match[0].endswith(".") and ends_sentence(match) else ""


def _apart(match: re.Match[str], said: str) -> str:
    """`said`, kept apart from letters that the match touches: “10min” has two words."""
    text = match.string
    before = " " if match.start() and text[match.start() - 1].isalnum() else ""
    after = " " if match.end() < len(text) and text[match.end()].isalnum() else ""
    return before + said + after


Respell = Callable[[str, Language, str], str]
"""(text, language, engine) → what the engine gets: `Lexicon.spoken`, or nothing done."""
