"""Whole numbers, decimals, ordinals, years: as words."""

from __future__ import annotations

import re

from voicecoach.language.reading.tables import Tables

_MAX_DIGITS = 6
"""A longer number is a code, and is said digit by digit."""
_MOST_DIGITS = 9
"""Of a number with marks of thousands."""
_MILLION = 1_000_000


def whole(digits: str, tables: Tables, most: int = _MAX_DIGITS) -> str:
    """A code or a telephone number, if it is long or begins with a nought, digit by digit."""
    if len(digits) > most or (len(digits) > 1 and digits.startswith("0")):
        return each_digit(digits, tables)
    return cardinal(int(digits), tables)


def cardinal(n: int, tables: Tables) -> str:
    if n < _MILLION:
        return tables.number_word(n, tables.language)
    millions, rest = divmod(n, _MILLION)
    word = tables.number_word(millions, tables.language)
    said = tables.joining("million") if millions == 1 else tables.joining("millions").format(n=word)
    return f"{said} {tables.number_word(rest, tables.language)}" if rest else said


def each_digit(digits: str, tables: Tables) -> str:
    words = {digit: tables.number_word(int(digit), tables.language) for digit in set(digits)}
    return " ".join(words[digit] for digit in digits)


def decimal(number: str, tables: Tables) -> str:
    """A number with any marks in it: those of thousands, or the one before a part of a whole."""
    mark = tables.joining("decimal-mark")
    thousands, most = "." if mark == "," else ",", _MAX_DIGITS
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(mark)}\d+)?", number):
        number = number.replace(thousands, "")
        most = _MOST_DIGITS
    parts = re.split(r"[.,]", number)
    if len(parts) == 1:
        return whole(number, tables, most)
    if len(parts) == 2:
        return f"{whole(parts[0] or '0', tables, most)} {tables.joining('decimal')} {each_digit(parts[1], tables)}"
    return ", ".join(whole(part, tables) for part in parts)


def ordinal(n: int, tables: Tables) -> str:
    words = tables.data["ordinals"]
    if str(n) in words:
        return str(words[str(n)])
    if n == 0 or n >= 100:
        rest, round_number = n % 100, cardinal(n - n % 100 if n % 100 else n, tables)
        if rest == 0:
            return str(words["round"]).format(n=round_number)
        return f"{round_number} {tables.joining('and')} {ordinal(rest, tables)}"
    ten, unit = n - n % 10, n % 10
    joined = tables.number_word(n, tables.language)
    last = ten if joined.endswith(tables.number_word(ten, tables.language)) else unit
    return joined.removesuffix(tables.number_word(last, tables.language)) + str(words[str(last)])


def year(n: int, tables: Tables) -> str:
    words = tables.data["years"]
    century, rest = divmod(n, 100)
    if n >= 2000 and (not words["from-2000"] or n < 2010):
        return cardinal(n, tables)
    head = cardinal(century, tables)
    if rest == 0:
        return str(words["hundreds"]).format(n=head)
    return str(words["oh" if rest < 10 else "joined"]).format(n=head, rest=cardinal(rest, tables))
