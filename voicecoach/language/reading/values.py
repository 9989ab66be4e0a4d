"""A number as it is written, with its unit: whole, with a fraction, a length of time, an ordinal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from voicecoach.language.reading.numbers import cardinal, decimal, ordinal, whole, year
from voicecoach.language.reading.page import Page
from voicecoach.language.reading.tables import DASHES, Tables

VULGAR = {sign: tuple(map(int, unicodedata.normalize("NFKD", sign).split("⁄"))) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑"}
_VALUE = re.compile(
    r"(?P<clock>\d{1,3}:[0-5]\d(?::[0-5]\d)?)(?![\d:])"
    rf"|(?P<whole>\d{{1,6}})?(?:(?<=\d)[ \u00a0])?(?P<vulgar>[{''.join(VULGAR)}])"
    r"|(?P<mixed>\d{1,3})[ \u00a0](?P<over>\d{1,2})[/⁄](?P<under>\d{1,2})(?![\d/⁄]|[.,]\d)"
    r"|(?P<n>\d{1,3})[ ]?[/⁄][ ]?(?P<d>\d{1,3})(?![\d/⁄]|[.,]\d)"
    r"|(?P<spaced>\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,3}(?:[.,]\d{1,3})?)(?![\d.,]*\d)"
    r"|(?P<number>\d+(?:[.,]\d+)*|(?<![\w.,])[.,]\d+)"
)


_TIMES_BEFORE = re.compile(r"\d ?[x×] ?$", re.IGNORECASE)
"""“3x10/10” is ten on each side."""


@dataclass(slots=True, kw_only=True)
class Value:
    """One number; `end` is where it ends, `unit_end` where its unit does."""

    words: str
    """Without a unit, as it is said alone."""
    end: int
    is_one: bool = False
    plain: str = ""
    """The digits, if it is a whole number and nothing else."""
    ordinal: bool = False
    whole: bool = False
    """Said with its unit already: a length of time, a score."""
    fraction: tuple[int, int, int] | None = None
    """“2½” is (2, 1, 2)."""
    minus: bool = False
    more: bool = False
    """“5+”"""
    unit: str = ""
    unit_end: int = 0
    hyphened: bool = False


def value(page: Page, at: int) -> Value | None:
    """The number that begins at a place, with its unit."""
    text, tables = page.text, page.tables
    minus = text[at] in "-−‐‑" and text[at + 1 : at + 2].isdecimal()
    at += minus
    found = _ordinal(page, at) or _span(page, at) or _number(page, at)
    if found is None:
        return None
    found.minus = minus
    if minus:
        found.words = f"{tables.joining('minus')} {found.words}"
    if not found.ordinal and not found.whole:
        _find_unit(page, found)
    found.unit_end = found.unit_end or found.end
    return found


def _find_unit(page: Page, found: Value) -> None:
    text, at = page.text, found.end
    if text[at : at + 1] == "+" and not re.match(r"\s?[\d+]", text[at + 1 : at + 3]):
        found.more, found.end, at = True, at + 1, at + 1
    if mark := {"″": 2, "′": 1}.get(text[at : at + 1]):
        found.unit, found.unit_end = page.tables.data["clock"]["minutes"][mark], at + 1
        if mark == 2 and _is_inches(page, found.unit_end):
            found.unit = page.tables.data["inches"]["unit"]
        return
    inches = page.tables.raw("inches.written").match(text, at)
    if inches and _is_inches(page, inches.end()):
        found.unit, found.unit_end = page.tables.data["inches"]["unit"], inches.end()
        return
    gap = 2 if text[at : at + 1] in ("-", "‑") else 1
    start = at + (text[at : at + 1] in (" ", "\u00a0", "\u202f", "\t", "-", "‑"))
    if unit := page.tables.unit_pattern.match(text, start):
        found.unit, found.unit_end = unit[0].casefold(), unit.end()
        found.hyphened = start > at and gap == 2
        if text[unit.end() : unit.end() + 1] == "." and _goes_on(text, unit):
            found.unit_end += 1


def _is_inches(page: Page, end: int) -> bool:
    """Whether what is measured so stands beside it: “a 12" step”, “box jumps (24")”."""
    tables = page.tables
    beside = re.compile(rf"[ -]?{tables.data['inches']['beside']}", re.IGNORECASE).match(page.text, end)
    before = re.compile(rf"{tables.data['inches']['behind']}[ (]{{1,2}}[\d.½¼¾{DASHES}/″ ]{{1,12}}$", re.IGNORECASE)
    return bool(beside or before.search(page.text, max(0, end - 40), end))


def _goes_on(text: str, unit: re.Match[str]) -> bool:
    """Whether the full stop is that of an abbreviation, and ends no sentence."""
    rest = text[unit.end() + 1 : unit.end() + 12].lstrip()
    return len(unit[0]) < 6 and bool(rest) and not rest[0].isupper()


def _ordinal(page: Page, at: int) -> Value | None:
    text, tables = page.text, page.tables
    digits = re.compile(r"\d{1,3}").match(text, at)
    if digits is None or (at and text[at - 1 : at] in ".,:"):
        return None
    sign = tables.raw("ordinals.sign").match(text, digits.end())
    if sign is None or (at and text[max(0, at - 1)] == "/" and text[max(0, at - 2) : at - 1].isdecimal()):
        return None
    if page.after(sign.end(), tables.pattern("ordinals.never-before")) and not _series_of_ordinals(text, sign.end()):
        return None
    said = ordinal(int(digits[0]), tables)
    if page.after(sign.end(), tables.pattern("one.neuter")):
        said = tables.data["ordinals"].get(f"{digits[0]}-neuter", said)
    return Value(words=said, end=sign.end(), ordinal=True)


def _series_of_ordinals(text: str, end: int) -> bool:
    return bool(re.match(rf"\s+{'[^0-9 ]'}{{1,6}}\s\d{{1,2}}\.", text[end : end + 16]))


def _span(page: Page, at: int) -> Value | None:
    """“1m30s”, “1:30”, “2'30\"”: how long."""
    if tall := _feet_and_inches(page, at):
        return tall
    found = page.tables.span_pattern.match(page.text, at)
    if not found:
        return None
    hours, minutes = found["h"], found["m"] or found["mm"] or found["m1"] or found["m2"]
    seconds = found["s"] or found["s1"] or found["s2"]
    return Value(words=lasting([hours, minutes, seconds], page.tables), end=found.end(), whole=True)


def _feet_and_inches(page: Page, at: int) -> Value | None:
    """“6 ft 2 in”, “6'2" tall”; but “4'10"” may be a pace."""
    tables = page.tables
    found = tables.raw("inches.feet-and-inches").match(page.text, at)
    if not found or (found["mark"] and not found["said"] and not page.ends_with(at, tables.before("inches.tall"))):
        return None
    feet, inches = (cardinal(int(n), tables) for n in (found[1], found[3]))
    said = tables.data["inches"]["said"].format(feet=feet, inches=inches)
    return Value(words=said, end=found.start("said") if found["said"] else found.end(), whole=True)


def lasting(counts: list[str | None], tables: Tables) -> str:
    """Hours, minutes and seconds, those that there are."""
    parts = []
    for unit, count in zip(tables.data["clock"]["minutes"], counts, strict=True):
        if count and int(count):
            one, many = tables.units[unit]
            parts.append(one if int(count) == 1 else f"{cardinal(int(count), tables)} {many}")
    joint = f" {tables.joining('and')} "
    said = joint.join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""
    return said or f"{cardinal(0, tables)} {tables.units[tables.data['clock']['minutes'][-1]][1]}"


def _number(page: Page, at: int) -> Value | None:
    text, tables = page.text, page.tables
    found = _VALUE.match(text, at)
    if found is None:
        return None
    if found["clock"]:
        return _clock(page, found)
    if found["vulgar"]:
        over, under = VULGAR[found["vulgar"]]
        return _mixed(found["whole"] or "", over, under, found.end(), tables)
    if found["mixed"]:
        over, under = int(found["over"]), int(found["under"])
        if 0 < over < under and _is_known(under, tables):
            return _mixed(found["mixed"], over, under, found.end(), tables)
        found = re.compile(r"(?P<spaced>(?!))|(?P<n>(?!))|(?P<number>\d+)").match(text, at)
        assert found
    if found["n"]:
        return _slashed(page, found)
    digits = found["number"] or _with_marks(found["spaced"], tables)
    if _is_year(page, at, digits, found.end()):
        return Value(words=year(int(digits), tables), end=found.end())
    is_whole = digits.isdecimal()
    return Value(
        words=decimal(digits, tables), end=found.end(), is_one=digits == "1", plain=digits if is_whole else ""
    )


def _with_marks(spaced: str, tables: Tables) -> str:
    """“10 000,5” with the marks of thousands that the language has."""
    mark = tables.joining("decimal-mark")
    whole_part, _, rest = spaced.replace(",", ".").partition(".")
    grouped = re.sub(r"[ \u00a0\u202f]", "." if mark == "," else ",", whole_part)
    return grouped + (mark + rest if rest else "")


def _clock(page: Page, found: re.Match[str]) -> Value:
    """“1:30” is a length of time, as in the routines; minutes and seconds, unless it says hours."""
    counts: list[str | None] = list(found["clock"].split(":"))
    after = re.compile(r"[ \u00a0]?(?P<unit>\w+)(?!\w)").match(page.text, found.end())
    unit = after["unit"].casefold() if after else ""
    if len(counts) == 2:
        counts = [*counts, None] if unit in page.tables.dimensions("hours") else [None, *counts]
    own = unit in (*page.tables.dimensions("hours"), *page.tables.dimensions("minutes")) and unit != "m"
    end = after.end() if after and own else found.end()
    return Value(words=lasting(counts, page.tables), end=end, whole=True)


def _is_known(under: int, tables: Tables) -> bool:
    return under == 2 or str(under) in tables.data["fractions"]["parts"]


def _mixed(whole_part: str, over: int, under: int, end: int, tables: Tables) -> Value:
    count = int(whole_part or 0)
    said = fraction_said((count, over, under), None, "", tables)
    return Value(words=said, end=end, fraction=(count, over, under))


def fraction_said(fraction: tuple[int, int, int], forms: tuple[str, str] | None, gender: str, tables: Tables) -> str:
    """A number with a fraction, alone (of `gender`) or with its unit."""
    data, (count, over, under) = tables.data["fractions"], fraction
    article, _, one = forms[0].partition(" ") if forms else (gender, "", "")
    many, n = forms[1] if forms else "", cardinal(count, tables)
    if (over, under) == (1, 2):
        key = "half" if count == 0 else "one-and-half" if count == 1 else "and-half"
        templates = data[f"{key}-unit" if forms else key]
        said = templates.get(article) or next(iter(templates.values()))
        return re.sub(data["an"], "an ", said.format(n=n, one=one, many=many))
    named = data.get(f"{over}-{under}") or _part(over, under, tables)
    if count and forms:
        return str(data["units"]).format(n=n, fraction=named, one=one, many=many)
    if forms:
        return str(data["unit"]).format(fraction=named, one=one, many=many)
    return str(data["plain"]).format(n=n, fraction=named) if count else named


def _part(over: int, under: int, tables: Tables) -> str:
    one, many = tables.data["fractions"]["parts"][str(under)]
    if over == 1:
        return f"{tables.data['fractions']['one-of-it']} {one}"
    return f"{cardinal(over, tables)} {many}"


def _slashed(page: Page, found: re.Match[str]) -> Value:
    """“2/3”: a part, a score, one of several, a pressure, or two numbers."""
    tables, n, d = page.tables, found["n"], found["d"]
    over, under, end = int(n), int(d), found.end()
    words = [whole(n, tables), whole(d, tables)]
    if page.ends_with(found.start(), tables.before("fractions.counted")) and 0 < over <= under:
        words[0] = tables.said("one", "before") if over == 1 else words[0]
        return Value(words=f"{words[0]} {tables.joining('part-of')} {words[1]}", end=end, whole=True)
    scored = re.search(tables.raw("fractions.scores"), page.text[max(0, found.start() - 24) : found.start()])
    a_side = _TIMES_BEFORE.search(page.text, max(0, found.start() - 3), found.start())
    if 0 <= over <= under and not a_side and (under in (10, 100) or scored):
        return Value(words=f"{words[0]} {tables.joining('out-of')} {words[1]}", end=end, whole=True)
    if 0 < over < under and _is_known(under, tables):
        return _mixed("", over, under, end, tables)
    if 70 <= over <= 250 and 40 <= under <= 140 and over > under:
        return Value(words=f"{words[0]} {tables.joining('over')} {words[1]}", end=end)
    return Value(words=(" " if over == under else ", ").join(words), end=end)


def _is_year(page: Page, at: int, digits: str, end: int) -> bool:
    if not (len(digits) == 4 and digits.isdecimal() and 1900 <= int(digits) <= 2099):
        return False
    if page.tables.unit_pattern.match(page.text, end + (page.text[end : end + 1] == " ")):
        return False
    told = page.ends_with(at, page.tables.before("years.before")) or page.text[at - 1 : at] in "(©"
    after = re.compile(r"[ ](\w+)").match(page.text, end)
    noun = after and page.tables.pattern("years.counted").fullmatch(after[1])
    counted = noun and not page.tables.pattern("words.not-a-noun").fullmatch(noun[0])
    return bool(told and at and not counted)
