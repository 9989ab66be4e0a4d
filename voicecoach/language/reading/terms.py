"""Words that are written short, and those with digits and signs of their own: “f.eks.”, “L5/S1”, “Kriger II”."""

from __future__ import annotations

import re
import unicodedata

from voicecoach.language.reading.numbers import cardinal, ordinal
from voicecoach.language.reading.page import Page
from voicecoach.language.reading.tables import DASHES
from voicecoach.language.reading.values import value

Said = tuple[str, int]
_NUMERALS = r"\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u218f\u2460-\u249b\u2776-\u2793"
"""Those that Python's expressions take for letters."""
_WORD = re.compile(rf"[^\W\d_{_NUMERALS}](?:[^\W\d_{_NUMERALS}]|[\u0300-\u036f]|['’](?=[^\W\d_]))*")
_LEVEL = re.compile(rf"(?:[CTLS]\d{{1,2}})(?:[{DASHES}/ ]{{1,3}}[CTLS]\d{{1,2}}|[{DASHES}/][CTLS]?\d{{1,2}})*(?!\w)")
_ROMAN = re.compile(rf"(?P<one>[IVX]{{1,5}})(?:(?P<joint> ?[{DASHES}/] ?)(?P<two>[IVX]{{1,5}}))?(?!\w|['’]\w)")
_INITIALS = re.compile(r"(?:[A-ZÆØÅ]\.[ -]?){1,4}(?=[A-ZÆØÅ][a-zæøå])|(?:[A-ZÆØÅ]\.){2,5}(?!\w)")
_MULTIPLIED = re.compile(r"[x×✕][ ]?(?=[\d½])", re.IGNORECASE)


def term(page: Page, at: int) -> Said | None:
    """What is known of the word that begins here."""
    if page.text[at].isalpha() and (of_one := _unit_after_per(page, at)):
        return of_one
    if page.text[at] in page.tables.starts and (known := _known(page, at)):
        return known
    if not page.text[at].isalpha():
        return _multiplied(page, at)
    return _level(page, at) or _roman(page, at) or _initials(page, at) or _multiplied(page, at)


def word(page: Page, at: int) -> Said | None:
    """A word as it is written; told if it is of another script."""
    found = _WORD.match(page.text, at)
    if found is None:
        return None
    if not found[0].isascii() and any(_is_foreign(letter) for letter in found[0]):
        page.told.append(found[0])
    return found[0], found.end()


def _is_foreign(letter: str) -> bool:
    return letter > "ɏ" and letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN")


def _known(page: Page, at: int) -> Said | None:
    tables = page.tables
    for short, said in tables.followed:
        if found := short.match(page.text, at):
            return said, found.end()
    if found := tables.days_pattern.match(page.text, at):
        return _days(found[0], page) + _stop(page.text, found), found.end()
    if (found := tables.short_month_pattern.match(page.text, at)) and found[0].casefold() != "may":
        return tables.month(found[0]) + _stop(page.text, found), found.end()
    if found := tables.numbered_pattern.match(page.text, at):
        return tables.data["words"]["before-number"][found[0].casefold()], found.end()
    if page.text[max(0, at - 1) : at] != "/" and (found := tables.slash_pattern.match(page.text, at)):
        return tables.data["words"]["known-slash"][found[0].casefold()], found.end()
    if found := tables.name_pattern.match(page.text, at):
        return re.sub(r"\s?[/&+]\s?", " ", found[0]), found.end()
    if found := tables.short_pattern.match(page.text, at):
        said = tables.words[found[0].casefold()]
        last = found[0].endswith(".") and not tables.pattern("words.never-last").match(found[0])
        return said + ("." if last and ends_sentence(page.text, found.end()) else ""), found.end()
    for bare in tables.data["words"]["bare-units"]:
        if page.text[at : at + len(bare)].casefold() == bare and not page.text[at + len(bare) :][:1].isalnum():
            many = tables.units[bare.rstrip(".")][1]
            end = at + len(bare)
            return many + ("." if bare.endswith(".") and ends_sentence(page.text, end) else ""), end
    return None


def _stop(text: str, found: re.Match[str]) -> str:
    """The full stop of what is written short, where it is one of the sentence too."""
    return "." if found[0].endswith(".") and ends_sentence(text, found.end()) else ""


def _days(written: str, page: Page) -> str:
    """“Mon/Wed/Fri”, “man-fre”: the days in full, and between them a range or a list."""
    tables = page.tables
    parts = re.split(rf"( ?[{DASHES}/&+] ?|,? (?:{tables.joining('and')}) |, )", written.rstrip(":"))
    named = [tables.day(part) if index % 2 == 0 else part for index, part in enumerate(parts)]
    for index in range(1, len(named), 2):
        joint = named[index].strip()
        known = f" {tables.joining('range' if joint in DASHES else 'and')} "
        named[index] = named[index] if joint[-1:].isalpha() else ", " if joint in ("/", ",") else known
    return "".join(named) + ("," if written.endswith(":") else "")


def ends_sentence(text: str, end: int) -> bool:
    """Whether a capital or nothing follows, so that a full stop of an abbreviation is one of the sentence too."""
    rest = text[end : end + 40].lstrip()
    return not rest or rest[0].isupper()


def _unit_after_per(page: Page, at: int) -> Said | None:
    """“pr. min”, “hvert 5. min”: one of it."""
    tables = page.tables
    found = tables.unit_pattern.match(page.text, at)
    if not found or len(found[0]) < 2 or not found[0].isalpha():
        return None
    if not page.ends_with(at, tables.before("words.per-before")) and not _after_ordinal(page, at):
        return None
    if found[0].casefold() == tables.units[found[0].casefold()][1]:
        return None
    end = found.end()
    end += page.text[end : end + 1] == "." and not ends_sentence(page.text, end + 1)
    return tables.units[found[0].casefold()][0].partition(" ")[2], end


def _after_ordinal(page: Page, at: int) -> bool:
    return bool(re.search(r"\d(?:\.|st|nd|rd|th)[ ]$", page.text[max(0, at - 6) : at]))


def _level(page: Page, at: int) -> Said | None:
    """Vertebrae and discs: “L5/S1”, “L4-L5”."""
    found = _LEVEL.match(page.text, at)
    if found is None:
        return None
    parts = re.findall(r"([CTLS]?)(\d+)", found[0])
    one_said = page.tables.said("one", "before")
    words = [f"{letter} {one_said if n == '1' else cardinal(int(n), page.tables)}".strip() for letter, n in parts]
    (one, low), (other, high) = parts[0], parts[-1]
    apart = len(parts) == 2 and other in (one, "") and int(high) - int(low) > 1 and "/" not in found[0]
    return (f" {page.tables.joining('range')} " if apart else " ").join(words), found.end()


def _roman(page: Page, at: int) -> Said | None:
    tables = page.tables
    found = _ROMAN.match(page.text, at)
    before = re.search(r"([^\W\d_]+)[ \u00a0-]$", page.text[max(0, at - 24) : at])
    if not found or not before or _roman_value(before[1]):
        return None
    numbers = [_roman_value(numeral) for numeral in (found["one"], found["two"]) if numeral]
    if not all(numbers):
        return None
    name = before[1]
    if tables.pattern("words.roman-kings").fullmatch(name) and len(numbers) == 1:
        said = tables.said("words", "king").format(name="", n=ordinal(numbers[0], tables))
        return said.strip(), found.end()
    known = tables.pattern("words.roman-before").fullmatch(name)
    if not known and (
        (len(found["one"]) < 2 and not found["two"]) or not name[0].isupper() or (name.isupper() and len(name) > 1)
    ):
        return None
    joint = f" {tables.joining('range')} " if (found["joint"] or "").strip(" /") else " "
    if found["joint"] and "/" in found["joint"]:
        joint = f" {tables.joining('or')} "
    gendered = [tables.said("one", "before") if n == 1 else cardinal(n, tables) for n in numbers]
    return joint.join(gendered), found.end()


def _roman_value(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}.get(letter, 0) for letter in numeral]
    total = sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    return total if _as_roman(total) == numeral else 0


def _as_roman(n: int) -> str:
    said = ""
    for size, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        said, n = said + sign * (n // size), n % size
    return said


def _initials(page: Page, at: int) -> Said | None:
    """“J. Smith”, “B.K.S. Iyengar”; but “vitamin D. Drik vand.” ends a sentence."""
    found = _INITIALS.match(page.text, at)
    if not found or page.ends_with(at, page.tables.before("words.letters-before")):
        return None
    letters = re.findall(r"[^\W\d_]", found[0])
    if len(letters) == 1 and (at == 0 or not re.search(r"[^\W\d_](?<!\.)[ ]$|^$", page.text[max(0, at - 3) : at])):
        return (letters[0] + " ", found.end()) if at == 0 else None
    ended = (
        not found[0].endswith((" ", "-"))
        and ends_sentence(page.text, found.end())
        and not page.text[found.end() : found.end() + 1].isalpha()
    )
    return " ".join(letters) + ("." if ended else " " if found[0].endswith((" ", "-")) else ""), found.end()


def _multiplied(page: Page, at: int) -> Said | None:
    """The x of “3 sæt x 10” and of “squat x 10”."""
    tables = page.tables
    found = _MULTIPLIED.match(page.text, at)
    if found is None:
        return None
    number = value(page, found.end())
    if number is None:
        return None
    if page.ends_with(at, tables.before("words.sets")):
        return tables.joining("of"), found.end() - (page.text[found.end() - 1] == " ")
    before = page.text[max(0, at - 2) : at].rstrip()
    comma = "," if before and (before[-1].isalnum()) else ""
    counted = page.after(number.end, tables.pattern("words.counted"))
    if number.unit or number.whole or counted:
        return comma, found.end() - (page.text[found.end() - 1] == " ")
    many = tables.joining("times")
    if before.endswith(")") and not number.plain:
        return f"{many} ", found.end() - (page.text[found.end() - 1] == " ")
    said = tables.joining("once") if number.is_one else f"{number.words} {many}"
    return f"{comma} {said}".strip() if not comma else f"{comma} {said}", number.end
