"""Times of the day, dates, decades, telephone numbers: numbers that are no amounts."""

from __future__ import annotations

import re

from voicecoach.language.reading.numbers import cardinal, each_digit, ordinal, whole, year
from voicecoach.language.reading.page import Page
from voicecoach.language.reading.tables import DASHES, Tables

Said = tuple[str, int]
_TIME = re.compile(r"(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?(?![\d:]|[.,]\d)")
_RANGE = re.compile(rf"[ ]?[{DASHES}][ ]?(?=\d)")
_DATE = re.compile(r"(?P<a>\d{1,2})(?P<mark>[./])(?P<b>\d{1,2})(?:(?P=mark)|[- ])(?P<year>(?:19|20)\d\d)(?!\w)")
_SHORT_DATE = re.compile(r"(?P<a>\d{1,2})(?:/(?P<b>\d{1,2})(?![\d/])|\.(?P<c>\d{1,2})\.(?!\w))")
_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<b>0[1-9]|1[0-2])-(?P<a>0[1-9]|[12]\d|3[01])(?!\w)")
_DAY_AFTER_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>(?:19|20)\d\d)(?![\w:/%-]|[.,]\w)|(?![\w:/%-]|[.,]\w|[ ]?[^\W\d]))"
)
_YEAR_AFTER = re.compile(r",? ((?:19|20)\d\d)(?![\w:/%-]|[.,]\w)")
_AFTER_TEMPO = re.compile(r"[\dXx]{4}(?!\w)")


def time_of_day(page: Page, at: int) -> Said | None:
    """“kl. 7.30”, “at 8:05”, “7-8 am”; told from a length by what stands around it."""
    tables = page.tables
    first = _TIME.match(page.text, at)
    if first is None or not _is_time(first):
        return None
    half_day = tables.half_day_pattern
    times, halves = [first], [half_day.match(page.text, first.end())]
    joint = _RANGE.match(page.text, halves[0].end() if halves[0] else first.end())
    second = _TIME.match(page.text, joint.end()) if joint else None
    if second and _is_time(second):
        times.append(second)
        halves.append(half_day.match(page.text, second.end()))
    half, end = halves[-1], times[-1].end()
    if not half:
        told = page.ends_with(at, tables.before("clock.before"))
        if not (told and any(time["m"] for time in times)) or re.match(
            r" ?(?:/|min|km|kg|%)", page.text[end : end + 4]
        ):
            return None
    words = [_hour(time, tables, each, bool(half)) for time, each in zip(times, halves, strict=True)]
    said = f" {tables.joining('range')} ".join(words)
    if half:
        end = half.end() + (page.text[half.end() : half.end() + 1] == ".")
    return said, end


def _is_time(found: re.Match[str]) -> bool:
    return int(found["h"]) <= 24


def _hour(found: re.Match[str], tables: Tables, half: re.Match[str] | None, of_day: bool) -> str:
    said = _hour_said(found, tables, of_day)
    return f"{said} {tables.said('clock', 'am-said' if half[1] else 'pm-said')}" if half else said


def _hour_said(found: re.Match[str], tables: Tables, of_day: bool) -> str:
    hour, minute = int(found["h"]), int(found["m"] or 0)
    said = tables.said("one", "before") if hour == 1 else cardinal(hour, tables)
    if minute == 0:
        form = "{h}" if of_day else tables.said("clock", "late-hour" if hour > 12 or hour == 0 else "hour")
        return form.format(h=said)
    oh = f"{tables.said('clock', 'oh')} " if minute < 10 else ""
    last = tables.said("one", "before") if minute == 1 else cardinal(minute, tables)
    return f"{said} {oh}{last}"


def date(page: Page, at: int) -> Said | None:
    """A day of a year, where nobody can take its month for its day."""
    tables, order = page.tables, page.tables.said("years", "order")
    if named := _named_month(page, at):
        return named
    found = _ISO.match(page.text, at) or _DATE.match(page.text, at)
    if found is None:
        short = _SHORT_DATE.match(page.text, at)
        if not short or not page.ends_with(at, tables.before("years.day-month")):
            return None
        found = short
    day, month = int(found["a"]), int(found["b"] or found["c"])
    if "mark" in found.groupdict() and not order:
        if (day > 12) == (month > 12) and day != month:
            if page.text[found.start("mark")] == "/":
                page.told.append(found[0])
                return found[0], found.end()
            return None
        day, month = max(day, month), min(day, month)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    name = tables.data["years"]["months"][month - 1]
    spoken = year(int(found["year"]), tables) if "year" in found.groupdict() else ""
    said = tables.said("years", "date").format(day=ordinal(day, tables), month=name, year=spoken)
    return said.strip(" ,"), found.end()


def _named_month(page: Page, at: int) -> Said | None:
    """“May 3, 2024”, “3 May”, “5 Jan. 2024”."""
    tables, text = page.tables, page.text
    day = _DAY_AFTER_MONTH.match(text, at)
    if day and tables.said("years", "month-first") and 1 <= int(day[1]) <= 31:
        before = re.search(r"([A-Z][a-z]+)\.? $", text[max(0, at - 12) : at])
        if before and tables.month_pattern.fullmatch(before[1]):
            said, spoken = ordinal(int(day[1]), tables), day["year"]
            return (f"{said}, {year(int(spoken), tables)}" if spoken else said), day.end()
    day = re.compile(r"(\d{1,2}) (?=[^\W\d])").match(text, at)
    month = tables.month_pattern.match(text, day.end()) if day else None
    if not (day and month and month[0][0].isupper() and 1 <= int(day[1]) <= 31):
        return None
    named = tables.month(month[0])
    said = tables.said("years", "day-first").format(day=ordinal(int(day[1]), tables), month=named)
    if re.search(r"\bthe $", text[max(0, at - 5) : at], re.IGNORECASE):
        said = said.removeprefix("the ")
    spoken = _YEAR_AFTER.match(text, month.end())
    return (f"{said} {year(int(spoken[1]), tables)}", spoken.end()) if spoken else (said, month.end())


def decade(page: Page, at: int) -> Said | None:
    """“in your 50s”, “the 1980s”, “80'erne”, “en 3'er”."""
    tables = page.tables
    words = tables.data["decades"]
    found = tables.decade_pattern.match(page.text, at)
    if found is None or (at and page.text[at - 1] in ".,:/"):
        return None
    n, suffix = int(found[1]), found[2]
    stem = words.get(str(n if n < 100 else n % 100))
    if stem is None or (n >= 100 and not 1900 <= n <= 2099) or (n % 10 and not re.match("er", suffix)):
        return None
    told = re.search(words["before"] + "$", page.text[max(0, at - 16) : at], re.IGNORECASE) if n < 100 else True
    if not told or re.compile(words["not-after"], re.IGNORECASE).match(page.text, found.end()):
        return None
    said = str(stem) + suffix
    if n < 100:
        return said, found.end()
    return words["century"].format(n=cardinal(n // 100, tables), decade=said), found.end()


def telephone(page: Page, at: int) -> Said | None:
    """A number that is called, in its groups; and the 3010 of a tempo, digit by digit."""
    tables, text = page.tables, page.text
    if page.ends_with(at, tables.before("numbers.after-tempo")) and (tempo := _AFTER_TEMPO.match(text, at)):
        return " ".join(each_digit(c, tables) if c.isdecimal() else c.upper() for c in tempo[0]), tempo.end()
    number = tables.raw("numbers.telephone").match(text, at)
    if number and not text[number.end() : number.end() + 1].isalnum() and not (at and text[at - 1].isalnum()):
        groups = re.split(r"[- ]", number[0])
        by_digit = "-" in number[0]
        return ", ".join(each_digit(g, tables) if by_digit else whole(g, tables) for g in groups), number.end()
    if page.ends_with(at, tables.before("numbers.call")) and (
        called := re.compile(r"\d{3,}(?![\w.,:/]\w)").match(text, at)
    ):
        known = tables.data["words"]["known-numbers"].get(called[0])
        return known or each_digit(called[0], tables), called.end()
    return None
