"""Numbers with all that belongs to them: “5-10 min”, “3 x 10 reps/side”, “1.-3. runde”, “30°-45°”."""

from __future__ import annotations

import re

from voicecoach.language.reading.page import Page
from voicecoach.language.reading.tables import DASHES
from voicecoach.language.reading.values import Value, fraction_said, value

_DASH = re.compile(rf"[ \u00a0]{{0,2}}[{DASHES}][ \u00a0]{{0,2}}(?=[{DASHES}]?[.,]?[\d½⅓⅔¼¾⅛])")
_RATIO = re.compile(r":(?=\d{1,2}(?![\d]))")
_TIMES = re.compile(r"[ \u00a0]?(?:[x×✕✖](?=\s?[\d(½]|\s|[/.,;:!?)\"-]|$|[A-ZÆØÅ])|\*(?=\s?\d))", re.IGNORECASE)
_JOINTS = f" \u00a0{DASHES}"
_PER = re.compile(r" ?/ ?")
_EQUALS = re.compile(r"\)? ?=")
_WORD_AFTER = re.compile(r"\w")
Said = tuple[str, int]


def numbers(page: Page, at: int) -> Said | None:
    """The words for the number at a place, and where it all ends."""
    first = _first(page, at)
    if first is None:
        return None
    found, joints = _series(page, first)
    said = _joined(page, at, found, joints)
    end = found[-1].unit_end
    two = "/" in page.text[at:end]
    if not found[-1].unit and not found[-1].whole and not two and (times := _TIMES.match(page.text, end)):
        one = len(found) == 1 and found[0].is_one
        said = page.tables.joining("once") if one else f"{said} {page.tables.joining('times')}"
        end = times.end()
    elif (
        found[-1].unit and page.text[end : end + 1] == "+" and not page.text[end + 1 : end + 3].strip()[:1].isdigit()
    ):
        said, end = f"{said} {page.tables.joining('or-more-of-it')}", end + 1
    return per(page, said, end)


def _first(page: Page, at: int) -> Value | None:
    text = page.text
    if text[at] in DASHES:
        before = text[at - 1 : at]
        if before and (before.isalnum() or before in ")]}%°" or before in DASHES):
            return None
        if not text[at + 1 : at + 2].isdecimal() or text[at] in "–—‒":
            return None
    return value(page, at)


def per(page: Page, said: str, end: int) -> Said:
    """“8/side” → “eight per side”."""
    while slash := _PER.match(page.text, end):
        tables = page.tables
        word = tables.pattern("words.per-after").match(page.text, slash.end())
        if word is None:
            break
        unit = tables.units.get(word[0].casefold())
        noun = unit[0].partition(" ")[2] if unit and word[0].casefold() not in ("side",) else word[0]
        said, end = f"{said} {tables.joining('per')} {noun}", word.end()
    return said, end


def _series(page: Page, first: Value) -> tuple[list[Value], list[str]]:
    """The numbers of a range or a list, and what stands between them."""
    found, joints = [first], list[str]()
    while joint := _joint(page, found[-1]):
        following = value(page, joint.end())
        if following is None or not _fits(page, found[-1], following, joint[0]):
            break
        found.append(following)
        joints.append(joint[0])
        if joint[0].strip()[-1:].isalpha():
            break
    return found, joints


def _joint(page: Page, last: Value) -> re.Match[str] | None:
    character = page.text[last.unit_end : last.unit_end + 1]
    if character == ":" and not (last.unit or last.whole or last.ordinal):
        return _RATIO.match(page.text, last.end)
    if character not in _JOINTS or not character:
        return None
    return _DASH.match(page.text, last.unit_end) or page.tables.joint_pattern.match(page.text, last.unit_end)


def _fits(page: Page, one: Value, other: Value, joint: str) -> bool:
    """Whether the two are one range: of the same kind, or the second has the unit of both."""
    if joint.strip()[-1:].isalpha():
        return not one.unit and bool(other.unit) and not one.whole and not other.whole and not one.ordinal
    if one.ordinal or other.ordinal:
        return one.ordinal and other.ordinal
    if joint == ":":
        return not other.unit and not other.whole
    if not one.unit:
        return True
    if not other.unit:
        return (" " not in joint and not other.whole) or other.whole
    kinds = page.tables.dimension
    same = page.tables.units[one.unit][1] == page.tables.units[other.unit][1]
    return same or (kinds.get(one.unit) is not None and kinds.get(one.unit) == kinds.get(other.unit))


def _joined(page: Page, at: int, found: list[Value], joints: list[str]) -> str:
    tables, last = page.tables, found[-1]
    if len(found) == 1:
        return _measured(page, at, last)
    shared = {each.unit for each in found if each.unit}
    if len(shared) == 1:
        unit = shared.pop()
        words = [_of_unit(page, each, unit) for each in found[:-1]]
        last.unit = unit
        words.append(_measured(page, at, last))
    else:
        words = [_measured(page, at, each) for each in found]
        if found[0].is_one and page.ends_with(at, tables.before("one.name")):
            words[0] = tables.said("one", "before")
    if len(found) > 2 and ":" not in joints:
        return ", ".join(words)
    if found[0].plain and found[0].plain == last.plain and not last.unit:
        return " ".join(words)
    word = tables.joining("range")
    if page.ends_with(at, tables.before("words.between")):
        word = tables.said("words", "between-and")
    if joints[0].strip()[-1:].isalpha():
        word = joints[0].strip()
    elif _is_difference(page, at, found):
        word = tables.joining("minus")
    elif _is_score(page, at, found):
        return " ".join(tables.said("one", "before") if each.is_one else each.words for each in found)
    return f" {word} ".join(words)


def _is_difference(page: Page, at: int, found: list[Value]) -> bool:
    """“220 - 40 = 180”."""
    one, other = found[0].plain, found[-1].plain
    if len(found) != 2 or not one or not other or int(one) <= int(other):
        return False
    return bool(_EQUALS.match(page.text, found[-1].unit_end) or page.text[max(0, at - 2) : at].strip(" (") == "=")


def _is_score(page: Page, at: int, found: list[Value]) -> bool:
    """“vandt 3-2”."""
    return all(each.plain and not each.unit for each in found) and page.ends_with(
        at, page.tables.before("numbers.scored")
    )


def _of_unit(page: Page, each: Value, unit: str) -> str:
    """A number whose unit is said later: “et til to minutter”."""
    article, _, _ = page.tables.units[unit][0].partition(" ")
    if each.fraction:
        return fraction_said(each.fraction, None, article, page.tables)
    return (
        each.words.removesuffix(page.tables.number_word(1, page.tables.language)) + article
        if each.is_one
        else each.words
    )


def _measured(page: Page, at: int, each: Value) -> str:
    """A number with its unit."""
    tables = page.tables
    if not each.unit:
        return _alone(page, at, each)
    one, many = tables.units[each.unit]
    noun = one.partition(" ")[2]
    minus = f"{tables.joining('minus')} " if each.minus else ""
    if each.fraction:
        return minus + fraction_said(each.fraction, (one, many), "", tables)
    if each.more:
        return f"{each.words} {tables.joining('or-more')} {many}"
    if _is_attributive(page, at, each):
        many = tables.joining("attributive").format(one=noun, many=many.removesuffix("s"))
        joint = "-" if each.hyphened and tables.joining("attributive").startswith("{one") else " "
        return f"{each.words}{joint}{many}"
    if each.is_one:
        return minus + one
    return f"{each.words} {many}"


def _is_attributive(page: Page, at: int, each: Value) -> bool:
    """“a 30 s hold” has a thirty second hold."""
    rest = page.text[each.unit_end : each.unit_end + 20]
    if each.hyphened:
        return True
    followed = re.match(r"[ -]([^\W\d_]+)", rest)
    if not followed or page.tables.pattern("words.not-a-noun").fullmatch(followed[1]):
        return False
    return not each.unit.startswith(("%", "°")) and page.ends_with(at, page.tables.before("words.article"))


def _alone(page: Page, at: int, each: Value) -> str:
    """A number without a unit; one is of the gender of what follows."""
    tables, end = page.tables, each.end
    neuter = page.after(end, tables.pattern("one.neuter"))
    if each.more:
        return f"{each.words} {tables.joining('or-more')}"
    if each.fraction:
        minus = f"{tables.joining('minus')} " if each.minus else ""
        if each.fraction == (0, 1, 2) and page.after(end, tables.raw("fractions.before")):
            return minus + tables.said("fractions", "half-before")
        article = tables.said("one", "before") if neuter else next(iter(tables.data["fractions"]["half"]))
        return minus + fraction_said(each.fraction, None, article, tables)
    if each.is_one and not each.minus:
        if page.after(end, tables.once_pattern):
            return tables.joining("once").split()[0]
        if neuter or (page.ends_with(at, tables.before("one.name")) and not page.after(end, _WORD_AFTER)):
            return tables.said("one", "before")
    return each.words
