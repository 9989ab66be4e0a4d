"""Single lines of a text, and what is done by them: `lines.txt` holds both."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.routine.importers.amounts import amounts_in
from voicecoach.routine.importers.clean import cleaned
from voicecoach.routine.importers.expressions import duration_of
from voicecoach.routine.importers.moves import moves
from voicecoach.routine.importers.workout import Workout
from voicecoach.routine.importers.written import written

LINES = Path(__file__).with_name("lines.txt")
WRITTEN = [tuple(pair.split("\n    ")) for pair in LINES.read_text(encoding="utf-8").strip().split("\n\n")]


def done(line: str) -> str:
    parts = tuple(moves(amounts_in(cleaned(line)), "en", bare_seconds=True))
    steps = written(Workout(title="x", parts=parts, language="en"), "x").split("steps:\n", 1)[1]
    return " · ".join(step.strip() for step in steps.strip().splitlines())


@pytest.mark.parametrize(("line", "expected"), WRITTEN, ids=[line for line, _ in WRITTEN])
def test_a_line(line: str, expected: str) -> None:
    assert done(line) == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30s", (30, 30)), ("1-2 m.", (60, 120)), (":45", (45, 45)), ("1:30", (90, 90)), ("30 to 45 sek.", (30, 45)),
     ("ca. 2 min", (120, 120)), ("0-60 s", (1, 60)), ("30+ seconds", (30, 30)), ("1½ min", (90, 90))],
)  # fmt: skip
def test_times(text: str, seconds: tuple[int, int]) -> None:
    found = duration_of(cleaned(text))
    assert found is not None
    assert (found.low_ms, found.high_ms) == (seconds[0] * 1000, seconds[1] * 1000)


@pytest.mark.parametrize("text", ["", "as needed", "soon", "60", "30 kg", "25 h", "-5 s"])
def test_no_time(text: str) -> None:
    assert duration_of(text) is None


def test_markup_is_no_part_of_a_text() -> None:
    assert cleaned("**[Push-up](https://e.org/a_(b))** 💪 <b>x</b> 3 &times; 10 ![img](a.png) [[Wiki|page]]") == (
        "Push-up x 3 × 10 page"
    )
    assert cleaned("snake_case and *star* ~~gone~~ `code` https://example.org/x") == "snake case and star gone code"
