"""What players show, read by readers that had no part in writing it: tinytag, and FFmpeg's library through PyAV."""

from __future__ import annotations

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

SPOKEN = spoken_programme(6000)
PROGRAMME = replace(
    programme_of(SPOKEN),
    title="Nedkøling for ryggen 🧘",
    album="Rygtræning",
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
    assert (tag.title, tag.artist, tag.album) == ("Nedkøling for ryggen 🧘", "voicecoach", "Rygtræning")
    assert (tag.genre, tag.year, tag.track, tag.track_total) == ("Speech", "2025", 3, 12)
    assert tag.duration == pytest.approx(6, abs=0.05)
    lyrics: Any = tag.other.get("lyrics")
    assert lyrics[0].splitlines()[:2] == ["[00:00.00]ord 0", "[00:01.00]ord 1"]
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
