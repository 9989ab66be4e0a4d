"""Sentences that tell one thing after the other: “a brisk 5-minute walk, then 60 seconds of running and …”."""

from __future__ import annotations

import re
from dataclasses import replace

from voicecoach.language.imported import any_of, number_words
from voicecoach.model import DurationRange
from voicecoach.routine.importers.expressions import NUMBER, UNIT, Amounts, duration_of
from voicecoach.routine.importers.nodes import Circuit, Done

_LEADS = r"(?:an?\s+|en\s+|et\s+)?"
_HOW = r"(?:[^\W\d_]+(?:-[^\W\d_]+)?\s+){0,2}?"
_MOST_ROUNDS = 60


def in_turn(text: str, line: int) -> list[Done | Circuit]:
    """All of it, in its order; nothing if it does not tell at least two things, each with its time."""
    text = _with_figures(text)
    found = list(_expression().finditer(text))
    if len(found) < 2 or _says_more(text, found):
        return []
    told = [Amounts(name=_name(each), time=_time(each)) for each in found]
    entries: list[Done | Circuit] = []
    while told:
        at = len(found) - len(told)
        before = text[found[at - 1].end() if at else 0 : found[at].start()]
        if re.search(any_of("alternate"), before, re.I) and len(told) > 1:
            pair, told = told[:2], told[2:]
            entries += _alternating(pair, text[found[at + 1].end() :], line)
        elif again := re.search(
            rf"(?P<n>\d{{1,2}})\s+(?:{any_of('reps')}|{any_of('rounds')}|{any_of('times')}|x)", before, re.I
        ):
            entries.append(Circuit(line, Amounts(rounds=again["n"]), "", told))
            told = []
        else:
            entries.append(Done(line, told.pop(0)))
    return entries


def _expression() -> re.Pattern[str]:
    """“90 seconds of easy running”, “a brisk 5-minute warm-up walk”."""
    time = rf"(?P<time>(?<![\d.,]){NUMBER}[\s-]*{UNIT})"
    goes = rf"(?P<goes>{any_of('goes')})(?!\w)"
    return re.compile(
        rf"(?<!\w){_LEADS}(?P<how>(?:(?:{any_of('how-fast')})\s+)*){time}[\s-]*(?:{any_of('of')}\s+)?"
        rf"(?P<kind>(?!{any_of('of')}\s){_HOW}){goes}",
        re.I,
    )


def _says_more(text: str, found: list[re.Match[str]]) -> bool:
    """Whether numbers are left that none of it explains, but the time of the whole."""
    left = text
    for each in reversed(found):
        left = left[: each.start()] + left[each.end() :]
    often = rf"\d{{1,2}}\s+(?:{any_of('reps')}|{any_of('rounds')}|{any_of('times')})"
    left = re.sub(rf"{_total()}|{often}|\b\d\s+(?:runs|løb)\b|\b(?:week|uge) \d+\b", "", left, flags=re.I)
    return bool(re.search(r"\d", left))


def _total() -> str:
    return rf"(?:{any_of('total')})\W*(?:of|på)?\s*(?P<all>{NUMBER}[\s-]*{UNIT})"


def _alternating(pair: list[Amounts], after: str, line: int) -> list[Done | Circuit]:
    """Both in turn, as often as they fit in the whole; then what is left of it."""
    each_ms = sum(told.time.high_ms for told in pair if told.time)
    total = re.search(_total(), after, re.I)
    times = re.search(rf"(?P<n>\d{{1,2}})\s*(?:{any_of('times')}|{any_of('rounds')})", after, re.I)
    whole = duration_of(total["all"]) if total else None
    if whole is None:
        return [Circuit(line, Amounts(rounds=times["n"] if times else "1"), "", pair)]
    rounds, left_ms = divmod(whole.high_ms, each_ms)
    entries: list[Done | Circuit] = [Circuit(line, Amounts(rounds=str(min(rounds, _MOST_ROUNDS))), "", pair)]
    for told in pair:
        if told.time and left_ms > 0:
            lasts = min(left_ms, told.time.high_ms)
            entries.append(Done(line, replace(told, time=DurationRange(low_ms=lasts, high_ms=lasts))))
            left_ms -= lasts
    return entries if rounds else []


def _name(found: re.Match[str]) -> str:
    words = f"{found['how']}{found['kind'] or ''}{found['goes']}"
    name = " ".join(words.replace("-", " - ").split()).replace(" - ", "-")
    return name[:1].upper() + name[1:]


def _time(found: re.Match[str]) -> DurationRange | None:
    return duration_of(found["time"].replace("-", " "))


def _with_figures(text: str) -> str:
    """“1-and-a-half minutes”, “two repetitions”, “five-minute”."""
    words = "|".join(map(re.escape, sorted(number_words(), key=len, reverse=True)))
    half = rf"(?<![\w-])(\d|{words})[\s-]+(?:and|og)[\s-]+(?:a|en|et)[\s-]+hal(?:f|v|vt)(?!\w)"
    text = re.sub(half, lambda found: f"{number_words().get(found[1].lower(), found[1])}.5", text, flags=re.I)
    text = re.sub(r"\bhalvandet(?=\s+min)", "1.5", text, flags=re.I)
    return re.sub(
        rf"(?<![\w-])({words})(?=[\s-]+\w)", lambda found: number_words()[found[1].lower()], text, flags=re.I
    )
