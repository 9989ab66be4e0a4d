"""The MP3 itself: frames, the tag frame, and places exact to the sample in three decoders."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.output.programmes import blocks_from, decoded, needs_ffmpeg, needs_mpg123, spoken_programme
from tests.render.sounds import audio_of, coached
from voicecoach.model import LevelledTimeline
from voicecoach.output.base import programme_of
from voicecoach.output.mp3.format import Mp3, encode
from voicecoach.output.mp3.frames import crc16, cut_frames, frame_bytes, tag_frame
from voicecoach.render.levels import TARGET_LUFS, with_levels
from voicecoach.render.loudness import integrated_lufs, true_peak_dbtp

DECODERS = [
    "miniaudio",
    pytest.param("ffmpeg", marks=needs_ffmpeg),
    pytest.param("mpg123", marks=needs_mpg123),
]


def mp3_file(programme: LevelledTimeline, folder: Path) -> Path:
    path = folder / "a.mp3"
    with path.open("wb") as file:
        Mp3().write(blocks_from(programme), programme_of(programme), file)
    return path


@pytest.mark.parametrize("decoder", DECODERS)
def test_every_clip_is_where_the_plan_says_to_the_sample(decoder: str, tmp_path: Path) -> None:
    programme = spoken_programme(9973)
    heard = decoded(decoder, mp3_file(programme, tmp_path))
    assert len(heard) == 9973 * 48
    for clip in programme.clips[:-1]:
        sound = audio_of(clip.sound).samples
        at = clip.start_ms * 48
        reach = 40
        around = np.pad(heard, reach)[at : at + len(sound) + 2 * reach]
        match = np.correlate(around, sound, "valid")
        assert int(match.argmax()) - reach == 0, clip


@pytest.mark.parametrize("decoder", DECODERS)
def test_loudness_and_peak_of_the_decoded_file(decoder: str, tmp_path: Path) -> None:
    talk = ["Træk det ene knæ mod brystet.", "Læg dig på ryggen."]
    programme = with_levels(coached("fake:voice", talk, ["tre", "to", "en"], rounds=1), audio_of)
    heard = decoded(decoder, mp3_file(programme, tmp_path))
    assert integrated_lufs(heard) == pytest.approx(TARGET_LUFS, abs=1)
    assert true_peak_dbtp(heard) <= -1


@pytest.mark.skipif(not (shutil.which("espeak-ng") and shutil.which("ffmpeg")), reason="needs espeak-ng and ffmpeg")
@pytest.mark.parametrize("voice", ["da", "en-us"])
def test_a_real_voice_after_mp3_as_ffmpeg_measures_it(voice: str, tmp_path: Path) -> None:
    talk = ["Next: knee to chest. Thirty seconds on each side.", "Træk det ene knæ mod brystet.", "Lie on your back."]
    programme = with_levels(coached(voice, talk, ["tre", "two", "en"], breath=True), audio_of)
    path = mp3_file(programme, tmp_path)
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, check=True).stderr.decode()
    assert float(re.findall(r"I:\s+(\S+) LUFS", said)[-1]) == pytest.approx(TARGET_LUFS, abs=1)
    assert float(re.findall(r"Peak:\s+(\S+) dBFS", said)[-1]) <= -1


def test_mp3val_finds_nothing_to_say(tmp_path: Path) -> None:
    if not shutil.which("mp3val"):
        pytest.skip("mp3val is not installed")
    said = subprocess.run(["mp3val", mp3_file(spoken_programme(), tmp_path)], capture_output=True, check=True).stdout
    assert b"WARNING" not in said
    assert b"ERROR" not in said


def test_frames_are_cut_the_same_however_they_come() -> None:
    frames = list(encode(blocks_from(spoken_programme(1000))))
    stream = b"".join(frames)
    assert {len(frame) for frame in frames} == {240}
    assert list(cut_frames(stream[at : at + 7] for at in range(0, len(stream), 7))) == frames
    with pytest.raises(ValueError, match="no MP3 frame"):
        frame_bytes(b"RIFF")


def test_the_tag_frame_says_what_it_must() -> None:
    header = bytes.fromhex("fffb74c4")
    frame = tag_frame(header, [288] * 43, 48_000)
    assert len(frame) == 288
    assert frame[21:25] == b"Info"
    assert int.from_bytes(frame[29:33], "big") == 43
    assert int.from_bytes(frame[33:37], "big") == 44 * 288
    delays = int.from_bytes(frame[162:165], "big")
    assert (delays >> 12, delays & 0xFFF) == (576, 43 * 1152 - 576 - 48_000)
    assert int.from_bytes(frame[175:177], "big") == crc16(frame[:175])
    seek_points = frame[37:137]
    assert list(seek_points) == sorted(seek_points)
    assert tag_frame(header, [288, 144] * 20, 45_000)[21:25] == b"Xing"
    with pytest.raises(ValueError, match="cannot hold"):
        tag_frame(header, [288] * 40, 48_000)


def test_the_crc_is_crc_16_arc() -> None:
    assert crc16(b"123456789") == 0xBB3D
