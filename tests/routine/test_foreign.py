"""A file of another program is recognised, and what is ours is never taken for one."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.compiler.compiling import library
from voicecoach.cli.advised import worded
from voicecoach.resources import shipped
from voicecoach.routine.read import exercise_file_problems, read_routine


def zipped(name: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "…")
    return data.getvalue()


TABLE_OF_WINDOWS = "øvelse;sæt\nknæbøj;3\n".encode("cp1252")
XML = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made elsewhere -->\n'
SQUATS = {"repetitions": 3, "exercises": [{"name": "Squat", "duration": 30}]}
JSON_TIMER = {"title": "Legs", "sets": [SQUATS], "version": 2}
PRESET = "# Legs\nexercises:\n\tSquats\n\tPlank\nexercise_time: 30\nrest_time: 10\n"
CASES: list[tuple[str, str | bytes, str, str]] = [
    ("legs.zwo", f"{XML}<workout_file><name>Legs</name></workout_file>", "a Zwift workout", "new legs.yaml"),
    ("run.tcx", f'{XML}<TrainingCenterDatabase xmlns="x"/>', "Garmin", "voicecoach new run.yaml"),
    ("run.gpx", f"{XML}<gpx/>", "a GPS track", "voicecoach new run.yaml"),
    ("page.html", "<!DOCTYPE html>\n<html></html>", "a web page", "voicecoach new page.yaml"),
    ("other.xml", f"{XML}<plan/>", "an XML file", "voicecoach new other.yaml"),
    ("legs.json", json.dumps(JSON_TIMER), "Just Another Workout Timer", "-o legs.yaml"),
    ("all.json", '{"workouts": []}', "Just Another Workout Timer", "-o all.yaml"),
    ("some.json", '[{"name": "Squat"}]', "a JSON file", "voicecoach new some.yaml"),
    ("x.json", '{"schema": 1, "steps": [], "cues": []}', "a file of times", "voicecoach list"),
    ("x.chapters.json", '{"version": "1.2.0", "chapters": []}', "a file of times", "voicecoach list"),
    ("x.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", "subtitles", "voicecoach list"),
    ("x.lrc", "[00:01.00]Hi\n[00:02.00]Now\n", "subtitles", "voicecoach list"),
    ("plan.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "a calendar", "voicecoach new plan.yaml"),
    ("legs.hiit", PRESET, "an interval timer", "-o legs.yaml"),
    ("legs.md", "# Legs\n\n## Squats - 3 sets x 0:30\n", "a Markdown text", "-o legs.yaml"),
    ("table.md", "| Squat | 3x8 |\n| Row | 3x10 |\n", "a Markdown text", "-o table.yaml"),
    ("legs.csv", "exercise,sets,reps\nsquat,3,8\n", "a table", "-o legs.yaml"),
    ("legs.csv", TABLE_OF_WINDOWS, "a table", "-o legs.yaml"),
    ("legs.txt", "Squats | 30\nRest | 10\n", "audio-instruction", "-o legs.yaml"),
    ("notes.txt", "Squat for half a minute.\nThen rest.\n", "a plain text", "-o notes.yaml"),
    ("legs.yaml", "audio_format: m4a\nworkout:\n  - name: Squat\n", "w2a", "-o my-legs.yaml"),
    ("legs.yml", "language: en\ninstructions:\n  - text: Squats\n", "audio-instruction", "-o my-legs.yaml"),
    ("run.fit", bytes([14, 16, 0, 0, 0, 0, 0, 0]) + b".FIT" + bytes(9), "a sports watch", "voicecoach new run.yaml"),
    ("plan.pdf", b"%PDF-1.7\n\x00\xff", "a PDF", "voicecoach new plan.yaml"),
    ("plan.docx", zipped("word/document.xml"), "a Word document", "voicecoach new plan.yaml"),
    ("plan.xlsx", zipped("xl/workbook.xml"), "an Excel workbook", "voicecoach new plan.yaml"),
    ("plans.zip", zipped("plan.yaml"), "an archive", "Unpack it first"),
    ("song.mp3", b"ID3\x04" + bytes(99), "an MP3", "any player"),
    ("song.mp3", b"\xff\xfb\x90" + bytes(99), "a sound file", "any player"),
    ("song.wav", b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(99), "a WAV", "any player"),
    ("song.m4a", b"\x00\x00\x00\x20ftypM4A " + bytes(99), "an MP4", "any player"),
    ("big.mp3", b"ID3\x04" + bytes(1_100_000), "an MP3", "any player"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "what", "advice"), CASES, ids=lambda value: str(value)[:24])
def test_it_is_told_what_the_file_is(name: str, content: str | bytes, what: str, advice: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    routine, (problem,) = read_routine(path, library())
    assert routine is None
    assert (problem.rule, problem.location.line) == ("foreign-file", 1)
    assert what in problem.message
    assert advice in worded(problem.hint)
    assert "{" not in problem.hint


@pytest.mark.parametrize(("name", "content", "what", "advice"), CASES, ids=lambda value: str(value)[:24])
def test_it_is_told_under_another_name_too(
    name: str, content: str | bytes, what: str, advice: str, tmp_path: Path
) -> None:
    """By content first. What no content tells has its own problem, never a traceback."""
    path = tmp_path / "renamed.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    _, (problem, *_) = read_routine(path, library())
    only_the_ending_tells = what in ("a plain text", "a sound file") or content == TABLE_OF_WINDOWS
    assert (problem.rule == "foreign-file") != only_the_ending_tells


OURS = {
    "json": '{"title": {"en": "Calm"}, "steps": [{"exercise": "slow-walk", "duration": "5 min"}]}',
    "steps of another": "title: {en: Calm}\nsteps:\n  - say: {en: Hi}\n    foo: 1\n",
    "no steps": "title: {en: Calm}\nsets: []\n",
    "broken, with commas": "title: {en: Calm}\nsteps:\n  - say: {en: One, two}, three\n",
    "broken, with a heading": "## Legs\ntitle: Legs: now\nsteps: []\n",
    "empty": "",
}


@pytest.mark.parametrize("ending", ["yaml", "txt", "json", "md"])
@pytest.mark.parametrize("text", OURS.values(), ids=OURS)
def test_what_may_be_ours_is_read_as_ours(text: str, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{ending}"
    path.write_text(text, encoding="utf-8")
    assert "foreign-file" not in {problem.rule for problem in read_routine(path, library())[1]}


def test_exercises_may_be_written_as_json(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"cat": {"name": {"en": "Cat"}, "kind": "mobility"}}', encoding="utf-8")
    assert exercise_file_problems(path) == []


def test_nothing_that_ships_is_foreign() -> None:
    files = [*shipped("scripts", "routines").glob("*.yaml"), shipped("scripts", "template.yaml")]
    assert len(files) > 5
    for path in files:
        assert read_routine(path, library())[1] == []
