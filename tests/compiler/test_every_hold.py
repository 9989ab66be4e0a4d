"""Every hold from one second to two minutes, with the longest name there is and each way to count."""

from __future__ import annotations

import pytest

from tests.compiler import promises
from tests.compiler.compiling import compiled, library, routine_of
from voicecoach.compiler.estimate import estimate
from voicecoach.language import spoken
from voicecoach.model import LANGUAGES, Language

S = 1000


def expected(style: str, hold_s: int) -> dict[int, int]:
    """The numbers that should be heard: at which second from the start, and which."""
    if style == "down":
        return {hold_s - n: n for n in range(1, hold_s + 1) if n < 100 or n % 10 == 0}
    if style == "up":
        # "One hundred and ten" takes longer than the last second of a hold.
        return {n: n for n in range(1, hold_s) if n < 100 or (n % 10 == 0 and n < hold_s - 1)}
    if style == "last 5":
        return {hold_s - n: n for n in range(1, min(5, hold_s) + 1)}
    if style == "every 10 s":
        return {hold_s - n: n for n in range(10, hold_s, 10)}
    return {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", ["down", "up", "last 5", "every 10 s", "off"])
def test_every_hold_is_counted_on_the_second_and_loses_nothing(language: Language, style: str) -> None:
    longest = max(library().values(), key=lambda exercise: len(exercise.name.get(language) or ""))
    steps = "".join(
        f"  - {{exercise: {longest.id}, hold: {seconds} s, sides: none, count: {style}}}\n"
        for seconds in range(1, 121)
    )
    text = f"title: {{da: Prøve, en: Trial}}\nsteps:\n{steps}"
    timeline = compiled(text, estimate, language)
    promises.hold_all(routine_of(text), timeline, estimate)
    for seconds in range(1, 121):
        step = timeline.steps[seconds]
        heard = {clip.onset_ms - step.work_start_ms: clip for clip in promises.cues(timeline, step, "count")}
        wanted = expected(style, seconds)
        heard = {ms: clip for ms, clip in heard.items() if ms < 100_000 or ms // S in wanted}
        assert sorted(heard) == [second * S for second in sorted(wanted)]
        for second, n in wanted.items():
            word = spoken.number(n, language) if style != "every 10 s" or n % 60 else spoken.duration(n * S, language)
            sound = heard[second * S].sound
            assert getattr(sound, "text", None) == word
    lost = [item for item in timeline.dropped if item.role not in ("tip", "go", "ready", "place", "length")]
    assert [item.text for item in lost] in ([], [spoken.number(110, language)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_above_a_hundred_only_tens_are_counted_and_then_only_minutes(language: Language) -> None:
    text = "title: {da: Prøve, en: Trial}\nsteps: [{exercise: childs-pose, hold: 5 min, count: down}]"
    timeline = compiled(text, estimate, language)
    step = timeline.steps[1]
    heard = [(step.work_end_ms - clip.onset_ms) // S for clip in promises.cues(timeline, step, "count")]
    assert heard == [300, 240, 180, 120, 110, 100, *range(99, 0, -1)]
