"""What one line says: sets, repetitions, times, rests, sides, loads. “Plank 3x30s / 15s”, “3 sæt á 10”.

Each expression that is understood is taken out of the line; what is left is the name, and remarks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from voicecoach.language.imported import any_of, number_words
from voicecoach.routine.importers.beside import (
    take_half_way,
    take_last_rest,
    take_loads,
    take_notes,
    take_paces,
    take_rests,
    take_whose_sides,
)
from voicecoach.routine.importers.called import take_names
from voicecoach.routine.importers.expressions import UNIT, Amounts, Unread
from voicecoach.routine.importers.how_long import (
    take_bare,
    take_breaths,
    take_distances,
    take_holds,
    take_reps,
    take_sets,
    take_times,
)

_LONGEST = 300
"""So much of a line is looked at; what comes after it is a remark."""
_TRIED = re.compile(
    r"^(?:try (?:for|to do)|aim for|do|perform|complete|start with|begin with|lav|udfør|tag|start med)\s+(?=\d)", re.I
)


_IN_ORDER = (
    take_half_way,
    take_notes,
    take_rests,
    take_loads,
    take_paces,
    take_breaths,
    take_distances,
    take_sets,
    take_holds,
    take_times,
    take_reps,
    take_whose_sides,
    take_last_rest,
    take_bare,
    take_names,
)
"""What takes expressions out of a line; what comes later no longer sees what came before."""


def amounts_in(text: str) -> Amounts:
    """Reads a line that was cleaned of its marks."""
    told = _amounts_in(text)
    return replace(told, remarks=[*told.remarks], reps=[*told.reps], groups=[*told.groups], notes=[*told.notes])


@lru_cache(2000)
def _amounts_in(text: str) -> Amounts:
    line, told = Unread(_with_figures(text[:_LONGEST])), Amounts()
    for take in _IN_ORDER:
        take(line, told)
    told.remarks += [text[_LONGEST:]] if len(text) > _LONGEST else []
    return told


def _with_figures(text: str) -> str:
    """“three sets”, “one minute”, “half a minute”: in figures, where a unit follows."""
    text = re.sub(_TRIED, "", text)
    text = re.sub(r"\bhalf a min(?:ute)?\b|\bet halvt minut\b", "30 s", text, flags=re.I)
    text = re.sub(r"\b(?:a|et|en) (?=(?:minute|minut)\b)", "1 ", text, flags=re.I)
    units = "|".join(any_of(key) for key in ("sets", "reps", "rounds", "times", "breaths"))
    text = _number_word_alone().sub(lambda found: number_words()[found.group().lower()], text)
    return _number_word(units).sub(lambda found: number_words()[found.group(1).lower()], text)


@cache
def _number_word(units: str) -> re.Pattern[str]:
    numbers = "|".join(sorted((re.escape(word) for word in number_words()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])({numbers})(?=(?:[\s-]+(?:deep|slow|more|dybe|rolige|full|total))?[\s-]+(?:{units}|{UNIT})(?!\w))",
        re.I,
    )


@cache
def _number_word_alone() -> re.Pattern[str]:
    """“3 sets of twelve”."""
    numbers = "|".join(sorted((re.escape(word) for word in number_words()), key=len, reverse=True))
    return re.compile(
        rf"(?<=sets of )(?:{numbers})(?!\w)|(?<=sæt á )(?:{numbers})(?!\w)|(?<=sæt af )(?:{numbers})(?!\w)", re.I
    )
