"""Heat or cold that is told in a text, where no rule keeps its length and no question comes before it.

A text beside a heat step may name the pad. What gives heat a time of its own, gives it to somebody asleep, or calls
it good for an injury is told wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from voicecoach.language.looked_for import looked_for
from voicecoach.model import Problem, RestStep, SayStep, ThermalStep
from voicecoach.routine.checks.ear import looks_like
from voicecoach.routine.checks.said import Said, said
from voicecoach.routine.checks.times import times_in
from voicecoach.routine.checks.view import View, broken

_DAY_MS = 24 * 3_600_000
"""The time that the article waits after an injury."""
Kind = Literal["heat", "cold"]
_KINDS: tuple[Kind, ...] = ("heat", "cold")
_HINT = (
    "Make it a step, `heat: pad` or `cold: pack`, which has an end, its question and its skin check. That a text "
    "tells no heat and no cold is voicecoach's own rule."
)


def heat_in_text(view: View) -> Iterator[Problem]:
    for item in said(view):
        # what is marked as the wrong language is no less warm
        item = replace(item, language=looks_like(item.text, item.language) or item.language)
        for sentence in re.split(r"(?<=[.!?…])\s+|\n+", item.text):
            if why := _wrong(view, item, sentence):
                yield broken("heat-in-text", item.at, f"a text {why}", _HINT)
                break


def _wrong(view: View, item: Said, sentence: str) -> str:
    patterns = looked_for(item.language)
    if patterns["no"].search(patterns["not-a-no"].sub("…", sentence)):
        return ""
    thing = patterns["heat-things"].search(sentence)
    cold = patterns["cold-things"].search(sentence)
    if item.what == "title" or (item.what == "name" and not (thing or cold)):
        return ""
    if why := _harm(view, item, sentence, bool(thing or cold or _means_the_step(view, item, sentence))):
        return why
    if thing and not _may_name(view, item, sentence, "heat"):
        return f"tells of heat, “{thing.group()}”"
    if cold and not _may_name(view, item, sentence, "cold"):
        return f"tells of cold, “{cold.group()}”"
    return ""


def _harm(view: View, item: Said, sentence: str, names_a_thing: bool) -> str:
    """What is wrong beside a heat step too."""
    patterns = looked_for(item.language)
    heat = names_a_thing or patterns["heat-words"].search(sentence)
    if heat and patterns["asleep-with"].search(sentence):
        return "gives heat or cold to somebody asleep"
    claims = names_a_thing or patterns["heat-claims"].search(sentence)
    if claims and patterns["injury"].search(sentence) and not patterns["prevents"].search(sentence):
        return "calls heat or cold good for an injury"
    if names_a_thing:
        times = [ms for _, ms in times_in(sentence, item.language, view.number_words) if ms != _DAY_MS]
        if patterns["day"].search(sentence) or any(not _done(view, ms) for ms in times):
            return "gives heat or cold a time of its own"
    return ""


def _means_the_step(view: View, item: Said, sentence: str) -> bool:
    """Beside a step of heat or cold “the pad” and “leave it on” are what that step laid on."""
    beside = any(_has(view, kind) and (item.index is None or _beside(view, item.index, kind)) for kind in _KINDS)
    return beside and bool(looked_for(item.language)["laid-on"].search(sentence))


def _has(view: View, kind: Kind) -> bool:
    return any(isinstance(step, ThermalStep) and step.kind == kind for step in view.written)


def _done(view: View, ms: int) -> bool:
    lengths = [step.duration for step in view.written if isinstance(step, ThermalStep)]
    return any(length.low_ms <= ms <= length.high_ms for length in lengths)


def _may_name(view: View, item: Said, sentence: str, kind: Kind) -> bool:
    """Beside a step of heat, and in the introduction to a routine that has one; elsewhere it may be fetched."""
    if not _has(view, kind):
        return False
    if item.index is None or _beside(view, item.index, kind):
        return True
    patterns = looked_for(item.language)
    return bool(patterns["fetches"].search(sentence)) or not patterns["gives"].search(sentence)


def _beside(view: View, index: int, kind: Kind) -> bool:
    """Whether nothing but words and rests lies between the step and one of heat."""
    for steps in (view.written[index + 1 :], view.written[:index][::-1]):
        for step in steps:
            if isinstance(step, ThermalStep) and step.kind == kind:
                return True
            if not isinstance(step, (SayStep, RestStep, ThermalStep)):
                break
    return False
