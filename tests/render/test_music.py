"""Music: levelled, down under speech, without clicks, over with the routine, the same from wherever one starts."""

from __future__ import annotations

import tracemalloc
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.render.sounds import audio_of, clip, coached, needs_ffmpeg, timeline, utterance
from voicecoach.errors import RenderError
from voicecoach.model import LevelledTimeline, Tone, Utterance
from voicecoach.render.bed import Hushed, Layers, balanced, with_bed
from voicecoach.render.clip import CEILING_DBTP
from voicecoach.render.defaults import DUCK_DB, MUSIC_DB
from voicecoach.render.floor import FLOOR_DBFS, Floor
from voicecoach.render.levels import SPEECH_LU, TARGET_LUFS, active_lufs, with_levels
from voicecoach.render.loudness import integrated_lufs, true_peak_dbtp
from voicecoach.render.mix import render_blocks
from voicecoach.render.music import ATTACK_MS, BEFORE_MS, FADE_OUT_MS, Music, Tracks, music_files
from voicecoach.units import gain_to_db

SPEECH_LUFS = TARGET_LUFS + SPEECH_LU


def write_tune(path: Path, seconds: float, *, hz: float = 330.0, gain: float = 0.3, rate_hz: int = 44_100) -> Path:
    """A chord at a steady level, two channels."""
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    tune = gain * (np.sin(2 * np.pi * hz * at) + 0.5 * np.sin(2 * np.pi * 3 * hz * at)) / 1.5
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, rate_hz, 0, "NONE", ""))
        file.writeframes(np.repeat(np.rint(tune * 32767).astype("<i2"), 2).tobytes())
    return path


@pytest.fixture(scope="module")
def tune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tune(tmp_path_factory.mktemp("music") / "tune.wav", 20)


def spoken() -> LevelledTimeline:
    """Two sentences, 15 s apart, in a minute."""
    return timeline(
        [clip(utterance("Træk det ene knæ op."), 12_000), clip(utterance("Læg dig ned."), 30_000)], 60_000
    )


def music(path: Path, programme: LevelledTimeline) -> Music:
    return Music(Tracks(music_files(path)), programme, speech_lufs=SPEECH_LUFS)


def part(bed: Music, start_ms: int, end_ms: int) -> NDArray[np.float32]:
    return bed.samples(start_ms * 48, end_ms * 48)


def rms_db(samples: NDArray[np.float32]) -> float:
    return gain_to_db(float(np.sqrt(np.square(samples.astype(np.float64)).mean())))


def test_music_is_at_its_level_in_pauses_and_down_under_speech(tune: Path) -> None:
    programme = spoken()
    bed = music(tune, programme)
    assert integrated_lufs(part(bed, 4000, 11_000)) == pytest.approx(SPEECH_LUFS + MUSIC_DB, abs=0.5)
    for word in programme.clips:
        under = integrated_lufs(part(bed, word.start_ms, word.end_ms))
        assert under == pytest.approx(SPEECH_LUFS + MUSIC_DB + DUCK_DB, abs=0.5)
        assert under <= SPEECH_LUFS - 19.5  # WCAG 2.2, 1.4.7


def test_it_is_down_before_speech_begins_and_comes_up_slowly(tune: Path) -> None:
    programme = spoken()
    bed, (word, _) = music(tune, programme), programme.clips
    before = rms_db(part(bed, word.start_ms - 1200, word.start_ms - ATTACK_MS - BEFORE_MS))
    assert rms_db(part(bed, word.start_ms - 90, word.start_ms)) == pytest.approx(before + DUCK_DB, abs=0.5)
    levels = [rms_db(part(bed, ms, ms + 100)) for ms in range(word.end_ms, word.end_ms + 2300, 100)]
    assert levels == sorted(levels) or max(np.diff(levels) * -1) < 0.3
    assert max(np.diff(levels)) < 1.5


def test_it_does_not_pump_between_counted_seconds(tune: Path) -> None:
    counted = timeline([clip(utterance("to"), 4000 + 1000 * n) for n in range(10)], 40_000)
    bed = music(tune, counted)
    levels = [rms_db(part(bed, ms, ms + 100)) for ms in range(4000, 13_000, 100)]
    assert max(levels) - min(levels) < 0.5


def test_tones_do_not_duck(tune: Path) -> None:
    toned = timeline([clip(Tone(name="start"), 10_000)], 30_000)
    bed = music(tune, toned)
    assert rms_db(part(bed, 10_000, 10_300)) == pytest.approx(rms_db(part(bed, 7000, 7300)), abs=0.3)


def test_loops_do_not_click_and_leave_no_gap(tune: Path) -> None:
    """20 s of music for a minute: two crossfades."""
    silent = timeline([], 60_000)
    samples = part(music(tune, silent), 2000, 60_000 - FADE_OUT_MS)
    assert float(np.abs(np.diff(samples, 2)).max()) < 3 * float(np.abs(np.diff(samples[:48_000], 2)).max())
    levels = [rms_db(samples[at : at + 9600]) for at in range(0, len(samples) - 9600, 9600)]
    assert min(levels) > max(levels) - 9  # a chord may cancel itself for a moment where it crosses itself


def test_a_folder_is_played_in_order_each_at_the_same_level(tmp_path: Path) -> None:
    write_tune(tmp_path / "b.wav", 9, hz=1000, gain=0.05)
    write_tune(tmp_path / "a.wav", 9, hz=250, gain=0.6)
    (tmp_path / "cover.jpg").write_bytes(b"x")
    (tmp_path / ".hidden.wav").write_bytes(b"x")
    bed = music(tmp_path, timeline([], 40_000))
    first, second = part(bed, 3000, 5000), part(bed, 10_000, 12_000)
    pitches = [int(np.abs(np.fft.rfft(samples, 48_000)).argmax()) for samples in (first, second)]
    assert pitches == [250, 1000]
    assert integrated_lufs(first) == pytest.approx(integrated_lufs(second), abs=0.5)


def test_it_ends_with_the_routine(tune: Path) -> None:
    bed = music(tune, timeline([], 30_000))
    levels = [rms_db(part(bed, ms, ms + 1000)) for ms in range(30_000 - FADE_OUT_MS, 30_000, 1000)]
    assert levels[-1] < levels[0] - 15
    assert abs(float(part(bed, 29_999, 30_000)[-1])) < 1e-4


def test_it_is_the_same_from_wherever_one_starts(tune: Path) -> None:
    programme = spoken()
    whole = part(music(tune, programme), 0, 60_000)
    late = music(tune, programme)
    np.testing.assert_array_equal(part(late, 47_123, 47_377), whole[47_123 * 48 : 47_377 * 48])
    np.testing.assert_array_equal(part(late, 11_000, 11_900), whole[11_000 * 48 : 11_900 * 48])


def test_the_beginning_of_a_programme_sounds_as_it_will_in_the_whole(tune: Path) -> None:
    word, later = spoken().clips[0], clip(utterance("Næste."), 15_000)
    whole = music(tune, timeline([word, later], 60_000))
    tracks = Tracks(music_files(tune))
    beginning = Music(tracks, timeline([word], 14_000), speech_lufs=SPEECH_LUFS, whole=False)
    np.testing.assert_array_equal(part(beginning, 0, 14_000), part(whole, 0, 14_000))


def test_the_whole_keeps_its_loudness_and_its_peaks(tune: Path) -> None:
    programme = with_levels(coached("fake:voice", ["Læg dig på ryggen."], ["tre", "to", "en"]), audio_of)
    moved, gain_db = balanced(programme, audio_of, music(tune, programme), TARGET_LUFS)
    layers = Layers([(music(tune, programme), gain_db), (Floor(), 0.0)])
    samples = np.concatenate(list(with_bed(render_blocks(moved, audio_of), layers)))
    assert integrated_lufs(samples) == pytest.approx(TARGET_LUFS, abs=1)
    assert true_peak_dbtp(samples) <= CEILING_DBTP + 0.3
    word = next(clip for clip in moved.clips if clip.start_ms > 21_500 and isinstance(clip.sound, Utterance))
    said = active_lufs(samples[word.start_ms * 48 : word.end_ms * 48])
    under = integrated_lufs(
        np.float32(10 ** (gain_db / 20)) * part(music(tune, programme), word.start_ms, word.end_ms)
    )
    assert said - under == pytest.approx(-MUSIC_DB - DUCK_DB, abs=1)


def test_soft_music_does_not_make_speech_shout(tune: Path) -> None:
    programme = with_levels(timeline([clip(utterance("Nu."), 60_000)], 180_000), audio_of)
    soft = Music(Tracks([tune]), programme, speech_lufs=SPEECH_LUFS, music_db=-20)
    moved, _ = balanced(programme, audio_of, soft, TARGET_LUFS)
    assert moved.clips[0].gain_db - programme.clips[0].gain_db <= 2.01


def test_memory_does_not_grow_with_the_music(tmp_path: Path) -> None:
    def peak(seconds: int) -> int:
        path = write_tune(tmp_path / f"{seconds}.wav", seconds, rate_hz=8000)
        programme = timeline([], 1000 * seconds)
        tracemalloc.start()
        bed = music(path, programme)
        for at in range(0, seconds * 48_000, 4800):
            bed.samples(at, at + 4800)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(30)
    assert peak(240) < 1.2 * peak(60)


@needs_ffmpeg
@pytest.mark.parametrize("suffix", ["mp3", "flac", "m4a"])
def test_other_formats_are_read(suffix: str, tune: Path, tmp_path: Path) -> None:
    import subprocess

    path = tmp_path / f"tune.{suffix}"
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(tune), str(path)], check=True)
    bed = music(path, timeline([], 15_000))
    assert integrated_lufs(part(bed, 3000, 6000)) == pytest.approx(SPEECH_LUFS + MUSIC_DB, abs=0.5)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.mp3", b"", "decoded"),
        ("a.mp3", b"not music", "decoded"),
        ("a.flac", b"fLaC" + bytes(100), "a.flac"),
        ("a.wav", b"RIFF\x00\x00\x00\x00WAVEfmt ", "a.wav"),
        ("a.m4a", b"not music", "a.m4a"),
        ("a.xyz", b"not music", "a.xyz"),
    ],
)
def test_a_broken_file_is_one_clear_line(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RenderError, match=said) as error:
        Tracks(music_files(tmp_path / name))[0]
    assert "\n" not in error.value.message


def test_silence_and_scraps_are_no_music(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="silent"):
        Tracks([write_tune(tmp_path / "a.wav", 3, gain=0)])[0]
    with pytest.raises(RenderError, match="shorter than a second"):
        Tracks([write_tune(tmp_path / "b.wav", 0.5)])[0]
    with pytest.raises(RenderError, match="no music at"):
        music_files(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(RenderError, match="no music in"):
        music_files(tmp_path / "empty")


def test_the_floor_is_faint_steady_and_without_a_seam() -> None:
    floor = Floor()
    samples = floor.samples(9 * 48_000, 12 * 48_000)  # over its end
    assert rms_db(samples) == pytest.approx(FLOOR_DBFS, abs=1)
    assert float(np.abs(samples).max()) < 0.02
    assert float(np.abs(np.diff(samples, 2)).max()) < 0.005
    np.testing.assert_array_equal(floor.samples(480_000, 480_100), floor.samples(0, 100))


def test_nothing_lies_under_a_silence_that_is_asked_for() -> None:
    hushed = Hushed(Floor(), [(1000, 2000)])
    heard = hushed.samples(0, 48 * 3000)
    assert not heard[48 * 1000 : 48 * 2000].any()
    assert np.array_equal(heard[: 48 * 600], Floor().samples(0, 48 * 600))
    assert np.array_equal(heard[48 * 2400 :], Floor().samples(48 * 2400, 48 * 3000))
    assert np.array_equal(hushed.samples(48 * 900, 48 * 2100), heard[48 * 900 : 48 * 2100])  # wherever one begins
