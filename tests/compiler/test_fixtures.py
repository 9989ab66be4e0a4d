"""Small routines beside the timelines that come of them: tests/compiler/fixtures/*.txt.

A fixture is a routine, a line `---`, and the timeline in milliseconds, with words of 50 ms a character. Its first
line may choose: `# da gentle`. After a change that is meant: `pytest tests/compiler --update-golden`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiler import promises
from tests.compiler.compiling import printed, routine_of, sheet_of
from tests.compiler.measures import simple
from voicecoach.compiler.schedule import schedule
from voicecoach.model import LANGUAGES, LEVELS, Language, Level

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.txt"))
SEPARATOR = "\n---\n"


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_timeline_is_the_expected_one(path: Path, update_golden: bool) -> None:
    text, _, expected = path.read_text(encoding="utf-8").partition(SEPARATOR)
    first = text.split("\n", 1)[0].strip("# ").split() if text.startswith("#") else []
    language: Language = next((word for word in LANGUAGES if word in first), "en")
    level: Level = next((word for word in LEVELS if word in first), "normal")
    routine = routine_of(text)
    timeline = schedule(sheet_of(routine, language, level), simple)
    if update_golden:
        expected = printed(timeline)
        path.write_text(text + SEPARATOR + expected, encoding="utf-8", newline="\n")
    assert printed(timeline) == expected
    promises.hold_all(routine, timeline, simple, level)


def test_there_are_fixtures() -> None:
    assert len(FIXTURES) >= 20
