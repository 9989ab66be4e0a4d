"""What stands beside the audio: words with their times, chapters, read by what others would read them with."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.render.sounds import clip, timeline, utterance
from voicecoach.errors import OutputError
from voicecoach.model import Chapter, Role, Timeline, Tone
from voicecoach.output.programme import CueText, Programme, part_of, programme_of
from voicecoach.output.sidecar import SIDECARS, sidecar_kinds, sidecars

LINES = (("Træk knæet <op>.", 0, 1200), ("fem · fire", 61_230, 62_900), ("Godt & færdig.", 3_725_004, 3_726_000))
PROGRAMME = Programme(
    title="Nedkøling for ryggen",
    language="da",
    duration_ms=3_727_000,
    cues=tuple(CueText(text=text, start_ms=start, end_ms=end) for text, start, end in LINES),
    chapters=(
        Chapter(title="Velkommen", start_ms=0, end_ms=61_000),
        Chapter(title="Æ", start_ms=61_000, end_ms=62_500),
    ),
)


def test_lrc() -> None:
    assert SIDECARS["lrc"](PROGRAMME).splitlines() == [
        "[ti:Nedkøling for ryggen]", "[ar:voicecoach]", "[al:voicecoach]", "[length:62:07]", "[la:da]",
        "[re:voicecoach]",
        "[00:00.00]Træk knæet <op>.", "[01:01.23]fem · fire", "[62:05.00]Godt & færdig.",
    ]  # fmt: skip


def test_subtitles_stay_long_enough_and_never_meet() -> None:
    assert SIDECARS["srt"](PROGRAMME).startswith("1\n00:00:00,000 --> 00:00:01,500\nTræk knæet <op>.\n\n2\n")
    vtt = SIDECARS["vtt"](PROGRAMME)
    assert "01:02:05.004 --> 01:02:06.504\nGodt &amp; færdig." in vtt
    close = replace(
        PROGRAMME, cues=tuple(CueText(text="x", start_ms=n * 900, end_ms=n * 900 + 800) for n in range(3))
    )
    assert "00:00:00.900 --> 00:00:01.800" in SIDECARS["vtt"](close)


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not installed")
@pytest.mark.parametrize("kind", ["vtt", "srt"])
def test_ffprobe_reads_the_subtitles(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(SIDECARS[kind](PROGRAMME).encode())
    command = ["ffprobe", "-v", "error", "-show_entries", "packet=pts_time", "-of", "csv=p=0", str(path)]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    assert [float(time.strip(",")) for time in said] == [0, 61.23, 3725.004]


def test_chapters_json() -> None:
    said = json.loads(SIDECARS["chapters.json"](PROGRAMME))
    assert said["version"] == "1.2.0"
    assert said["chapters"][1] == {"startTime": 61.0, "endTime": 62.5, "title": "Æ"}


def test_sidecars_share_the_stem() -> None:
    found = sidecars(PROGRAMME, Path("x/ryg.v2.mp3"), ("lrc", "chapters.json"))
    assert [path.name for path, _ in found] == ["ryg.v2.lrc", "ryg.v2.chapters.json"]
    assert all(content.decode().endswith("\n") for _, content in found)


def test_kinds_are_read_and_an_unknown_one_is_explained() -> None:
    assert sidecar_kinds("lrc, .VTT,lrc") == ("lrc", "vtt")
    with pytest.raises(OutputError, match=r"chapters\.json"):
        sidecar_kinds("chapters")


def spoken(*placed: tuple[str, Role, int]) -> Timeline:
    clips = [replace(clip(utterance(text), start_ms), role=role) for text, role, start_ms in placed]
    return timeline([*clips, clip(Tone(name="start"), 50)], 60_000)


def test_a_sentence_is_a_line_and_a_count_is_one() -> None:
    """Tones are no lyrics; a run of pacing words is one line, until a sentence, a long pause or ten words."""
    counted: list[tuple[str, Role, int]] = [(f"{n}", "count", 2000 + 1000 * n) for n in range(12)]
    lines = programme_of(
        spoken(("Hold.", "instruction", 0), *counted, ("ti", "count", 40_000), ("Godt.", "end", 50_000))
    )
    assert [line.text for line in lines.cues] == [
        "Hold.", "0 · 1 · 2 · 3 · 4 · 5 · 6 · 7 · 8 · 9", "10 · 11", "ti", "Godt.",
    ]  # fmt: skip
    assert lines.cues[1].start_ms == 2000
    assert lines.cues[1].end_ms == 11_070


def test_a_chapter_as_a_track_has_its_own_times() -> None:
    part = part_of(PROGRAMME, PROGRAMME.chapters[1], (2, 2))
    assert (part.title, part.album, part.duration_ms, part.track) == ("Æ", "Nedkøling for ryggen", 1500, (2, 2))
    assert [(cue.start_ms, cue.end_ms) for cue in part.cues] == [(230, 1500)]
