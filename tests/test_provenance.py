"""What code makes a thing is found by the program: a change anywhere in it is noticed, and one elsewhere is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import voicecoach
from voicecoach import provenance
from voicecoach.provenance import code_digest, used_by

PACKAGE = Path(voicecoach.__file__).parent
KEYS = (
    *("voicecoach.coach.profiled", "voicecoach.coach.ruling", "voicecoach.routine.kept", "voicecoach.render.pieces"),
    *(
        "voicecoach.render.kept_levels",
        "voicecoach.render.tone",
        "voicecoach.output.mp3.format",
        "voicecoach.output.cover",
    ),
    *(
        "voicecoach.output.cover",
        "voicecoach.speech.processing",
        "voicecoach.speech.espeak.engine",
        "voicecoach.speech.piper.engine",
    ),
)


def forget() -> None:
    for name in ("code_digest", "used_by", "_read", "_modules", "_folders", "_plain_files"):
        getattr(provenance, name).cache_clear()


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package that may be changed."""
    shutil.copytree(
        PACKAGE, tmp_path / "voicecoach", ignore=shutil.ignore_patterns("__pycache__", "scripts", "audio")
    )
    monkeypatch.setattr(provenance, "_PACKAGE", tmp_path / "voicecoach")
    forget()
    yield tmp_path / "voicecoach"
    monkeypatch.undo()
    forget()


def changes(path: Path) -> set[str]:
    """The modules of `KEYS` to which a change of the file makes a difference."""
    before = {module: code_digest(module) for module in KEYS}
    path.write_bytes(path.read_bytes() + b"\n# another\n")
    forget()
    return {module.removeprefix("voicecoach.") for module in KEYS if code_digest(module) != before[module]}


@pytest.mark.parametrize(
    ("file", "noticed"),
    [
        ("coach/profiled.py", {"coach.profiled"}),
        ("render/levels.py", {"coach.profiled", "render.kept_levels"}),
        ("speech/onset.py", {"coach.profiled", "speech.processing"}),
        ("speech/trim.py", {"speech.processing", "speech.piper.engine"}),
        ("speech/espeak/worker.py", {"speech.espeak.engine"}),  # named, not imported
        ("pcm.py", {"output.mp3.format"}),  # imported inside a function
        ("output/fonts/Inter-SemiBold.otf", {"output.cover"}),
        ("language/da.yaml", {"coach.ruling", "routine.kept"}),
        ("routine/yaml_tree.py", {"routine.kept"}),
        (
            "language/da.lexicon.toml",
            {"coach.ruling", "routine.kept"},
        ),  # it lies beside the words; no sound is of it: a key names words
        ("cli/play.py", set()),
        ("playback/player.py", set()),
    ],
)
def test_a_change_is_noticed_by_whom_it_concerns(copy: Path, file: str, noticed: set[str]) -> None:
    assert changes(copy / file) == noticed


def test_what_is_imported_for_checkers_only_does_not_count() -> None:
    assert "voicecoach.coach.options" not in used_by("voicecoach.coach.profiled")
    assert "voicecoach.render.clip" in used_by("voicecoach.coach.profiled")


def test_every_library_that_makes_something_has_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name of its package: with another version, what it made is made again."""
    named = {name for module in KEYS for used in used_by(module) for name in provenance._read(used).libraries}
    assert {"numpy", "soxr", "lameenc", "pydantic", "yaml", "PIL", "pyttsx3"} <= named
    optional = {"onnxruntime", "piper"}
    assert [name for name in named - optional if not provenance._version(name)] == []
    before = code_digest("voicecoach.output.mp3.format")
    code_digest.cache_clear()
    monkeypatch.setattr(provenance, "version_of", lambda package: "9" if package == "lameenc" else "1")
    assert code_digest("voicecoach.output.mp3.format") != before
    code_digest.cache_clear()


def test_of_others_nothing_is_known() -> None:
    assert code_digest("tests.fakes") == code_digest("sys") != code_digest("voicecoach.units")


def test_where_there_is_no_text_nothing_is_kept_beyond_the_process(copy: Path) -> None:
    for path in copy.rglob("*.py"):
        path.rename(path.with_suffix(".pyc"))
    forget()
    assert code_digest("voicecoach.units") == provenance._OF_THIS_PROCESS
