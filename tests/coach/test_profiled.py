"""Profiles and music through the spine: the plan, the file and the player agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.compiler import promises
from tests.fakes import FakeEngine, fake_voice
from tests.output.programmes import FakeDevice, listened, until
from tests.render.test_music import write_tune
from voicecoach.coach import playing
from voicecoach.coach.compiling import compile_routine, levelled
from voicecoach.coach.exporting import write_file
from voicecoach.coach.options import FileOptions, Options
from voicecoach.coach.planning import plan_cues
from voicecoach.coach.profiled import ProfiledSounds
from voicecoach.coach.reading import load
from voicecoach.coach.sounds import Sounds
from voicecoach.coach.under import blocks
from voicecoach.compiler.as_json import as_json as timeline_json
from voicecoach.model import Routine, Utterance
from voicecoach.render.defaults import ProfileName
from voicecoach.render.levels import TARGET_LUFS
from voicecoach.render.loudness import integrated_lufs
from voicecoach.render.profile import PROFILES
from voicecoach.speech.speaker import Speaker

SHORT = """
title: {da: Kort}
phase: core
language: da
steps:
  - exercise:
      name: {da: Planken}
      kind: strength
      instruction: {da: Hold kroppen lige.}
    hold: 20 s
    halfway: true
  - rest: 15 s
  - exercise:
      name: {da: Broen}
      kind: strength
    hold: 20 s
"""


@pytest.fixture(scope="module")
def sounds() -> Iterator[Sounds]:
    engine = FakeEngine(voices=[fake_voice("da")])
    with Sounds(Speaker(engines={"fake": lambda: engine})) as made:
        yield made


@pytest.fixture(scope="module")
def routine(tmp_path_factory: pytest.TempPathFactory) -> Routine:
    path = tmp_path_factory.mktemp("routine") / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return load(str(path))[0]


@pytest.mark.parametrize("profile", ["phone", "gym"])
def test_the_promises_hold_in_every_profile(profile: ProfileName, routine: Routine, sounds: Sounds) -> None:
    options = Options(profile=profile)
    timeline = compile_routine(routine, options, sounds)
    promises.hold_all(routine, timeline, ProfiledSounds(options, sounds).length)
    assert timeline.clips[0].role == "wake"
    first_word = next(clip for clip in timeline.clips if isinstance(clip.sound, Utterance))
    assert first_word.start_ms >= PROFILES[profile].lead_ms


def test_the_phone_only_waits_and_the_gym_says_less(routine: Routine, sounds: Sounds) -> None:
    said = {}
    for name in PROFILES:
        cues = timeline_json(compile_routine(routine, Options(profile=name), sounds))["cues"]
        said[name] = [(cue["start_ms"], cue["text"]) for cue in cues if cue["kind"] == "speech"]
    assert said["phone"] == [(start_ms + 1500, text) for start_ms, text in said["home"]]
    home, gym = ([text for _, text in said[name]] for name in ("home", "gym"))
    assert "Du er halvvejs." in home
    assert "Halvvejs." in gym
    assert sum(map(len, gym)) < 0.9 * sum(map(len, home))


def test_a_chosen_length_is_met_with_what_wakes_the_speaker(sounds: Sounds) -> None:
    cool_down, _ = load("back-cool-down")
    timeline = compile_routine(cool_down, Options(profile="phone", fit_ms=24 * 60_000), sounds)
    assert abs(timeline.duration_ms - 24 * 60_000) <= 1000


@pytest.mark.parametrize("profile", list(PROFILES))
def test_the_file_is_as_long_and_as_loud_as_it_should_be(
    profile: ProfileName, routine: Routine, sounds: Sounds, tmp_path: Path
) -> None:
    options = Options(profile=profile)
    timeline = compile_routine(routine, options, sounds)
    write_file(timeline, sounds, str(tmp_path / "a.wav"), options=options)
    samples = listened(tmp_path / "a.wav")
    assert len(samples) == 48 * timeline_json(timeline)["duration_ms"]
    assert integrated_lufs(samples) == pytest.approx(TARGET_LUFS + PROFILES[profile].loudness_lu, abs=1)


def test_cover_and_bytes_are_the_same_each_time(routine: Routine, sounds: Sounds, tmp_path: Path) -> None:
    options, file = Options(profile="gym", floor=True), FileOptions(phase=routine.phase, year=2025)
    timeline = compile_routine(routine, options, sounds)
    for name in ("a.mp3", "b.mp3"):
        write_file(timeline, sounds, str(tmp_path / name), options=options, file=file)
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()
    assert b"\x89PNG" in (tmp_path / "a.mp3").read_bytes()


def test_music_is_played_as_it_is_exported(
    routine: Routine, sounds: Sounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = Options(music=write_tune(tmp_path / "tune.wav", 10), fit_ms=None)
    timeline = compile_routine(routine, options, sounds)
    write_file(timeline, sounds, str(tmp_path / "a.wav"), options=options)
    exported = listened(tmp_path / "a.wav")
    device = FakeDevice()
    monkeypatch.setattr("voicecoach.coach.playing.open_device", lambda kind: device)
    start_ms = timeline.duration_ms - 12_000
    with playing.opened(routine, options, sounds, plan_cues(routine, options, sounds), "null") as player:
        player.play()
        until(lambda: player.timeline.duration_ms == timeline.duration_ms)
        player.play(start_ms)
        assert player._feed.wait_ready(5, 48_000)
        played = device.pull(48_000).astype(np.float32) / 32768
    np.testing.assert_allclose(played, exported[start_ms * 48 :][:48_000], atol=2 / 32768)
    plain = np.concatenate(list(blocks(levelled(timeline, sounds), sounds.audio, None, start_ms, start_ms + 1000)))
    assert float(np.abs(played - plain).max()) > 0.01  # there is music
