"""Albums and files with what stands beside them: whole or nothing, safe names, and no gap between tracks."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

import numpy as np
import pytest
from numpy.typing import NDArray
from tinytag import TinyTag

from tests.fakes import fast_measure
from tests.output.programmes import blocks_from, listened, spoken_programme, steps
from tests.render.sounds import audio_of
from tests.render.test_music import write_tune
from voicecoach.coach import exporting
from voicecoach.coach.config import Config
from voicecoach.coach.exporting import FileOptions, export, export_album
from voicecoach.coach.pipeline import Options, levelled
from voicecoach.disk_cache import DiskCache, digest
from voicecoach.errors import OutputError, RenderError
from voicecoach.model import Timeline
from voicecoach.output.album import Track, check_folder, playlist, safe_name, track_name, write_album
from voicecoach.output.files import write_together
from voicecoach.output.programme import Programme

TITLES = ("Velkommen", "Lændestræk: venstre", "Hvad nu?", "Afslutning.")
ENDS = (2500, 5003, 5600, 8000)


@pytest.fixture
def sounds(tmp_path: Path) -> Any:
    """What of `pipeline.Sounds` an export asks."""
    kept = DiskCache(tmp_path / "cache", 10**8)
    return SimpleNamespace(
        audio=audio_of,
        length=fast_measure,
        identity=lambda sound: digest("test", repr(sound)),
        kept=kept,
        config=Config(),
        progress=lambda stage, done, total: None,
        speaker=SimpleNamespace(named=lambda voice: None, recorded_files=lambda voice: []),
    )


def routine(spoken: Timeline | None = None) -> Timeline:
    named = tuple(
        replace(step, planned=replace(step.planned, title=title))
        for step, title in zip(steps(*ENDS), TITLES, strict=True)
    )
    programme = spoken or spoken_programme(8000)
    clips = tuple(replace(clip, duration_ms=min(clip.duration_ms, 350)) for clip in programme.clips)
    return replace(programme, title="Nedkøling for ryggen", steps=named, clips=clips)


def heard(folder: Path, names: list[str]) -> list[NDArray[np.float32]]:
    return [listened(folder / name) for name in names]


@pytest.mark.parametrize("ending", ["mp3", "flac", "opus"])
def test_tracks_one_after_another_are_the_whole(ending: str, sounds: Any, tmp_path: Path) -> None:
    names = export_album(routine(), sounds, str(tmp_path / "album"), ending)
    export(routine(), sounds, str(tmp_path / "whole.wav"))
    assert names == [f"{name}.{ending}" for name in (
        "01 Velkommen", "02 Lændestræk- venstre", "03 Hvad nu", "04 Afslutning"
    )]  # fmt: skip
    tracks, whole = heard(tmp_path / "album", names), listened(tmp_path / "whole.wav")
    assert [len(track) for track in tracks] == [48 * ms for ms in np.diff([0, *ENDS])]
    joined = np.concatenate(tracks)
    noise = float(np.square(joined - whole).sum() / np.square(whole).sum())
    assert noise < 0.1  # as codecs keep the noise that the test's speech is
    seams = [abs(float(joined[48 * end] - whole[48 * end])) for end in ENDS[:-1]]
    assert max(seams) < 0.02


def test_tracks_are_numbered_and_belong_together(sounds: Any, tmp_path: Path) -> None:
    names = export_album(
        routine(),
        sounds,
        str(tmp_path / "album"),
        file=FileOptions(phase="cool-down", sidecars=("lrc", "chapters.json")),
    )
    tags = [TinyTag.get(tmp_path / "album" / name, image=True) for name in names]
    assert [(tag.title, tag.album, tag.track, tag.track_total) for tag in tags] == [
        (title, "Nedkøling for ryggen · 1 min · normal · hjemme", number, 4) for number, title in enumerate(TITLES, 1)
    ]
    assert all(tag.images.front_cover for tag in tags)
    assert sorted(os.listdir(tmp_path / "album")) == sorted(
        [*names, *(name.replace(".mp3", ".lrc") for name in names), "00 Nedkøling for ryggen.m3u8"]
    )
    assert "[00:00.50]ord 3" in (tmp_path / "album" / names[1].replace(".mp3", ".lrc")).read_text("utf-8")


def test_the_playlist_is_relative_and_in_order(sounds: Any, tmp_path: Path) -> None:
    names = export_album(routine(), sounds, str(tmp_path / "album"))
    lines = (tmp_path / "album" / "00 Nedkøling for ryggen.m3u8").read_bytes().decode("utf-8").splitlines()
    assert lines[:4] == ["#EXTM3U", "#EXTENC:UTF-8", "#GENERATOR:voicecoach", "#PLAYLIST:Nedkøling for ryggen"]
    assert lines.pop(4) == f"#voicecoach {routine().routine_id}"
    assert [line for line in lines if not line.startswith("#")] == names
    assert lines[4] == "#EXTINF:2,Velkommen"
    assert all((tmp_path / "album" / name).is_file() for name in names)


@pytest.mark.parametrize(
    ("title", "safe"),
    [
        ("Stræk på øret", "Stræk på øret"),
        ('a:b?c*d"e<f>g|h/i\\j', "a-bcdefgh-i-j"),
        ("slut...", "slut"),
        ("  to \n linjer\t ", "to linjer"),
        ("Træk 🧘 vejret\x07", "Træk vejret"),
        ("🧘", ""),
        ("x" * 300, "x" * 80),
        ("Ægte \u0061\u030a", "Ægte å"),
    ],
)
def test_names_are_safe_on_every_disk(title: str, safe: str) -> None:
    assert safe_name(title) == safe
    assert track_name(3, 12, title, ".mp3") == f"03 {safe}".rstrip() + ".mp3"


def test_many_tracks_sort_as_they_are_played() -> None:
    names = [track_name(number, 120, "x", ".mp3") for number in range(1, 121)]
    assert names == sorted(names)


def test_a_foreign_folder_is_refused_and_left_alone(sounds: Any, tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "mine.mp3").write_bytes(b"mine")
    with pytest.raises(OutputError, match="not an album"):
        export_album(routine(), sounds, str(tmp_path / "music"))
    assert os.listdir(tmp_path / "music") == ["mine.mp3"]
    (tmp_path / "file").write_bytes(b"")
    for name, said in (("file", "is a file"), ("none/album", "mkdir -p")):
        with pytest.raises(OutputError, match=said):
            check_folder(tmp_path / name)


def test_an_album_of_ours_and_an_empty_folder_are_replaced(sounds: Any, tmp_path: Path) -> None:
    (tmp_path / "album").mkdir()
    export_album(routine(), sounds, str(tmp_path / "album"))
    names = export_album(routine(), sounds, str(tmp_path / "album"), "flac")
    assert sorted(os.listdir(tmp_path / "album")) == ["00 Nedkøling for ryggen.m3u8", *names]
    (tmp_path / "album" / "mine.txt").write_bytes(b"")
    with pytest.raises(OutputError, match="not an album"):
        check_folder(tmp_path / "album")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("x")])
def test_an_error_leaves_the_old_album_and_nothing_else(error: BaseException, tmp_path: Path) -> None:
    programme = Programme(title="En", language="da", duration_ms=1000)

    def good(file: BinaryIO) -> None:
        file.write(b"good")

    def bad(file: BinaryIO) -> None:
        raise error

    write_album(tmp_path / "album", "A", [Track("01 En.mp3", programme, good)])
    with pytest.raises(type(error)):
        write_album(
            tmp_path / "album", "A", [Track("01 En.mp3", programme, good), Track("02 To.mp3", programme, bad)]
        )
    assert os.listdir(tmp_path) == ["album"]
    assert sorted(os.listdir(tmp_path / "album")) == ["00 A.m3u8", "01 En.mp3"]
    assert playlist("A", []).endswith("\n")


def test_the_bytes_are_the_same_each_time(sounds: Any, tmp_path: Path) -> None:
    made = []
    for folder in ("a", "b"):
        names = export_album(routine(), sounds, str(tmp_path / folder), file=FileOptions(phase="core"))
        made.append([(tmp_path / folder / name).read_bytes() for name in names])
    assert made[0] == made[1]


def test_sidecars_come_with_the_file_or_not_at_all(sounds: Any, tmp_path: Path) -> None:
    beside = export(
        routine(), sounds, str(tmp_path / "a.mp3"), file=FileOptions(sidecars=("lrc", "vtt", "srt", "chapters.json"))
    )
    assert sorted(os.listdir(tmp_path)) == ["a.chapters.json", "a.lrc", "a.mp3", "a.srt", "a.vtt", "cache"]
    assert {path.name for path in beside} == {"a.chapters.json", "a.lrc", "a.srt", "a.vtt"}

    def good(file: BinaryIO) -> None:
        file.write(b"new")

    def bad(file: BinaryIO) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"b\.lrc could not be written: the disk is full"):
        write_together([(tmp_path / "b.mp3", good), (tmp_path / "b.lrc", bad)])
    assert not list(tmp_path.glob("*b*"))
    assert not list(tmp_path.glob(".voicecoach*"))


def test_what_can_be_told_before_a_word_is_spoken(tmp_path: Path) -> None:
    def check(path: str, *, split: bool = False, music: Path | None = None, sidecars: tuple[str, ...] = ()) -> None:
        exporting.check(path, None, Options(music=music), FileOptions(sidecars=sidecars), split=split)

    check(str(tmp_path / "a.mp3"))
    for arguments, error, said in (
        ({"path": "-", "split": True}, OutputError, "pipe"),
        ({"path": "a.xyz"}, OutputError, "not a format"),
        ({"path": "a.mp3", "music": tmp_path / "none"}, RenderError, "no music"),
        ({"path": "-", "sidecars": ("lrc",)}, OutputError, "ending|pipe"),
    ):
        with pytest.raises(error, match=said):
            check(**arguments)


def test_music_lies_under_the_file_and_under_its_tracks(sounds: Any, tmp_path: Path) -> None:
    tune = write_tune(tmp_path / "tune.wav", 12)
    spoken = routine()
    quiet = replace(spoken, clips=spoken.clips[:2])
    options = Options(music=tune, floor=True)
    export(quiet, sounds, str(tmp_path / "whole.flac"), options=options)
    whole = listened(tmp_path / "whole.flac")
    assert len(whole) == 8000 * 48
    assert float(np.abs(whole[4000 * 48 : 4500 * 48]).max()) > 0.05
    names = export_album(quiet, sounds, str(tmp_path / "album"), "flac", options=options)
    np.testing.assert_array_equal(np.concatenate(heard(tmp_path / "album", names)), whole)


def test_progress_goes_on_from_track_to_track(sounds: Any, tmp_path: Path) -> None:
    said: list[int] = []
    export_album(routine(), sounds, str(tmp_path / "album"), "wav", said.append)
    assert said == sorted(said)
    assert said[-1] == 8000


def test_what_is_played_is_what_is_exported(sounds: Any, tmp_path: Path) -> None:
    export(routine(), sounds, str(tmp_path / "a.wav"))
    played = np.concatenate(list(blocks_from(levelled(routine(), sounds))))
    np.testing.assert_allclose(listened(tmp_path / "a.wav"), played, atol=1 / 16_000)
