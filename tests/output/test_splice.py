"""Laid out of kept frames, a programme sounds as it does encoded straight through."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.output.programmes import blocks_from, decoded, needs_ffmpeg, needs_mpg123
from tests.render.sounds import audio_of, clip, timeline, utterance
from voicecoach.disk_cache import DiskCache, digest
from voicecoach.model import Audio, LevelledClip, LevelledTimeline, Sound, Tone
from voicecoach.output.base import programme_of
from voicecoach.output.mp3.chunks import encode_in_chunks
from voicecoach.output.mp3.format import KBIT, Mp3, encode
from voicecoach.output.mp3.frames import (
    cut_frames,
    frame_data,
    frame_kbit,
    in_stretches,
    packed,
    silent_frame,
    write_frames,
)
from voicecoach.output.mp3.splice import GAP_MS, Splicing, worth_splicing
from voicecoach.render.levels import with_levels
from voicecoach.render.pieces import Mix

WORDS = [utterance(text) for text in ("en", "to", "tre", "fire", "næste")]
TONES: list[Sound] = [Tone(name="start"), Tone(name="breath-in"), Tone(name="end")]
BORDER = 5 * 1152
"""Samples around the beginning and the end of a clip in which a splice would be heard."""
LOSS_DB, LOSS_OF_A_WORD_DB = 0.3, 1.5
"""Signal to noise, against one encoder straight through: on average splicing gains 0.5 dB on these noises, as each
word has the encoder's whole reserve; a single one may lose."""
INAUDIBLE_DB = -35


def identity(sound: Sound) -> bytes:
    return digest(repr(sound))


def mix(programme: LevelledTimeline, folder: Path | None = None) -> Mix:
    kept = DiskCache(folder, 10**8) if folder else DiskCache(Path("/dev/null/none"), 0)
    return Mix(programme, audio_of, identity, kept)


def exported(programme: LevelledTimeline, blocks: Mix, channels: int = 1) -> bytes:
    file = BytesIO()
    Mp3().write(blocks, replace(programme_of(programme), channels=channels), file)
    return file.getvalue()


def straight(programme: LevelledTimeline) -> bytes:
    file = BytesIO()
    write_frames(in_stretches(encode(blocks_from(programme))), programme.duration_ms * 48, file)
    return file.getvalue()


def heard(mp3: bytes, channels: int = 1) -> NDArray[np.float32]:
    import miniaudio

    made = miniaudio.decode(mp3, miniaudio.SampleFormat.FLOAT32, nchannels=channels, sample_rate=48_000).samples
    return np.asarray(made, dtype=np.float32)


def error_db(samples: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    return float(10 * np.log10(np.square(samples - expected).sum() / np.square(expected).sum()))


@st.composite
def programmes(draw: st.DrawFn) -> LevelledTimeline:
    """Words and tones one after another, apart, close and over one another; also outside the programme."""
    clips: list[LevelledClip] = []
    at_ms = draw(st.sampled_from([-150, 0, 0, 1, 23, 700]))
    for _ in range(draw(st.integers(1, 9))):
        clips.append(
            clip(draw(st.sampled_from([*WORDS, *WORDS, *TONES])), at_ms, gain_db=draw(st.sampled_from([0, -6])))
        )
        gap_ms = draw(st.sampled_from([-60, 0, 5, 47, 95, 96, 97, 300, 1000]) | st.integers(-100, 700))
        at_ms = max(at_ms, clips[-1].end_ms + gap_ms)
    cut_ms = draw(st.sampled_from([-40, 0, 1, 30, 500]))
    return timeline(clips, max(max(one.end_ms for one in clips) + cut_ms, 1))


def counting(every_ms: int) -> LevelledTimeline:
    return timeline([clip(WORDS[n % 4], every_ms * n) for n in range(12)], every_ms * 12 + 500)


def breathing() -> LevelledTimeline:
    """Tones under speech."""
    tones = [clip(TONES[1], 2000 * n) for n in range(4)]
    return timeline([*tones, clip(WORDS[4], 150), clip(WORDS[2], 2300), clip(WORDS[1], 6001)], 8000)


@given(programmes())
@example(counting(300))
@example(counting(1000))
@example(breathing())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_sounds_as_encoded_straight_through(programme: LevelledTimeline) -> None:
    blocks = mix(programme)
    expected = np.concatenate(list(blocks))
    spliced, full = heard(spliced_whatever_it_costs(programme, blocks)), heard(straight(programme))
    assert len(spliced) == len(full) == programme.duration_ms * 48
    if not expected.any():
        assert not spliced.any()
        return
    loss_db = LOSS_DB if np.count_nonzero(expected) > 3 * 48_000 else LOSS_OF_A_WORD_DB
    assert error_db(spliced, expected) <= max(error_db(full, expected) + loss_db, INAUDIBLE_DB)
    sounding = np.zeros(len(expected), bool)
    for one in programme.clips:
        sounding[max(one.start_ms * 48 - BORDER, 0) : max(one.end_ms * 48 + BORDER, 0)] = True
    assert not spliced[~sounding].any()
    worst = max(float(np.abs(full - expected).max()), 0.01)
    assert float(np.abs(spliced - expected).max()) <= 2 * worst
    quiet = np.convolve(np.abs(expected) > 0, np.ones(97), "same") == 0
    click = float(np.abs(spliced[quiet]).max(initial=0))
    assert click <= float(np.abs(full[quiet]).max(initial=0)) + 0.005


def spliced_whatever_it_costs(programme: LevelledTimeline, blocks: Mix) -> bytes:
    from voicecoach.output.mp3.splice import spliced

    file = BytesIO()
    samples = programme.duration_ms * 48
    write_frames(spliced(blocks.pieces(GAP_MS), samples, Splicing(encode, KBIT, 1, b""), blocks.kept), samples, file)
    return file.getvalue()


@given(programmes())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_pieces_are_the_programme(programme: LevelledTimeline) -> None:
    blocks = mix(programme)
    expected = np.concatenate(list(blocks))
    laid = np.zeros_like(expected)
    end_ms = -GAP_MS
    for piece in blocks.pieces(GAP_MS):
        assert piece.start_ms >= end_ms + GAP_MS or end_ms < 0
        end_ms = piece.start_ms + piece.duration_ms
        samples = piece.samples()
        assert len(samples) == 48 * piece.duration_ms
        laid[48 * piece.start_ms :][: len(samples)] = samples
    assert end_ms <= programme.duration_ms
    np.testing.assert_array_equal(laid, expected)


def test_pieces_have_one_key_only_if_they_sound_the_same() -> None:
    programme = timeline([clip(WORDS[0], 0), clip(WORDS[0], 1000), clip(WORDS[0], 2001), clip(WORDS[1], 3000)], 5000)
    keys = [piece.key for piece in mix(programme).pieces(GAP_MS)]
    assert keys[0] == keys[1] == keys[2] != keys[3]
    louder = replace(programme, clips=tuple(replace(one, gain_db=1) for one in programme.clips))
    assert not {piece.key for piece in mix(louder).pieces(GAP_MS)} & set(keys)


def routine() -> LevelledTimeline:
    """Half a minute as a coach speaks it, with its levels."""
    talk = [clip(utterance("Træk det ene knæ mod brystet"), 500), clip(TONES[0], 3000)]
    count = [clip(WORDS[n % 4], 12_007 + 1000 * n) for n in range(12)]
    return with_levels(timeline([*talk, *count, clip(TONES[2], 25_000)], 30_000), audio_of)


@pytest.mark.parametrize(
    "decoder",
    ["miniaudio", pytest.param("ffmpeg", marks=needs_ffmpeg), pytest.param("mpg123", marks=needs_mpg123)],
)
def test_three_decoders_agree(decoder: str, tmp_path: Path) -> None:
    programme = routine()
    (tmp_path / "a.mp3").write_bytes(exported(programme, mix(programme)))
    (tmp_path / "b.mp3").write_bytes(straight(programme))
    expected = np.concatenate(list(mix(programme)))
    spliced, full = decoded(decoder, tmp_path / "a.mp3"), decoded(decoder, tmp_path / "b.mp3")
    assert len(spliced) == len(expected)
    assert error_db(spliced, expected) <= error_db(full, expected) + LOSS_DB


@needs_ffmpeg
@pytest.mark.parametrize(("at_s", "lost_frames"), [(0.2, 0), (0.5, 2), (2.7, 0), (11.9, 0), (14.007, 2), (24.5, 0)])
def test_seeking_is_exact(at_s: float, lost_frames: int, tmp_path: Path) -> None:
    """In silence, where steps begin, to the sample. A decoder that begins in a sound lacks what stands before."""
    programme = routine()
    path = tmp_path / "a.mp3"
    path.write_bytes(exported(programme, mix(programme)))
    command = ["ffmpeg", "-v", "error", "-ss", str(at_s), "-i", str(path), "-t", "1", "-f", "f32le", "-"]
    found = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, "<f4")
    whole = heard(path.read_bytes())[round(at_s * 48_000) :][: len(found)]
    assert len(found) == 48_000
    np.testing.assert_allclose(found[lost_frames * 1152 :], whole[lost_frames * 1152 :], atol=1e-4)


@pytest.mark.skipif(not shutil.which("mp3val"), reason="mp3val is not installed")
@pytest.mark.parametrize("channels", [1, 2])
def test_mp3val_finds_nothing_to_say(channels: int, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(exported(routine(), mix(routine()), channels))
    said = subprocess.run(["mp3val", path], capture_output=True, check=True).stdout
    assert b"WARNING" not in said
    assert b"ERROR" not in said


def test_stereo_is_mono_twice_to_the_last_bit() -> None:
    programme = routine()
    mono = heard(exported(programme, mix(programme)))
    both = heard(exported(programme, mix(programme), channels=2), channels=2).reshape(-1, 2)
    np.testing.assert_array_equal(both[:, 0], mono)
    np.testing.assert_array_equal(both[:, 1], mono)


def test_progress_goes_up() -> None:
    programme, told = routine(), list[int]()
    kept = DiskCache(Path("/dev/null/none"), 0)
    exported(programme, Mix(programme, audio_of, identity, kept, told.append))
    assert told == sorted(set(told))
    assert told[-1] <= programme.duration_ms


# --- bytes -----------------------------------------------------------------------------------------------------


def test_the_bytes_do_not_depend_on_what_is_kept(tmp_path: Path) -> None:
    programme = routine()
    cold = exported(programme, mix(programme))
    part = replace(programme, clips=programme.clips[3:9])
    exported(part, mix(part, tmp_path))  # some of it is kept
    assert exported(programme, mix(programme, tmp_path)) == cold
    assert exported(programme, mix(programme, tmp_path)) == cold


def test_what_is_kept_needs_no_sound(tmp_path: Path) -> None:
    programme = routine()
    first = exported(programme, mix(programme, tmp_path))

    def refuse(sound: Sound) -> Audio:
        raise AssertionError(sound)

    warm = Mix(programme, refuse, identity, DiskCache(tmp_path, 10**8))
    assert exported(programme, warm) == first


@pytest.mark.parametrize("harm", ["cut", "empty", "flip", "other", "folder"])
def test_damaged_frames_are_made_again(harm: str, tmp_path: Path) -> None:
    programme = routine()
    first = exported(programme, mix(programme, tmp_path))
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    for path in files:
        data = bytearray(path.read_bytes())
        if harm == "folder":
            path.unlink()
            path.mkdir()
            continue
        data[len(data) // 2] ^= 1
        changed: dict[str, bytes | bytearray] = {
            "cut": data[: len(data) // 2],
            "empty": b"",
            "flip": data,
            "other": files[0].read_bytes()[:-1],
        }
        path.write_bytes(changed[harm])
    assert exported(programme, mix(programme, tmp_path)) == first
    if harm != "folder":
        assert exported(programme, mix(programme, tmp_path)) == first


# --- sound without a pause -------------------------------------------------------------------------------------


def hum(seconds: float) -> Iterator[NDArray[np.float32]]:
    at = np.arange(round(seconds * 48_000)) / 48_000
    notes = sum(np.sin(2 * np.pi * hz * at + np.sin(2 * np.pi * 0.3 * at + hz)) for hz in (110, 277, 440, 1760))
    noise = np.random.default_rng(0).normal(0, 0.01, len(at))
    sound = (0.05 * notes + noise).astype(np.float32)
    yield from np.array_split(sound, 17)


@pytest.mark.parametrize("seconds", [0, 0.001, 1.2, 2.4, 2.496, 2.5, 7.3])
def test_chunks_are_the_whole(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicecoach.output.mp3.chunks.CHUNK_FRAMES", 100)
    samples = round(seconds * 48_000)
    whole, chunks = BytesIO(), BytesIO()
    write_frames(in_stretches(encode(hum(seconds))), samples, whole)
    frames = list(packed(encode_in_chunks(hum(seconds), encode), frame_kbit(KBIT, 1, 32)))
    assert {len(frame) for frame in frames} == {3 * 96}  # at joints too
    write_frames(in_stretches(frames), samples, chunks)
    if samples == 0:
        return
    expected = np.concatenate(list(hum(seconds)))
    one, other = heard(whole.getvalue()), heard(chunks.getvalue())
    assert len(one) == len(other) == samples
    assert error_db(other, expected) <= error_db(one, expected) + LOSS_DB
    joints = np.zeros(samples, bool)
    for at in range(100 * 1152 - 576, samples, 100 * 1152):
        joints[at - 1152 : at + 2304] = True
    if joints.any():
        assert np.abs(other - expected)[joints].max() <= 2 * np.abs(one - expected).max()


def test_hearts_are_those_of_one_encoder_from_its_first_frame() -> None:
    with pytest.raises(ValueError, match="their encoder began"):
        list(frame_data(list(encode(hum(2)))[40:]))


@pytest.mark.parametrize("channels", [1, 2])
def test_all_frames_have_one_size(channels: int) -> None:
    """Then a player knows where a time is; Chromium's audio element missed it by 0.8 s in files of other frames."""
    programme = routine()
    data = exported(programme, mix(programme), channels)
    frames = list(cut_frames([data[data.index(b"Info") - (21 if channels == 1 else 36) :]]))
    assert {len(frame) for frame in frames} == {3 * 96}
    assert silent_frame(96, channels) in frames


@pytest.mark.parametrize("channels", [1, 2])
def test_packed_frames_sound_the_same(channels: int) -> None:
    whole, small = BytesIO(), BytesIO()
    frames = list(encode(hum(2)))
    write_frames(in_stretches(frames), 96_000, whole)
    again = list(packed(frame_data(frames), frame_kbit(KBIT, channels), channels))
    assert {len(frame) for frame in again} == {3 * frame_kbit(KBIT, channels)}
    write_frames(in_stretches(again), 96_000, small)
    np.testing.assert_array_equal(heard(whole.getvalue()), heard(small.getvalue()))


def test_a_frame_that_finds_no_room_is_larger() -> None:
    free, tight = BytesIO(), BytesIO()
    frames = list(encode(hum(2)))
    write_frames(in_stretches(frames), 96_000, free)
    again = list(packed(frame_data(frames), 64))
    assert len({len(frame) for frame in again}) > 1
    write_frames(in_stretches(again), 96_000, tight)
    np.testing.assert_array_equal(heard(free.getvalue()), heard(tight.getvalue()))


def test_silence_is_silent() -> None:
    programme = timeline([], 1000)
    assert not heard(exported(programme, mix(programme))).any()


def test_the_way_is_chosen_by_the_programme() -> None:
    dense = mix(counting(220)).pieces(GAP_MS)
    assert not worth_splicing(dense, counting(220).duration_ms)
    assert worth_splicing(mix(routine()).pieces(GAP_MS), 30_000)
    assert worth_splicing([], 0)
