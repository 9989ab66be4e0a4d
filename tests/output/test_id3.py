"""The tag: read back by mutagen, by hand for the order of the frames, and by ffprobe where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.output.programmes import blocks_from, spoken_programme
from voicecoach.model import Chapter
from voicecoach.output.base import CueText, Programme, programme_of
from voicecoach.output.mp3.format import Mp3
from voicecoach.output.mp3.id3 import id3_tag


def programme(chapters: int = 12) -> Programme:
    titles = [f"Lændestræk 🧘 {'x' * (90 - 7 * (n % 12))} {n}" for n in range(chapters)]  # the later, the shorter
    placed = [Chapter(title=title, start_ms=n * 500, end_ms=n * 500 + 500) for n, title in enumerate(titles)]
    return Programme(
        title="Nedkøling for ryggen",
        language="da",
        language_iso_639_2="dan",
        duration_ms=6000,
        chapters=tuple(placed),
    )


def read_back(tag: bytes) -> Any:
    from mutagen import id3

    made: Any = id3
    return made.ID3(BytesIO(tag))


def frames_in_order(tag: bytes) -> list[tuple[str, bytes]]:
    frames, at = [], 10
    while at < len(tag):
        size = int.from_bytes(tag[at + 4 : at + 8], "big")
        frames.append((tag[at : at + 4].decode(), tag[at + 10 : at + 10 + size]))
        at += 10 + size
    return frames


def test_the_tag_says_what_the_programme_is() -> None:
    tag = read_back(id3_tag(programme()))
    assert tag.version == (2, 3, 0)
    assert [str(tag[key]) for key in ("TIT2", "TPE1", "TALB", "TLAN", "TLEN", "TCON")] == [
        "Nedkøling for ryggen", "voicecoach", "voicecoach", "dan", "6000", "Speech",
    ]  # fmt: skip


def test_chapters_come_in_time_order_after_their_table() -> None:
    frames = frames_in_order(id3_tag(programme()))
    names = [name for name, _ in frames]
    assert names == ["TIT2", "TPE1", "TPE2", "TALB", "TCON", "TLAN", "TLEN", "CTOC"] + ["CHAP"] * 12
    starts = [int.from_bytes(body.split(b"\0", 1)[1][:4], "big") for name, body in frames if name == "CHAP"]
    assert starts == [n * 500 for n in range(12)]
    assert all(body.split(b"\0", 1)[1][8:16] == b"\xff" * 8 for name, body in frames if name == "CHAP")


def test_the_table_of_contents_names_each_chapter() -> None:
    tag = read_back(id3_tag(programme()))
    table = tag["CTOC:toc"]
    assert int(table.flags) == 3
    assert table.child_element_ids == [f"chp{n}" for n in range(12)]
    chapter = tag["CHAP:chp11"]
    assert (chapter.start_time, chapter.end_time) == (5500, 6000)
    assert str(chapter.sub_frames["TIT2"]).endswith("11")


def test_more_chapters_than_a_table_can_hold() -> None:
    tag = read_back(id3_tag(programme(600)))
    tables = [tag[f"CTOC:{child}"] for child in tag["CTOC:toc"].child_element_ids]
    assert [child for table in tables for child in table.child_element_ids] == [f"chp{n}" for n in range(600)]
    assert len(tag.getall("CHAP")) == 600


def test_no_chapters_is_no_table() -> None:
    assert not read_back(id3_tag(programme(0))).getall("CTOC")


def test_words_are_there_with_times_and_as_plain_text() -> None:
    cues = (
        CueText(text="Træk knæet op.", start_ms=0, end_ms=900),
        CueText(text="fem · fire", start_ms=61_230, end_ms=62_000),
    )
    tag = read_back(id3_tag(replace(programme(0), cues=cues)))
    (timed,), (plain,) = tag.getall("SYLT"), tag.getall("USLT")
    assert (timed.lang, timed.format, timed.type) == ("dan", 2, 1)
    assert timed.text == [("Træk knæet op.", 0), ("\nfem · fire", 61_230)]
    assert (plain.lang, plain.text) == ("dan", "Træk knæet op.\nfem · fire")


def test_year_track_and_one_cover() -> None:
    made = replace(programme(2), year=2025, track=(3, 12), cover=b"\x89PNG".ljust(400, b"x"))
    names = [name for name, _ in frames_in_order(id3_tag(made))]
    assert names[-3:] == ["CHAP", "CHAP", "APIC"]
    tag = read_back(id3_tag(made))
    assert [str(tag[key]) for key in ("TDRC", "TRCK")] == ["2025", "3/12"]
    (cover,) = tag.getall("APIC")
    assert (cover.type, cover.mime, cover.data) == (3, "image/png", made.cover)


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not installed")
def test_ffprobe_shows_the_chapters(tmp_path: Path) -> None:
    made = programme()
    path = tmp_path / "a.mp3"
    with path.open("wb") as file:
        Mp3().write(blocks_from(spoken_programme(6000)), made, file)
    command = ["ffprobe", "-v", "error", "-print_format", "json", "-show_chapters", "-show_format", str(path)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert [chapter["tags"]["title"] for chapter in said["chapters"]] == [chapter.title for chapter in made.chapters]
    assert [float(chapter["start_time"]) for chapter in said["chapters"]] == [n * 0.5 for n in range(12)]
    assert said["format"]["tags"]["title"] == "Nedkøling for ryggen"


def test_a_timeline_says_its_words_for_lyrics() -> None:
    cues = programme_of(spoken_programme(2000)).cues
    assert [(cue.start_ms, cue.text) for cue in cues] == [(0, "ord 0"), (1001, "ord 1")]
