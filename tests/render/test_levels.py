"""Levels: words and sentences alike, the programme at its target, peaks under the ceiling."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.render.sounds import audio_of, clip, coached, fake_speech, needs_espeak, timeline, utterance
from voicecoach.model import Audio, LevelledTimeline, Tone
from voicecoach.render.clip import CEILING_DBTP, clip_samples, limited
from voicecoach.render.levels import TARGET_LUFS, active_lufs, measured_lufs, with_levels
from voicecoach.render.loudness import integrated_lufs, true_peak_dbtp
from voicecoach.render.mix import render_blocks

TALK = ["Træk det ene knæ mod brystet.", "Næste: lændestræk. Tredive sekunder på hver side.", "Læg dig på ryggen."]
TALK_EN = ["Pull one knee towards your chest.", "Next: back stretch. Thirty seconds a side.", "Lie on your back."]
COUNT = ["fem", "fire", "tre", "to", "en"]
COUNT_EN = ["five", "four", "three", "two", "one"]


def mixed(programme: LevelledTimeline) -> NDArray[np.float32]:
    return np.concatenate(list(render_blocks(programme, audio_of)))


def check_programme(programme: LevelledTimeline) -> None:
    levelled = with_levels(programme, audio_of)
    samples = mixed(levelled)
    assert integrated_lufs(samples) == pytest.approx(TARGET_LUFS, abs=0.7)
    assert measured_lufs(levelled, audio_of) == pytest.approx(integrated_lufs(samples), abs=0.3)
    assert true_peak_dbtp(samples) <= CEILING_DBTP + 0.3


@pytest.mark.parametrize("breath", [False, True])
@pytest.mark.parametrize("talk", [TALK, []])
def test_a_programme_meets_its_target(talk: list[str], breath: bool) -> None:
    check_programme(coached("fake:voice", talk, COUNT, breath=breath))


@needs_espeak
@pytest.mark.parametrize(("voice", "talk", "count"), [("da", TALK, COUNT), ("en-us", TALK_EN, COUNT_EN)])
@pytest.mark.parametrize("breath", [False, True])
def test_a_real_voice_meets_its_target(voice: str, talk: list[str], count: list[str], breath: bool) -> None:
    check_programme(coached(voice, talk, count, breath=breath))


@needs_espeak
def test_a_quiet_word_sits_beside_a_sentence() -> None:
    """eSpeak says "tredive" 4.5 dB quieter than the sentences around it."""
    words = [utterance(text, "da") for text in ("Tredive", "tre", *TALK)]
    levelled = with_levels(timeline([clip(word, 8000 * n) for n, word in enumerate(words)], 48_000), audio_of)
    levels = [active_lufs(clip_samples(audio_of(clip.sound), clip.gain_db)) for clip in levelled.clips]
    assert max(levels) - min(levels) < 1.5


def test_the_beginning_has_the_gains_that_it_has_in_the_whole() -> None:
    whole = coached("fake:voice", TALK, COUNT)
    beginning = timeline(list(whole.clips[:2]), whole.clips[2].start_ms)
    known = with_levels(beginning, audio_of, trim_db=0)
    assert known.clips == with_levels(whole, audio_of, trim_db=0).clips[:2]


def test_levels_are_the_same_each_time() -> None:
    programme = coached("fake:voice", TALK, COUNT)
    assert with_levels(programme, audio_of) == with_levels(programme, audio_of)


def test_a_programme_without_sound_stays_as_it_is() -> None:
    silent = Audio(samples=np.zeros(4800, np.float32), sample_rate_hz=48_000)
    assert with_levels(timeline([], 1000), audio_of).clips == ()
    levelled = with_levels(timeline([clip(utterance("a"), 0)], 1000), lambda _: silent)
    assert levelled.clips[0].gain_db == 0


def test_noise_in_an_all_but_silent_file_is_not_blown_up() -> None:
    faint = Audio(samples=fake_speech("a").samples * np.float32(1e-4), sample_rate_hz=48_000)
    assert with_levels(timeline([clip(Tone(name="end"), 0)], 1000), lambda _: faint, trim_db=0).clips[0].gain_db <= 30


def test_the_limiter_holds_its_ceiling_and_leaves_the_rest_alone() -> None:
    samples = fake_speech("en sætning med toppe").samples
    quiet = limited(samples, 1.0)
    assert quiet is samples
    ceiling = float(np.abs(samples).max()) * 0.7
    held = limited(samples, ceiling)
    assert float(np.abs(held).max()) <= ceiling * (1 + 1e-6)
    assert true_peak_dbtp(held) <= 20 * np.log10(ceiling) + 0.3
    peaks = np.flatnonzero(np.abs(samples) > ceiling / 2)
    far = np.ones(len(samples), bool)
    for peak in peaks:
        far[max(peak - 500, 0) : peak + 500] = False
    np.testing.assert_array_equal(held[far], samples[far])


def test_the_limiter_turns_down_without_a_step() -> None:
    samples = np.full(9600, 0.1, np.float32)
    samples[4800] = 1.0
    gain = limited(samples, 0.5) / samples
    assert gain[4800] == pytest.approx(0.5, abs=1e-3)
    assert float(np.abs(np.diff(gain)).max()) < 0.01
