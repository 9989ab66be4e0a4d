"""How a text is to be said: words respelled for the ear, digits and units as words. The text shown never changes.

The shipped tables lie beside this: `da.lexicon.toml` holds what is written short in a language, for every engine,
`da.lexicon.pyttsx3.toml` what one engine would read wrongly. A person's own `lexicon-da.toml` lies in the
configuration folder and wins; under the name of an engine, such as `[pyttsx3]`, stands what one alone understands.
`[units]` has what is said after a number. Words made from digits are respelled as well.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from voicecoach.errors import LanguageError
from voicecoach.language.numerals import NumberWord, Numerals, ends_sentence
from voicecoach.language.wording import FOLDER, Wording, lacking
from voicecoach.model import Language
from voicecoach.settings import read_toml

if TYPE_CHECKING:
    from voicecoach.settings import TomlFile

_UNSAID = (
    "\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\ufe0f\u200d\ue000-\uf8ff\ud800-\udfff"
)
"""What no voice should name, for a regular expression: emoji, arrows and boxes, and what is no character."""

_GAP = r"[\s\-‐‑/&]"
"""What may part the words of a key, or be missing: “Bird Dog”, “bird-dog”, “Birddog”, “cat/cow”, “Cat & Cow”."""
_SHORTEST_PLURAL = 4
"""Letters of a word that is also known with an s at its end: “reps” is no plural of an abbreviation."""
_LETTERS = re.compile(r"[^\W\d_]+")
_UNUSUAL = re.compile(r"""[^\sa-zæøåéäöü.,!?;:()'’“”"«»…–-]|\s\s""", re.IGNORECASE)
"""What a text may have in it besides ordinary words and their punctuation."""


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
    numerals: Numerals


class _Respelling:
    """The words of one language and engine, ready to be found in a text."""

    def __init__(self, words: Mapping[str, _Word]) -> None:
        self._said = {key: word.said for key, word in words.items()}
        self._stems = [
            (re.compile(key.replace("*", r"(\w*)")), said) for key, said in self._said.items() if "*" in key
        ]
        longest_first = sorted(words.values(), key=lambda word: len(word.written), reverse=True)
        self.pattern = "|".join(_pattern(word.written) for word in longest_first) or r"(?!)"
        self._first_words = {first for word in words.values() for first in _first_words(word.written)}
        stems = (_pattern(word.written) for word in words.values() if "*" in word.written)
        self._any_stem = re.compile("|".join(stems) or r"(?!)", re.IGNORECASE)
        self._any = re.compile(self.pattern, re.IGNORECASE)

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
        """A text that has nothing but words, respelled."""
        return self._any.sub(lambda match: self.said(match[0]), text)

    def may_be_in(self, text: str) -> bool:
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
        self._respellings: dict[tuple[Language, str], tuple[re.Pattern[str], _Respelling]] = {}

    def spoken(self, text: str, language: Language, engine: str) -> str:
        """What `engine` gets for `text`. Raises `SettingsError` if a person's own lexicon has errors."""
        text = unicodedata.normalize("NFC", text).strip()
        whole, words = self._respelling(language, engine)
        if _is_plain(text, words):
            return text
        numerals = self._table(language).numerals

        def replaced(match: re.Match[str]) -> str:
            if match["word"] is not None:
                said = words.said(match["word"]) + _kept_stop(match)
            elif match["number"] is not None:
                said = words.everywhere(numerals.spoken(match))
            else:
                return "[ " if match["bracket"] else " "  # two brackets are an engine's sign for phonemes
            return _apart(match, said)

        return re.sub(r"[ \t]{2,}", " ", whole.sub(replaced, text)).strip()

    def _respelling(self, language: Language, engine: str) -> tuple[re.Pattern[str], _Respelling]:
        """What finds the words, numbers and signs of a text, and what is said for the words."""
        if (language, engine) not in self._respellings:
            table = self._table(language)
            words = _Respelling({**table.words, **table.engines.get(engine, {})})
            whole = rf"(?P<word>{words.pattern})|{table.numerals.pattern}|(?P<bracket>\[(?=\[))|[{_UNSAID}]"
            self._respellings[language, engine] = re.compile(whole, re.IGNORECASE), words
        return self._respellings[language, engine]

    def _table(self, language: Language) -> _Table:
        if language not in self._tables:
            self._tables[language] = self._read(language)
        return self._tables[language]

    def _read(self, language: Language) -> _Table:
        path = FOLDER / f"{language}.lexicon.toml"
        if not path.exists():
            raise LanguageError(language, lacking(language))
        files = [read_toml(path)]
        words: dict[str, _Word] = _words(files[0], files[0].data)
        engines = {engine: _words(file, file.data) for engine, file in _of_engines(language)}
        units = _units(files[0])
        own = self._own_folder / f"lexicon-{language}.toml" if self._own_folder else None
        if own and os.path.lexists(own):  # unlike `exists`, quiet about a folder that may not be read
            files.append(read_toml(own))
            self._check_tables(files[1])
            mine = _words(files[1], files[1].data)
            for table in engines.values():  # a person's words win, also over an engine's
                for word in mine:
                    table.pop(word, None)
            words |= mine
            units |= _units(files[1])
            for key, value in files[1].data.items():
                if isinstance(value, dict) and key != "units":
                    engines.setdefault(key, {}).update(_words(files[1], value, key))
            files[1].raise_problems()
        data = Wording(language, files[0].data)
        ordinals = {int(n): word for n, word in data["ordinals"].items()}
        numerals = Numerals(
            language=language, number_word=self._number_word, units=units, ordinals=ordinals, joining=data["numbers"]
        )
        return _Table(words=words, engines=engines, numerals=numerals)

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


def _is_plain(text: str, words: _Respelling) -> bool:
    """Whether there is certainly nothing to change, as in most texts: it takes a twentieth of the time."""
    return not _UNUSUAL.search(text) and not words.may_be_in(text)


def _kept_stop(match: re.Match[str]) -> str:
    """The full stop of an abbreviation ends the sentence too where a capital or nothing follows."""
    return "." if match[0].endswith(".") and ends_sentence(match) else ""


def _apart(match: re.Match[str], said: str) -> str:
    """`said`, kept apart from letters that the match touches: “10min” has two words."""
    text = match.string
    before = " " if match.start() and text[match.start() - 1].isalnum() else ""
    after = " " if match.end() < len(text) and text[match.end()].isalnum() else ""
    return before + said + after
