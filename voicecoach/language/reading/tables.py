"""What one language has for the grammar, from `da.reading.toml` and the units and short words of its lexicon."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from voicecoach.model import Language

NumberWord = Callable[[int, Language], str]
DASHES = "-‐‑‒–—−"
LETTER = r"[^\W\d_]"


@dataclass(frozen=True, kw_only=True)
class Tables:
    """One language, ready to be read in. Not slotted: its patterns are made when they are first wanted."""

    language: Language
    number_word: NumberWord
    """Of a whole number from 0 to 999,999."""
    data: Mapping[str, Any]
    """The tables of `da.reading.toml`."""
    units: Mapping[str, tuple[str, str]]
    """After a number, in small letters: one of it with its article, and several without the number."""
    words: Mapping[str, str]
    """What is written short, in small letters, and what is said."""
    names: tuple[str, ...] = ()
    """Names of several words, that may be written with a slash or an & between them."""
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def pattern(self, key: str) -> re.Pattern[str]:
        """The whole word of `table.key`, at a place."""
        return self._compiled(key, r"(?<!\w)(?:{})(?!\w)")

    def before(self, key: str) -> re.Pattern[str]:
        """The expression of `table.key` as the last that stands before a place."""
        return self._compiled(key, r"(?<![\w'’])(?:{})[ \u00a0]*$", "$")

    def raw(self, key: str) -> re.Pattern[str]:
        return self._compiled(key, "(?:{})", "raw")

    def said(self, table: str, key: str) -> str:
        return str(self.data[table][key])

    def joining(self, key: str) -> str:
        return str(self.data["numbers"][key])

    def sign(self, key: str) -> str:
        return str(self.data["signs"][key])

    def _compiled(self, key: str, form: str, kind: str = "") -> re.Pattern[str]:
        if kind + key not in self._patterns:
            table, _, name = key.partition(".")
            expression = self.data[table][name].replace("*", "{0,40}") if kind == "$" else self.data[table][name]
            self._patterns[kind + key] = re.compile(form.replace("{}", expression), re.IGNORECASE)
        return self._patterns[kind + key]

    @cached_property
    def unit_pattern(self) -> re.Pattern[str]:
        """A unit of several letters in any case, a single letter as it is written; l and w also as capitals."""
        several = [key for key in self.units if len(key) > 1 or not key.isalpha()]
        single = "".join(re.escape(key) for key in self.units if len(key) == 1 and key.isalpha())
        longest_first = "|".join(re.escape(key) for key in sorted(several, key=len, reverse=True))
        capitals = "".join(key.upper() for key in "lw" if key in self.units)
        return re.compile(rf"(?:(?i:{longest_first or '(?!)'})|[{single}{capitals}°])(?![\w²³])(?!['’]\w)")

    @cached_property
    def any_known(self) -> re.Pattern[str]:
        """Whether a text without digits and signs has something that is not said as it is written."""
        several = sorted((unit for unit in self.units if len(unit) > 1 and unit.isalpha()), key=len, reverse=True)
        bare = (re.escape(unit) + r"(?!\w)" for unit in self.data["words"]["bare-units"])
        per, days = self.data["words"]["per-before"], self.data["words"]["days"]
        of_one = f"(?:{per}) (?:{'|'.join(several)})(?!\\w)"
        of_days = f"(?:{days})-(?:{days})(?!\\w)"
        of_decades = f"{self.data['decades']['before'] or '(?!)'}\\d"
        followed = "|".join(written for written, _ in self.data["words"]["followed"])
        days_of = f"{self.days_pattern.pattern}|{followed or '(?!)'}"
        words = f"{self.short_pattern.pattern}|{'|'.join(bare)}|{of_one}|{of_days}|{days_of}"
        return re.compile(rf"(?<!\w)(?:{words})|{of_decades}", re.IGNORECASE)

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first characters of all that is known as written short: a look at one spares the patterns."""
        data = self.data["words"]
        short = (
            *data["known-slash"],
            *data["bare-units"],
            *data["before-number"],
            *self.short_days,
            *self.short_months,
        )
        names = (*data["names"], *self.names, *short, *(written for written, _ in data["followed"]))
        return frozenset(c for word in (*names, *self.words) for c in (word[0], word[0].upper()))

    @cached_property
    def joint_pattern(self) -> re.Pattern[str]:
        """The words between the two numbers of a range."""
        return re.compile(rf"[ ](?:{self.joining('range-words')})[ ](?=[\d½¼¾])", re.IGNORECASE)

    @cached_property
    def decade_pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(\d{{1,4}}){self.data['decades']['form']}", re.IGNORECASE)

    @cached_property
    def half_day_pattern(self) -> re.Pattern[str]:
        return re.compile(rf"[ ]?{self.data['clock']['am']}", re.IGNORECASE)

    @cached_property
    def once_pattern(self) -> re.Pattern[str]:
        return re.compile(rf"{self.joining('once').split()[-1]}(?!\w)")

    @cached_property
    def short_pattern(self) -> re.Pattern[str]:
        """A word that is written short, at a place where a word begins."""
        longest_first = sorted(self.words, key=len, reverse=True)
        ended = (re.escape(word) + (r"(?!\w)(?!\.\w)" if word[-1].isalnum() else "") for word in longest_first)
        return re.compile("|".join(ended) or r"(?!)", re.IGNORECASE)

    @cached_property
    def name_pattern(self) -> re.Pattern[str]:
        """A name that is written with a slash or an & between its words."""
        names = (name for name in (*self.data["words"]["names"], *self.names) if " " in name)
        parted = "|".join(r"\s?[/&+]\s?".join(map(re.escape, name.split())) for name in names)
        return re.compile(rf"(?:{parted or '(?!)'})(?=s?(?!\w))", re.IGNORECASE)

    @cached_property
    def followed(self) -> list[tuple[re.Pattern[str], str]]:
        """What is written short before certain words only: “m. piriformis”, “Chr. IV”."""
        return [(re.compile(f"(?i:{written})"), said) for written, said in self.data["words"]["followed"]]

    @cached_property
    def short_days(self) -> Mapping[str, str]:
        return dict(self.data["words"]["short-days"])

    @cached_property
    def days_pattern(self) -> re.Pattern[str]:
        """Two or more days written short: “Mon/Wed/Fri”, “man.-fre.”; one alone before a colon or a time."""
        short = "|".join(sorted(self.short_days, key=len, reverse=True))
        day = rf"(?:{short})\b\.?"
        joint = rf"(?: ?[{DASHES}/&+] ?|,? {self.joining('and')} |, )"
        alone = self.data["words"]["day-alone"]
        return re.compile(rf"(?i:{day}(?:{joint}{day})+)(?![\w'’])|{alone}")

    def day(self, written: str) -> str:
        """A day in full."""
        return self.short_days[written.rstrip(".").casefold()]

    @cached_property
    def numbered_pattern(self) -> re.Pattern[str]:
        """What is written short before a number only: “no. 5”, “á 10”."""
        longest_first = sorted(self.data["words"]["before-number"], key=len, reverse=True)
        return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?= ?[\d½])", re.IGNORECASE)

    @cached_property
    def month_pattern(self) -> re.Pattern[str]:
        short = f"(?:{'|'.join(self.short_months)})(?![^\\W\\d])\\.?"
        return re.compile(rf"(?:(?:{'|'.join(self.data['years']['months'])})(?!\w)|{short})", re.IGNORECASE)

    @cached_property
    def short_months(self) -> Mapping[str, str]:
        """By what is written short, in small letters: “jan”, “sept”."""
        months = self.data["years"]["months"]
        return {month[:3].casefold(): month for month in months} | {"sept": months[8]}

    def month(self, written: str) -> str:
        """A month in full."""
        return self.short_months.get(written.rstrip(".").casefold(), written)

    @cached_property
    def short_month_pattern(self) -> re.Pattern[str]:
        """A month written short, where its day stands before or behind it."""
        short = "|".join(sorted(self.short_months, key=len, reverse=True))
        before, after = self.said("years", "short-behind"), self.said("years", "short-before")
        return re.compile(rf"{before}(?:{short})(?!\w)\.?{after}", re.IGNORECASE)

    @cached_property
    def slash_pattern(self) -> re.Pattern[str]:
        known = sorted(self.data["words"]["known-slash"], key=len, reverse=True)
        ended = (re.escape(word) + (r"(?!\w)" if word[-1].isalnum() else "") for word in known)
        return re.compile("|".join(ended) or r"(?!)", re.IGNORECASE)

    @cached_property
    def span_pattern(self) -> re.Pattern[str]:
        """“1h 15m”, “1 t 30 min 10 s”, “1h30”, “1m30s”, “2'30\"”."""
        hour, minute, second = (
            "|".join(sorted(map(re.escape, self.data["dimensions"][key]), key=len, reverse=True))
            for key in ("hours", "minutes", "seconds")
        )
        joint = rf"\.?\s?(?:{self.joining('and')}\s)?"
        last = rf"(?:{joint}(?P<s>\d{{1,2}})\s?(?:{second}))"
        return re.compile(
            rf"(?P<h>\d{{1,3}})\s?(?:{hour})(?:{joint}(?P<m>\d{{1,2}})\s?(?:{minute}){last}?|(?P<mm>\d\d))(?!\w)"
            rf"|(?P<m1>\d{{1,3}})\s?(?:{minute}){joint}(?P<s1>\d{{1,2}})\s?(?:{second})(?!\w)"
            r"|(?P<m2>\d{1,3})\s?′(?P<s2>[0-5]?\d)″?(?![\w′])",
            re.IGNORECASE,
        )

    @cached_property
    def dimension(self) -> Mapping[str, str]:
        """By unit: time, length, weight, or the unit's own several."""
        time = dict.fromkeys((u for key in ("hours", "seconds", "minutes") for u in self.dimensions(key)), "time")
        others = {unit: key for key in ("length", "weight") for unit in self.dimensions(key)}
        return {**time, **others}

    def dimensions(self, key: str) -> list[str]:
        return list(self.data["dimensions"][key])
