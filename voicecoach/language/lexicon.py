"""How a text is to be said: read by the grammar of `reading`, and its words respelled for the ear of one engine.

The text shown never changes. The shipped tables lie beside this: `da.lexicon.toml` holds what is written short in a
language, and the units, `da.lexicon.pyttsx3.toml` what one engine would read wrongly. A person's own
`lexicon-da.toml` lies in the configuration folder and wins; under the name of an engine, such as `[pyttsx3]`, stands
what one alone understands. Words made from digits are respelled as well.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from voicecoach.errors import LanguageError
from voicecoach.language.reading.reader import Reader, Reading
from voicecoach.language.reading.tables import NumberWord, Tables
from voicecoach.language.wording import FOLDER, Wording, lacking, reading_of
from voicecoach.model import Language
from voicecoach.settings import read_toml

if TYPE_CHECKING:
    from voicecoach.settings import TomlFile

_GAP = r"[\s\-‐‑/&]"
"""What may part the words of a key, or be missing: “Bird Dog”, “bird-dog”, “Birddog”, “cat/cow”, “Cat & Cow”."""
_SHORTEST_PLURAL = 4
"""Letters of a word that is also known with an s at its end: “reps” is no plural of an abbreviation."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_ONLY = re.compile(r"(?:[^\W\d_]|[ '*])+")
_PHONEMES = r"\[\[[^\[\]]*\]\]"
"""As an engine takes them from a lexicon."""


class _Word(NamedTuple):
    """A word of a lexicon."""

    written: str
    """In small letters, its parts with a space between; a `*` at an edge stands for any letters, or none."""
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A shipped lexicon and a person's own on top of it; the words by their `_key`."""

    words: Mapping[str, _Word]
    engines: Mapping[str, Mapping[str, _Word]]
    tables: Tables


class _Respelling:
    """The words of one language and engine, ready to be found in a text."""

    def __init__(self, words: Mapping[str, _Word]) -> None:
        self._said = {key: word.said for key, word in words.items()}
        self._stems = [
            (re.compile(key.replace("*", r"(\w*)")), said) for key, said in self._said.items() if "*" in key
        ]
        longest_first = sorted(words.values(), key=lambda word: len(word.written), reverse=True)
        pattern = "|".join(_pattern(word.written) for word in longest_first) or r"(?!)"
        self._first_words = {first for word in words.values() for first in _first_words(word.written)}
        stems = (_pattern(word.written) for word in words.values() if "*" in word.written)
        self._any_stem = re.compile("|".join(stems) or r"(?!)", re.IGNORECASE)
        self._any = re.compile(rf"{_PHONEMES}|{pattern}", re.IGNORECASE)

    def said(self, written: str) -> str:
        """What is said for words that `pattern` found."""
        key = _key(written)
        if key in self._said:
            return self._said[key]
        for stem, said in self._stems:
            if match := stem.fullmatch(key):
                return said.replace("*", match[1])
        said = self._said.get(key.removesuffix("s"), written)
        if said[-1].isalpha() and said != written:
            said += "es" if said.endswith(("s", "sj", "z")) else "s"
        return said

    def everywhere(self, text: str) -> str:
        """A text that was read, respelled."""
        if not self._may_be_in(text):
            return text
        return self._any.sub(lambda match: match[0] if match[0].startswith("[[") else self.said(match[0]), text)

    def _may_be_in(self, text: str) -> bool:
        """Whether a word of these is perhaps in it; quick, and never wrong where it says no."""
        words = _LETTERS.findall(text.casefold())
        return not self._first_words.isdisjoint(words) or bool(self._any_stem.search(text))


class Lexicon:
    """The lexicons of all languages, each read when it is first wanted.

    `number_word` gives the word for a whole number below a million; `own_folder` is where a person's own lie;
    `engines` are those that a person's own may have a table for, `None`: any.
    """

    def __init__(
        self, number_word: NumberWord, own_folder: Path | None = None, engines: Collection[str] | None = None
    ) -> None:
        self._number_word, self._own_folder, self._engines = number_word, own_folder, engines
        self._tables: dict[Language, _Table] = {}
        self._engine_words: dict[tuple[Language, str], tuple[Reader, _Respelling]] = {}

    def read(self, text: str, language: Language) -> Reading:
        """The words for `text`, and what nobody can know, whoever speaks it."""
        return self._of_engine(language, "")[0].read(text)

    def spoken(self, text: str, language: Language, engine: str) -> str:
        """What `engine` gets for `text`. Raises `SettingsError` if a person's own lexicon has errors."""
        reader, words = self._of_engine(language, engine)
        return words.everywhere(reader.read(unicodedata.normalize("NFC", text)).text)

    def all_spoken(self, texts: Iterable[str], language: Language, engine: str) -> list[str]:
        """`spoken`, of each."""
        return [self.spoken(text, language, engine) for text in texts]

    def _of_engine(self, language: Language, engine: str) -> tuple[Reader, _Respelling]:
        """What reads the texts for an engine, and what respells the words. What is written with digits or signs is
        the reader's, which would take it apart."""
        if (language, engine) not in self._engine_words:
            table = self._table(language)
            words = {**table.words, **table.engines.get(engine, {})}
            odd = {word.written: word.said for word in words.values() if not _LETTERS_ONLY.fullmatch(word.written)}
            names = tuple(word.written for word in words.values() if " " in word.written)
            tables = replace(table.tables, words={**table.tables.words, **odd}, names=names)
            self._engine_words[language, engine] = Reader(tables), _Respelling(words)
        return self._engine_words[language, engine]

    def _table(self, language: Language) -> _Table:
        if language not in self._tables:
            self._tables[language] = self._read(language)
        return self._tables[language]

    def _read(self, language: Language) -> _Table:
        path = FOLDER / f"{language}.lexicon.toml"
        if not path.exists():
            raise LanguageError(language, lacking(language))
        shipped = read_toml(path)
        short, units = _words(shipped, shipped.data), _units(shipped)
        engines = {engine: _words(file, file.data) for engine, file in _of_engines(language)}
        words: dict[str, _Word] = {}
        mine = self._own_folder / f"lexicon-{language}.toml" if self._own_folder else None
        if mine and os.path.lexists(mine):  # unlike `exists`, quiet about a folder that may not be read
            own = read_toml(mine)
            self._check_tables(own)
            words = _words(own, own.data)
            for table in engines.values():  # a person's words win, also over an engine's
                for word in words:
                    table.pop(word, None)
            units |= _units(own)
            for key, value in own.data.items():
                if isinstance(value, dict) and key != "units":
                    engines.setdefault(key, {}).update(_words(own, value, key))
            own.raise_problems()
            short |= {key: word for key, word in words.items() if key in short}
        data = Wording(language, reading_of(language))
        said = {word.written: word.said for word in short.values()}
        tables = Tables(language=language, number_word=self._number_word, units=units, words=said, data=data)
        return _Table(words=words, engines=engines, tables=tables)

    def _check_tables(self, file: TomlFile) -> None:
        if self._engines is not None:
            tables = {key: 0 for key, value in file.data.items() if isinstance(value, dict)}
            file.check_keys(tables, ("units", *self._engines))


def _of_engines(language: Language) -> Iterator[tuple[str, TomlFile]]:
    """The shipped tables that belong to one engine, by its name."""
    for path in sorted(FOLDER.glob(f"{language}.lexicon.*.toml")):
        yield path.name.split(".")[2], read_toml(path)


def _words(file: TomlFile, table: Mapping[str, Any], *above: str) -> dict[str, _Word]:
    words = {}
    for word, said in table.items():
        if isinstance(said, dict) and not above:
            continue
        if not isinstance(said, str) or not said.strip() or not word.strip(" *"):
            hint = f'Write "{word}" = "how it is said".'
            file.problem("wrong-type", f"what is said for “{word}” is no text", *above, word, hint=hint)
            continue
        words[_key(word)] = _Word(_folded(word), said)
    return words


def _units(file: TomlFile) -> dict[str, tuple[str, str]]:
    units = {}
    for unit, forms in file.table("units").items():
        if isinstance(forms, list) and len(forms) == 2 and all(isinstance(form, str) and form for form in forms):
            units[_folded(unit)] = (forms[0], forms[1])
        else:
            hint = f'Write {unit} = ["one of it", "several"].'
            file.problem("wrong-type", f"the unit “{unit}” needs two texts", "units", unit, hint=hint)
    return units


def _folded(word: str) -> str:
    """Equal for what a person means as the same word: capitals, composed letters, hyphens and spaces."""
    folded = unicodedata.normalize("NFC", word).casefold().replace("’", "'")
    return re.sub(r"[\s\-‐‑]+", " ", folded).strip()


def _key(word: str) -> str:
    """The word in one piece: “cat cow”, “Cat-Cow” and “cat/cow” are the same."""
    return re.sub(rf"(?<=\w){_GAP}+(?=\w)", "", _folded(word))


def _pattern(written: str) -> str:
    """The whole word, and no part of a longer one; an edge that is no letter may touch anything."""
    parts = written.split(" ")
    body = f"{_GAP}*".join(re.escape(part).replace("'", "['’]").replace(r"\*", r"\w*") for part in parts)
    plural = "s?" if (written.isalpha() and len(written) >= _SHORTEST_PLURAL) or len(parts) > 1 else ""
    before = r"(?<!\w)" if _is_letter(written[0]) else ""
    return before + body + (plural + r"(?!\w)" if _is_letter(written[-1]) else "")


def _first_words(written: str) -> Iterator[str]:
    """What a text that has the word has among its words, if the word is no stem."""
    if "*" in written or not written[0].isalpha():
        return
    parts = written.split(" ")
    for count in range(1, len(parts) + 1):
        first = _LETTERS.findall("".join(parts[:count]))[0]
        yield from (first, first + "s")


def _is_letter(character: str) -> bool:
    """Also a digit, but no “½”; and the sign for any letters."""
    return character.isalpha() or character.isdecimal() or character == "*"
