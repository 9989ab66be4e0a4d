"""What an export is called, read back from files by a reader that had no part in writing them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tinytag import TinyTag

from tests.fakes import FakeEngine
from voicecoach.coach.exporting import FileOptions, export
from voicecoach.coach.pipeline import Options, Sounds, compile_routine, load
from voicecoach.model import Language
from voicecoach.speech.speaker import Speaker

ROUTINE = """\
title: {da: Rolig ryg, en: Calm back}
about: {da: "Ti minutter.\\nUden redskaber.", en: Ten minutes.}
phase: cool-down
steps:
  - {exercise: {name: {da: Gang, en: Walk}, kind: cardio, instruction: {da: Gå., en: Walk.}}, duration: 100-200 s}
"""


@pytest.fixture(scope="module")
def sounds() -> Iterator[Sounds]:
    with Sounds(Speaker(engines={"fake": FakeEngine})) as made:
        yield made


def tags(sounds: Sounds, folder: Path, options: Options) -> TinyTag:
    path = folder / "rolig.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    routine, _ = load(str(path))
    timeline = compile_routine(routine, options, sounds)
    export(timeline, sounds, str(folder / "a.mp3"), options=options, file=FileOptions().of(routine))
    return TinyTag.get(folder / "a.mp3")


@pytest.mark.parametrize(
    ("language", "options", "title", "album", "comment"),
    [
        ("en", {}, "Calm back · 3 min · normal · home", "Cool-down", "Ten minutes."),
        ("en", {"level": "gentle"}, "Calm back · 2 min · gentle · home", "Cool-down", "Ten minutes."),
        (
            "da",
            {"level": "full", "profile": "gym", "easier": True},
            "Rolig ryg · 4 min · fuld · lettere · træningscenter",
            "Nedkøling",
            "Ti minutter. Uden redskaber.",
        ),
    ],
)
def test_an_export_says_what_it_is(
    sounds: Sounds,
    tmp_path: Path,
    language: Language,
    options: dict[str, object],
    title: str,
    album: str,
    comment: str,
) -> None:
    tag = tags(sounds, tmp_path, Options(language=language, voice=f"fake:{language}", **options))  # type: ignore[arg-type]
    assert (tag.title, tag.album, tag.comment) == (title, album, comment)
    voice = {"da": "Fake da", "en": "Fake en"}[language]
    assert (tag.artist, tag.albumartist) == (f"voicecoach · {voice}", "voicecoach")
