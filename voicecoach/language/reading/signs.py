"""Signs: said, or a pause, or nothing; and told where nobody can know."""

from __future__ import annotations

import re
import unicodedata

from voicecoach.language.reading.page import NEAR, Page
from voicecoach.language.reading.series import per
from voicecoach.language.reading.tables import DASHES
from voicecoach.language.reading.values import value

Said = tuple[str, int]
KEPT = ".,;:!?()…\"'’‘“”„«»‹›¿¡[]"
"""What a voice takes for a pause or leaves alone."""
_PAUSE = ","
_DROPPED = "*_#`~{}|•·▪●○■□◦‣†‡©®™°ºª´¨"
_SILENT = ("So", "Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp")
_RUN = re.compile(r"([-=*_~#+•.·|–—])\1{2,}")
_NUMBER_BEFORE = re.compile(r"(?P<equals>= ?\(?)?(?<![\d.,])\d{1,4} ?$")
_MONEY = re.compile(r"[$€£][ ]?(?=\d)")
_HASH = re.compile(r"#[ ]?(?=\d)|#(?=[^\W\d_])")


def sign(page: Page, at: int) -> Said | None:
    """What is said for the sign at a place; an empty text where it is left out."""
    text = page.text
    if run := _RUN.match(text, at):
        return ("…" if run[1] == "." else _PAUSE), run.end()
    character = text[at]
    if character in KEPT:
        return _bracket(page, at) or (character, at + 1)
    if character in DASHES:
        return _dash(page, at), at + 1
    if character == "/":
        return _slash(page, at)
    return _money(page, at) or _named(page, at) or _other(page, at)


def _bracket(page: Page, at: int) -> Said | None:
    """Two brackets are an engine's sign for phonemes."""
    return ("[ ", at + 1) if page.text[at : at + 2] == "[[" else None


def _dash(page: Page, at: int) -> str:
    before, after = page.text[max(0, at - 1) : at], page.text[at + 1 : at + 2]
    if _is_minus(page, at):
        return f" {page.tables.joining('minus')} "
    hyphen = page.text[at] in "-‐‑"
    if before.isalpha() and after.isalpha():
        if page.ends_with(at, page.tables.before("words.days")) and page.after(
            at + 1, page.tables.pattern("words.days")
        ):
            return f" {page.tables.joining('range')} "
        return "-" if hyphen else ", "
    if (before.isalpha() and after.isdecimal()) or (before.isalpha() and hyphen):
        return " " if after.strip() else ""
    if before.isdecimal() and after.isalpha():
        return "-"
    if hyphen and (before == "" or before.isspace()) and after.isalpha():
        return ""
    return "–" if before.isspace() and after.isspace() and page.text[:at].strip() else ""


def _is_minus(page: Page, at: int) -> bool:
    """“220 − age”, “= 220 - alder”: a number less something."""
    before = _NUMBER_BEFORE.search(page.text, max(0, at - NEAR), at)
    after = re.compile(r" ?(?=[^\W\d_])").match(page.text, at + 1)
    if not before or not after:
        return False
    named = re.search(r"[^\W\d_] $", page.text[max(0, before.start() - 2) : before.start()])
    told = (page.text[at] == "−" and not named) or before["equals"]
    return bool(told or page.tables.pattern("words.taken-off").match(page.text, after.end()))


def _slash(page: Page, at: int) -> Said:
    """“og/eller”, “reps/side”, “stol/bænk”."""
    tables, text = page.tables, page.text
    before = re.search(r"([^\W\d_]+\.?) ?$", text[max(0, at - 24) : at])
    after = re.compile(r" ?([^\W\d_]+)").match(text, at + 1)
    if not before or not after:
        return _PAUSE, at + 1
    left, right = before[1].casefold(), after[1]
    timed = any(right in tables.dimensions(key) for key in ("hours", "minutes", "seconds"))
    if (timed or tables.pattern("words.counted").fullmatch(left) or left in tables.units) and tables.pattern(
        "words.per-after"
    ).match(text, at + 1):
        said, end = per(page, "", at)
        return said.strip() + " ", end
    return f" {tables.joining('or')} ", at + 1


def _money(page: Page, at: int) -> Said | None:
    found = _MONEY.match(page.text, at)
    amount = value(page, found.end()) if found else None
    if not amount or not found or amount.unit or amount.whole:
        return None
    forms = page.tables.units.get(found[0].strip())
    if not forms:
        return None
    return per(page, forms[0] if amount.is_one else f"{amount.words} {forms[1]}", amount.end)


def _named(page: Page, at: int) -> Said | None:
    tables, text = page.tables, page.text
    character = text[at]
    if found := _HASH.match(text, at):
        digit = text[found.end()].isdecimal()
        return (tables.joining("number") if digit else tables.sign("hashtag")) + " ", found.end()
    if character == "@" and re.compile(r"@[^\W\d_]{2}").match(text, at):
        return tables.sign("at-address") + " ", at + 1
    if character in "áà" or character not in tables.data["signs"]:
        return None
    return f" {tables.sign(character)} ", at + 1


def _other(page: Page, at: int) -> Said:
    character = page.text[at]
    if character in _DROPPED:
        return (_PAUSE if character in "|•·▪●" and page.text[:at].strip() else " "), at + 1
    if character.isspace() or _is_silent(character):
        return " ", at + 1
    page.told.append(character)
    return character, at + 1


def _is_silent(character: str) -> bool:
    """Emoji and the colours of their skin, boxes, and what is no character."""
    return unicodedata.category(character) in _SILENT or "\U0001f3fb" <= character <= "\U0001f3ff"
