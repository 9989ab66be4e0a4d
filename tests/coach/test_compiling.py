"""The spine: from an id or a file to a timeline, with real voices where their lengths matter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import process
from tests.compiler import promises
from tests.fakes import FakeEngine, fake_voice
from voicecoach.coach.checking import check_files
from voicecoach.coach.compiling import compile_routine
from voicecoach.coach.config import Config
from voicecoach.coach.options import Options
from voicecoach.coach.planning import estimated_ms
from voicecoach.coach.profiled import ProfiledSounds
from voicecoach.coach.reading import load, spoken_languages
from voicecoach.coach.sounds import Sounds
from voicecoach.coach.voices import choose_voice
from voicecoach.compiler.as_json import as_json as timeline_json
from voicecoach.errors import MissingError, NotFoundError, RoutineError
from voicecoach.model import LANGUAGES, Language, Routine
from voicecoach.resources import shipped
from voicecoach.speech.speaker import Speaker

SHIPPED = sorted(path.stem for path in shipped("scripts", "routines").glob("*.yaml"))
each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def sounds() -> Iterator[Sounds]:
    with Sounds() as real:
        yield real


@pytest.fixture(scope="module")
def contrast() -> Routine:
    return load("contrast")[0]


def with_voices(*languages: str) -> Sounds:
    engine = FakeEngine(voices=[fake_voice(language) for language in languages])
    return Sounds(Speaker(engines={"fake": lambda: engine}), Config())  # none of its voices is configured


@each_language
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_routine_keeps_its_promises_in_a_real_voice(
    name: str, language: Language, sounds: Sounds
) -> None:
    routine, problems = load(name)
    assert problems == []
    timeline = compile_routine(routine, Options(language=language), sounds)
    promises.hold_all(routine, timeline, ProfiledSounds(Options(), sounds).length)
    assert timeline.problems == ()
    estimate_ms = estimated_ms(routine, language)
    assert abs(estimate_ms - timeline.duration_ms) <= 0.15 * timeline.duration_ms


def test_the_routines_own_language_is_spoken_unless_another_is_asked_for(contrast: Routine) -> None:
    fake = with_voices("da", "en")
    assert contrast.language == "da"
    assert choose_voice(contrast, Options(), fake)[0] == "da"
    assert choose_voice(contrast, Options(language="en"), fake)[0] == "en"


def test_a_voice_named_alone_brings_its_language(contrast: Routine) -> None:
    language, voice = choose_voice(contrast, Options(voice="fake:en"), with_voices("da", "en"))
    assert (language, voice.id) == ("en", "fake:en")


def test_a_voice_does_not_speak_another_language(contrast: Routine) -> None:
    with pytest.raises(NotFoundError):
        choose_voice(contrast, Options(language="da", voice="fake:en"), with_voices("da", "en"))


def test_without_a_voice_for_the_language_the_machine_lacks_something(contrast: Routine) -> None:
    with pytest.raises(MissingError) as caught:
        compile_routine(contrast, Options(language="en"), with_voices("da"))
    assert caught.value.exit_code == 3
    assert caught.value.hint


def test_errors_come_all_at_once_and_warnings_beside_the_routine(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "title: {en: x}\nphase: warm-up\nsteps: [{exercise: childs-pose}, {heat: pad, duration: 30 min}]\n"
        "heat caution: false\n",
        encoding="utf-8",
    )
    with pytest.raises(RoutineError) as caught:
        load(str(path))
    assert [problem.rule for problem in caught.value.problems if problem.severity == "error"] == [
        "heat-before-range", "heat-over-20-min", "heat-caution-off",
    ]  # fmt: skip
    assert any(problem.rule == "static-stretch-in-warm-up" for problem in caught.value.problems)


def test_a_routine_never_speaks_a_text_of_another_language(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "title: {da: Prøve, en: Trial}\nsteps: [{exercise: slow-walk}, {say: {da: Hej.}}]", encoding="utf-8"
    )
    routine, _ = load(str(path))
    assert spoken_languages(routine) == ["da", "en"]
    fake = with_voices("da", "en")
    assert compile_routine(routine, Options(language="da"), fake).language == "da"
    with pytest.raises(RoutineError) as caught:
        compile_routine(routine, Options(language="en"), fake)
    assert [(problem.rule, problem.location.line) for problem in caught.value.problems] == [("missing-language", 2)]


def test_check_goes_on_after_a_broken_file(tmp_path: Path) -> None:
    broken, gone = tmp_path / "broken.yaml", tmp_path / "gone.yaml"
    broken.write_text("title: [", encoding="utf-8")
    problems = check_files([broken, gone, shipped("scripts", "routines", "contrast.yaml")], with_voices("da", "en"))
    assert [(Path(problem.location.path).name, problem.rule) for problem in problems] == [
        ("broken.yaml", "yaml-syntax"), ("gone.yaml", "unreadable-file"),
    ]  # fmt: skip


def test_the_order_of_hashes_does_not_matter() -> None:
    """The same bytes from two processes whose sets and dicts are seeded differently."""
    outs = {
        process("show", "core-activation", "--lang", "da", "--json", env={"PYTHONHASHSEED": seed}).out
        for seed in ("1", "2")
    }
    assert len(outs) == 1
    assert json.loads(outs.pop())["routine"] == "core-activation"


def test_a_timeline_is_json(contrast: Routine) -> None:
    timeline = compile_routine(contrast, Options(language="en"), with_voices("en"))
    data = json.loads(json.dumps(timeline_json(timeline)))
    assert data["duration_ms"] == timeline.duration_ms
    assert len(data["cues"]) == len(timeline.clips)
