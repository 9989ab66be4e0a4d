"""The coach as a program meets it: what is chosen, what is made, what is refused, from which thread and process."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import voicecoach
from tests.fakes import FakeEngine
from voicecoach import CancelledError, Coach, Failed, Job, Made, Options, OutputError, Performance, Progress
from voicecoach.coach.config import Config
from voicecoach.coach.options import Choices, FileChoices
from voicecoach.coach.places import places
from voicecoach.coach.sounds import Sounds
from voicecoach.errors import FitError, NotFoundError, OptionError, RoutineError, SettingsError
from voicecoach.speech.cache import SpeechCache
from voicecoach.speech.speaker import Speaker

ROUTINE = """\
title: {da: Rolig, en: Calm}
language: da
steps:
  - {exercise: {name: {da: Broen, en: Bridge}, kind: mobility}, hold: 10-20 s, count: last 3}
  - {say: {da: Godt., en: Good.}}
"""


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def coach(engine: FakeEngine, tmp_path: Path) -> Iterator[Coach]:
    at = places(cache=tmp_path / "cache", config=tmp_path / "own", routines=[tmp_path / "club"])
    (tmp_path / "club").mkdir()
    (tmp_path / "club" / "calm.yaml").write_text(ROUTINE, encoding="utf-8")
    speaker = Speaker(engines={"fake": lambda: engine}, cache=SpeechCache(tmp_path / "cache" / "speech"))
    with Coach(sounds=Sounds(speaker, Config(), at)) as made:
        yield made


# --- performances --------------------------------------------------------------------------------------------


def test_options_are_given_once(coach: Coach, tmp_path: Path) -> None:
    phone = coach.perform("calm", language="en", profile="phone", level="full")
    home = coach.perform("calm", language="en", level="full")
    assert phone.options == Options(language="en", profile="phone", level="full")
    assert phone.timeline.duration_ms == home.timeline.duration_ms + 1500
    made = phone.export(tmp_path / "a.wav")
    assert made.duration_ms == phone.as_json()["duration_ms"] == phone.timeline.duration_ms
    assert phone.verify(made.path).kept
    assert not home.verify(made.path).kept


def test_nothing_is_spoken_before_it_is_needed(coach: Coach, engine: FakeEngine) -> None:
    performance = coach.perform("calm")
    assert (performance.language, performance.voice.id, performance.warnings) == ("da", "fake:da", ())
    assert engine.spoken == []
    assert performance.timeline is performance.timeline
    assert engine.spoken


def test_a_chosen_length_is_met_or_refused_at_once(coach: Coach) -> None:
    wanted = coach.perform("calm").timeline.duration_ms + 4000
    assert abs(coach.perform("calm", fit=wanted).timeline.duration_ms - wanted) <= 1000
    with pytest.raises(FitError):
        coach.perform("calm", fit="2 h")


def test_every_problem_is_raised_at_once(coach: Coach, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("title: {da: X}\nphase: nope\nsteps: [{say: {en: Hi.}, sied: 3}]\n", encoding="utf-8")
    with pytest.raises(RoutineError) as caught:
        coach.perform(path)
    assert len(caught.value.problems) >= 2
    path.write_text("title: {da: X, en: X}\nlanguage: da\nsteps: [{say: {da: Hej.}}]\n", encoding="utf-8")
    with pytest.raises(RoutineError) as caught:
        coach.perform(path, language="en")
    assert [problem.rule for problem in caught.value.problems] == ["missing-language"]
    with pytest.raises(NotFoundError):
        coach.perform("calmm")


@pytest.mark.parametrize(
    "chosen",
    [
        {"language": "dk"}, {"level": "hard"}, {"profile": "car"}, {"pace": "fast"}, {"pace": True},
        {"fit": "20"}, {"fit": "soon"}, {"music_db": 3}, {"duck_db": "loud"},
    ],
)  # fmt: skip
def test_a_value_that_there_is_not_is_told(coach: Coach, chosen: dict[str, Any]) -> None:
    with pytest.raises(OptionError) as caught:
        coach.perform("calm", **chosen)
    assert caught.value.hint
    assert next(iter(chosen)) in caught.value.message


def test_a_mistyped_option_is_a_mistake_of_the_program(coach: Coach) -> None:
    with pytest.raises(TypeError, match="langauge"):
        coach.perform("calm", langauge="da")  # type: ignore[call-arg]


# --- files ---------------------------------------------------------------------------------------------------


def test_made_is_what_lies_there(coach: Coach, tmp_path: Path) -> None:
    made = coach.perform("calm").export(tmp_path / "a.mp3", sidecars=("lrc",))
    assert made.bytes == (tmp_path / "a.mp3").stat().st_size
    assert made.sha256 == subprocess.check_output(["sha256sum", made.path], text=True).split()[0]
    assert made.beside == (tmp_path / "a.lrc",)
    assert [path.name for path in made.beside if not path.is_file()] == []


def test_an_album_is_a_file_a_chapter(coach: Coach, tmp_path: Path) -> None:
    performance = coach.perform("calm")
    tracks = performance.export_album(tmp_path / "album", format="wav")
    assert sum(track.duration_ms for track in tracks) == performance.timeline.duration_ms
    assert len(tracks) == len(performance.timeline.chapters)
    assert all(track.bytes == track.path.stat().st_size for track in tracks)


def test_what_is_somebody_elses_stays(coach: Coach, tmp_path: Path) -> None:
    other = tmp_path / "b.mp3"
    other.write_bytes(b"mine")
    with pytest.raises(OutputError):
        coach.perform("calm").export(other)
    assert other.read_bytes() == b"mine"
    performance = coach.perform("calm")
    first = performance.export(other, force=True).sha256
    assert performance.export(other).sha256 == first  # an export of the same routine


@pytest.mark.parametrize("stage", ["speaking", "levels", "writing"])
@pytest.mark.parametrize("how", ["cancelled", "raised"])
def test_work_that_is_given_up_leaves_nothing(coach: Coach, tmp_path: Path, stage: str, how: str) -> None:
    reached: list[str] = []

    def progress(told: Progress) -> None:
        reached.append(told.stage)
        if how == "raised" and told.stage == stage:
            raise KeyError(stage)

    folder = tmp_path / "out"
    folder.mkdir()
    performance = coach.perform("calm")
    with pytest.raises(CancelledError if how == "cancelled" else KeyError):
        performance.export(
            folder / "a.mp3",
            progress=progress,
            cancelled=(lambda: stage in reached) if how == "cancelled" else None,
        )
    assert os.listdir(folder) == []
    assert performance.export(folder / "a.mp3").bytes  # and it can be asked for again


def test_progress_tells_all_of_the_work(coach: Coach, tmp_path: Path) -> None:
    told: list[Progress] = []
    performance = coach.perform("calm")
    performance.export(tmp_path / "a.wav", progress=told.append)
    assert list(dict.fromkeys(progress.stage for progress in told)) == ["speaking", "levels", "writing"]
    assert told[-1] == Progress("writing", performance.timeline.duration_ms, performance.timeline.duration_ms)


# --- jobs ----------------------------------------------------------------------------------------------------


def test_a_job_is_made(coach: Coach, tmp_path: Path) -> None:
    made = coach.make(Job(routine="calm", language="en", out=tmp_path / "a.mp3", year=2020))
    assert isinstance(made, Made)
    assert made.path == tmp_path / "a.mp3"
    assert pickle.loads(pickle.dumps(made)).sha256 == made.sha256


def test_a_job_has_all_that_can_be_chosen() -> None:
    named = {field.name for field in fields(Job)}
    assert named == {"routine", "out", "force", *Choices.__annotations__, *FileChoices.__annotations__} - {"fit_ms"}


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        ({"routine": "nothing"}, "not-found"),
        ({"routine": "\0"}, "not-found"),
        ({"language": "dk"}, "option"),
        ({"level": 3}, "option"),
        ({"fit": "2 h"}, "fit"),
        ({"voice": "nobody"}, "not-found"),
        ({"out": "a.xyz"}, "output"),
        ({"out": "\0.mp3"}, "output"),
        ({"out": "none/there/a.mp3"}, "output"),
        ({"out": "x" * 300 + ".mp3"}, "output"),
        ({"music": "~nosuchuser/x"}, "not-found"),
        ({"music": "nothing.mp3"}, "render"),
        ({"sidecars": "xyz"}, "output"),
        ({"format": "xyz"}, "output"),
    ],
)
def test_a_job_fails_with_its_reason(coach: Coach, tmp_path: Path, wanted: dict[str, Any], rule: str) -> None:
    values: dict[str, Any] = {"routine": "calm", "out": "a.mp3", **wanted}
    job = Job(**{**values, "out": str(tmp_path / values["out"])})
    failed = coach.make(job)
    assert isinstance(failed, Failed)
    assert (failed.rule, failed.job) == (rule, job)
    assert failed.message
    assert pickle.loads(pickle.dumps(failed)) == failed
    assert not (tmp_path / "a.mp3").exists()


def test_a_broken_routine_fails_with_its_first_error(coach: Coach, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("title: {da: X}\nsteps: [{sey: {da: Hej.}}]\n", encoding="utf-8")
    failed = coach.make(Job(routine=path, out=tmp_path / "a.mp3"))
    assert isinstance(failed, Failed)
    assert failed.problems
    assert failed.rule in {problem.rule for problem in failed.problems}
    assert failed.message.startswith(f"{path}:")


# --- what there is -------------------------------------------------------------------------------------------


def test_the_routines_that_were_given_are_there_too(coach: Coach) -> None:
    found = {entry.id: entry.title for entry in coach.routines()}
    assert found["calm"] == "Rolig"
    assert "back-cool-down" in found
    assert {entry.id: entry.title for entry in coach.routines("en")}["calm"] == "Calm"
    with pytest.raises(OptionError):
        coach.routines("dk")


def test_files_are_checked_by_id_or_path(coach: Coach, tmp_path: Path) -> None:
    assert coach.check(["calm", tmp_path / "club" / "calm.yaml"]) == ()
    path = tmp_path / "bad.yaml"
    path.write_text("title: [", encoding="utf-8")
    assert {problem.rule for problem in coach.check([path])} == {"yaml-syntax"}


def test_an_argument_beats_the_environment_and_that_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "config.toml").write_text('[folders]\ncache = "/of/config"\nroutines = ["club"]\n', encoding="utf-8")
    for name in ("VOICECOACH_CACHE_DIR", "VOICECOACH_CONFIG_DIR", "VOICECOACH_ROUTINES"):
        monkeypatch.delenv(name, raising=False)
    assert places().cache != Path("/of/config")
    assert places(config=own).cache == Path("/of/config")
    assert places(config=own / "config.toml").routines == (own / "club",)
    monkeypatch.setenv("VOICECOACH_CONFIG_DIR", str(own))
    assert places().own == own
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", "/of/environment")
    monkeypatch.setenv("VOICECOACH_ROUTINES", f"/a{os.pathsep}/b")
    assert places().cache == Path("/of/environment")
    assert places().routines == (Path("/a"), Path("/b"))
    assert places(cache="/of/argument").cache == Path("/of/argument")
    assert places(routines=[]).routines == ()


def test_a_broken_configuration_is_told_where_it_matters(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[folders]\nroutines = 3\n", encoding="utf-8")
    with Coach(config=tmp_path, cache=tmp_path / "cache") as coach:
        assert coach.routines()
        with pytest.raises(SettingsError) as caught:
            coach.perform("screening")
    assert [problem.location.line for problem in caught.value.problems] == [2]


def test_everything_that_can_be_made_again_lies_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "other"))
    with Coach(cache=tmp_path / "cache") as coach:
        coach.perform("screening", voice="pyttsx3:gmq/da").export(tmp_path / "a.mp3")
    assert {path.name.split("-")[0] for path in (tmp_path / "cache").iterdir()} >= {"speech", "rendered", "espeak"}
    assert not (tmp_path / "other").exists()


def test_a_coach_that_was_closed_speaks_no_more(coach: Coach) -> None:
    performance = coach.perform("calm")
    coach.close()
    with pytest.raises(voicecoach.SpeechError):
        _ = performance.timeline


# --- threads and processes -----------------------------------------------------------------------------------


def test_several_threads_speak_each_word_once(coach: Coach, engine: FakeEngine, tmp_path: Path) -> None:
    performance = coach.perform("calm")

    def export(number: int) -> str:
        return performance.export(tmp_path / f"{number}.mp3").sha256

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(export, range(4)))) == 1
    assert len(engine.spoken) == len(set(engine.spoken))


def _exported(performance: Performance, path: Path, answers: Any) -> None:
    answers.put(performance.export(path).sha256)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_goes_on(coach: Coach, tmp_path: Path) -> None:
    """Even if another thread held the locks at that moment."""
    performance = coach.perform("calm")
    expected = performance.export(tmp_path / "parent.mp3").sha256
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with performance._lock, coach._lock:
            held.set()
            done.wait(60)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(60)
    child = context.Process(target=_exported, args=(performance, tmp_path / "child.mp3", answers))
    child.start()
    done.set()
    thread.join()
    child.join(60)
    assert child.exitcode == 0
    assert answers.get() == expected


# --- the package ---------------------------------------------------------------------------------------------


def test_every_public_name_is_there() -> None:
    for name in voicecoach.__all__:
        assert getattr(voicecoach, name).__name__ == name
    assert set(voicecoach.__all__) <= set(dir(voicecoach))
    with pytest.raises(AttributeError):
        _ = voicecoach.nothing


def test_asking_for_the_coach_loads_little() -> None:
    code = (
        "import sys, voicecoach\n"
        "before = {name for name in sys.modules if name.startswith('voicecoach.')}\n"
        "voicecoach.Coach\n"
        "heavy = {'numpy', 'pydantic', 'yaml', 'miniaudio'} & set(sys.modules)\n"
        "print(sorted(before), sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "['voicecoach.no_telemetry'] []"


def test_a_warm_export_does_without_what_is_slow_to_load(tmp_path: Path) -> None:
    ours = {"voicecoach.language.lexicon", "voicecoach.routine.check", "voicecoach.sheet"}
    slow = {"numpy", "pydantic", "miniaudio", "lameenc", "PIL", "yaml", "html"} | ours
    with_tones = tmp_path / "one.yaml"
    with_tones.write_text("title: Én\nlanguage: da\nsteps: [{exercise: knee-to-chest, hold: 5 s}]\n", "utf-8")
    code = (
        "import sys; from voicecoach import Coach\n"
        "with Coach() as coach:\n"
        f"    coach.perform('screening', voice='pyttsx3:gmq/da').export({str(tmp_path / 'a.mp3')!r})\n"
        f"    coach.perform({str(with_tones)!r}, voice='pyttsx3:gmq/da').export({str(tmp_path / 'b.mp3')!r})\n"
        f"print(sorted({slow} & set(sys.modules)))"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
