"""The promises of docs/routines.md over routines that nobody would write, with clips from 1 ms to 8 s.

`HYPOTHESIS_PROFILE=thorough pytest tests/compiler` tries thirty times as many.
"""

from __future__ import annotations

import json

from hypothesis import given, note, settings
from hypothesis import strategies as st

from tests.compiler import promises
from tests.compiler.compiling import routine_of, sheet_of
from tests.compiler.measures import Lengths
from tests.compiler.strategies import measures, routines
from voicecoach.compiler.schedule import schedule, whole_upto
from voicecoach.model import LANGUAGES, LEVELS, Language, Level

languages = st.sampled_from(LANGUAGES)
levels = st.sampled_from(LEVELS)
a_third = settings(max_examples=settings().max_examples // 3)


@given(routines(), measures, languages, levels)
def test_every_timeline_keeps_its_promises(text: str, measure: Lengths, language: Language, level: Level) -> None:
    note(text)
    routine = routine_of(text)
    promises.hold_all(routine, schedule(sheet_of(routine, language, level), measure), measure, level)


@a_third
@given(routines(), measures, measures)
def test_the_plan_is_the_same_in_every_language(text: str, danish: Lengths, english: Lengths) -> None:
    routine = routine_of(text)
    da, en = schedule(sheet_of(routine, "da"), danish), schedule(sheet_of(routine, "en"), english)
    assert promises.plan(da) == promises.plan(en)
    assert len(da.chapters) == len(en.chapters)


@a_third
@given(routines(), measures, languages)
def test_compiling_twice_gives_the_same(text: str, measure: Lengths, language: Language) -> None:
    once, again = routine_of(text), routine_of(text)
    assert once == again
    assert schedule(sheet_of(once, language), measure) == schedule(sheet_of(again, language), measure)


@a_third
@given(routines(), measures, st.data(), st.integers(0, 100_000))
def test_the_beginning_can_be_placed_before_the_rest(
    text: str, measure: Lengths, data: st.DataObject, padding_ms: int
) -> None:
    sheet = sheet_of(routine_of(text))
    whole = schedule(sheet, measure, padding_ms=padding_ms)
    upto = whole_upto(sheet, data.draw(st.integers(0, len(sheet.steps) - 1)))
    part = schedule(sheet, measure, upto=upto, padding_ms=padding_ms)
    assert part.steps == whole.steps[:upto]
    assert part.clips == tuple(clip for clip in whole.clips if clip.start_ms < part.duration_ms)
    assert part.duration_ms == sum(step.end_ms - step.start_ms for step in part.steps)


@a_third
@given(routines(), measures, st.integers(0, 600_000))
def test_padding_lengthens_the_programme_and_no_hold(text: str, measure: Lengths, padding_ms: int) -> None:
    routine = routine_of(text)
    sheet = sheet_of(routine)
    plain, padded = schedule(sheet, measure), schedule(sheet, measure, padding_ms=padding_ms)
    assert padded.duration_ms == plain.duration_ms + padding_ms
    promises.hold_all(routine, padded, measure)


def test_the_generated_routines_are_not_all_alike() -> None:
    """Guards the properties themselves: every key that matters turns up."""
    seen: set[str] = set()

    @settings(max_examples=200, derandomize=True, database=None)
    @given(routines())
    def look(text: str) -> None:
        def walk(value: object) -> None:
            if isinstance(value, dict):
                seen.update(value)
            for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
                walk(item)

        walk(json.loads(text))

    look()
    wanted = {"exercise", "repeat", "between", "rest", "heat", "cold", "contrast", "say", "stop", "reps", "hold",
            "section", "silence", "at", "count in",
            "duration", "tempo", "breathing", "halfway", "check every", "sides", "count", "intro", "pace",
            "time", "words", "load", "note", "name", "instruction", "tips", "left", "right"}  # fmt: skip
    assert wanted <= seen
