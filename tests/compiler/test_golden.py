"""The whole timeline of every shipped routine, as text, in both languages: tests/golden/<routine>.<language>.txt.

The lengths of the words are estimated, so the files depend on no voice. After a change that is meant:
`pytest tests/compiler --update-golden`, and read the diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiler import promises
from tests.compiler.compiling import VOICES, printed
from voicecoach.coach.options import Options
from voicecoach.coach.planning import plan_routine
from voicecoach.compiler.estimate import estimate
from voicecoach.compiler.schedule import schedule
from voicecoach.model import LANGUAGES, LEVELS, Language, Level
from voicecoach.resources import shipped
from voicecoach.routine.library import load_library, load_routine

GOLDEN = Path(__file__).parent.parent / "golden"
SHIPPED = sorted(shipped("scripts", "routines").glob("*.yaml"))
each_routine = pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_routine
@each_language
def test_the_timeline_is_the_one_that_was_read_and_found_good(
    path: Path, language: Language, update_golden: bool
) -> None:
    routine, _ = load_routine(path, load_library())
    sheet = plan_routine(routine, Options(language=language), language, VOICES[language])
    text = printed(schedule(sheet, estimate))
    golden = GOLDEN / f"{path.stem}.{language}.txt"
    if update_golden:
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


@each_routine
@each_language
@pytest.mark.parametrize("level", LEVELS)
def test_shipped_routines_keep_every_promise_and_lose_no_word(path: Path, language: Language, level: Level) -> None:
    routine, problems = load_routine(path, load_library())
    assert not problems
    sheet = plan_routine(routine, Options(language=language, level=level), language, VOICES[language])
    timeline = schedule(sheet, estimate)
    promises.hold_all(routine, timeline, estimate, level)
    assert [
        item for item in timeline.dropped if item.role not in ("tip", "go", "tempo", "release", "ready", "rest")
    ] == []


def test_no_golden_file_is_left_of_a_routine_that_is_gone() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {
        f"{path.stem}.{language}.txt" for path in SHIPPED for language in LANGUAGES
    }
