"""What players show, read by readers that had no part in writing it: tinytag, and FFmpeg's library through PyAV."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tinytag import TinyTag

from tests.output.programmes import blocks_from, spoken_programme
from voicecoach.model import Chapter
from voicecoach.output.base import Programme, programme_of
from voicecoach.output.cover import cover_png
from voicecoach.output.formats import FORMATS
from voicecoach.output.riff_info import MOST_BYTES

SPOKEN = spoken_programme(6000)
PROGRAMME = replace(
    programme_of(SPOKEN),
    title="Nedkøling for ryggen 🧘",
    language_iso_639_2="dan",
    artist="voicecoach · eSpeak Danish",
    album="Rygtræning",
    comment="Ti rolige minutter, æøå.",
    year=2025,
    track=(3, 12),
    cover=cover_png("Nedkøling for ryggen", "cool-down", "Nedkøling · 6 s"),
    chapters=tuple(
        Chapter(title=f"Lændestræk {'æ' * (60 - 9 * n)} {n}", start_ms=n * 1000, end_ms=n * 1000 + 1000)
        for n in range(6)
    ),
)
TAGGED = [suffix for suffix in FORMATS if suffix != ".wav"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("tags")
    return {suffix: written(folder / f"a{suffix}", PROGRAMME) for suffix in TAGGED}


def written(path: Path, programme: Programme) -> Path:
    with path.open("wb+") as file:
        FORMATS[path.suffix].write(blocks_from(SPOKEN), programme, file)
    return path


@pytest.mark.parametrize("suffix", TAGGED)
def test_tinytag_reads_the_words(suffix: str, files: dict[str, Path]) -> None:
    tag = TinyTag.get(files[suffix], image=True)
    assert (tag.title, tag.artist, tag.album) == (PROGRAMME.title, PROGRAMME.artist, "Rygtræning")
    assert (tag.albumartist, tag.comment) == ("voicecoach", PROGRAMME.comment)
    assert (tag.genre, tag.year, tag.track, tag.track_total) == ("Speech", "2025", 3, 12)
    assert tag.duration == pytest.approx(6, abs=0.05)
    lyrics: Any = tag.other.get("lyrics")
    # Of an MP3, tinytag shows the frame with times too, as LRC and before the plain one.
    assert lyrics[-1].splitlines()[:2] == ["ord 0", "ord 1"]
    assert len(lyrics) == (2 if suffix == ".mp3" else 1)
    assert tag.images.front_cover is not None
    assert tag.images.front_cover.data == PROGRAMME.cover


@pytest.mark.parametrize("suffix", TAGGED)
def test_ffmpeg_reads_the_chapters(suffix: str, files: dict[str, Path]) -> None:
    import av

    with av.open(str(files[suffix])) as container:
        chapters = container.chapters()
        language = container.streams.audio[0].metadata.get("language") or container.metadata.get("language")
        language = language or container.streams.audio[0].metadata.get("LANGUAGE") or container.metadata["LANGUAGE"]
    assert [chapter["metadata"]["title"] for chapter in chapters] == [chapter.title for chapter in PROGRAMME.chapters]
    starts = [float(chapter["start"] * (chapter["time_base"] or 0)) for chapter in chapters]
    assert starts == pytest.approx([n * 1.0 for n in range(6)], abs=0.001)
    assert language == "dan"


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_year_no_cover_no_chapters_is_a_file_too(suffix: str, tmp_path: Path) -> None:
    tag = TinyTag.get(written(tmp_path / f"a{suffix}", programme_of(SPOKEN)), image=True)
    assert tag.year is None
    assert tag.images.front_cover is None
    assert tag.duration == pytest.approx(6, abs=0.05)


def test_an_audiobook_says_so(files: dict[str, Path]) -> None:
    from mutagen import mp4

    made: Any = mp4
    assert made.MP4(files[".m4b"]).tags["stik"] == [2]
    assert "stik" not in made.MP4(files[".m4a"]).tags


def test_a_wav_has_its_facts_behind_the_sound(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", PROGRAMME)
    tag = TinyTag.get(path)
    assert (tag.title, tag.artist, tag.album, tag.comment) == (
        PROGRAMME.title, PROGRAMME.artist, PROGRAMME.album, PROGRAMME.comment,
    )  # fmt: skip
    assert (tag.genre, tag.year, tag.track) == ("Speech", "2025", 3)
    data = path.read_bytes()
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    with wave.open(str(path)) as sound:
        assert sound.getnframes() == 6 * 48_000
    long = written(tmp_path / "b.wav", replace(PROGRAMME, comment="æ" * 50_000, title="ø" * 5000))
    assert len(long.read_bytes()) <= len(data) + MOST_BYTES
    comment = TinyTag.get(long).comment
    assert comment
    assert set(comment) == {"æ"}


@pytest.mark.parametrize("suffix", [".flac", ".ogg", ".opus"])
def test_words_with_times_have_a_comment_of_their_own(suffix: str, files: dict[str, Path]) -> None:
    other: Any = TinyTag.get(files[suffix]).other
    assert other["syncedlyrics"][0].splitlines()[:2] == ["[00:00.00]ord 0", "[00:01.00]ord 1"]
