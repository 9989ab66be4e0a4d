"""The house's order: data flows one way, and a stage knows nothing of the stages after it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import voicecoach

PACKAGE = Path(voicecoach.__file__).parent
BASE = {
    *("model", "units", "errors", "resources", "settings", "disk_cache", "packages", "reading_files", "plain_text"),
    *("advice", "provenance", "forking", "parts", "pcm"),
}
"""What every stage may use."""
STAGES = {"routine", "language", "compiler", "speech", "render", "output", "playback", "verify"}
GUESTS = {"cli"}
MAY_IMPORT = {
    "__init__": {"no_telemetry"},
    "no_telemetry": set[str](),
    "advice": set[str](),
    "model": {"model"},
    "units": set[str](),
    "forking": set[str](),
    "parts": set[str](),
    "pcm": set[str](),
    "disk_cache": {"forking", "parts", "reading_files"},
    "provenance": {"disk_cache", "packages"},
    "reading_files": {"errors"},
    "plain_text": set[str](),
    "packages": set[str](),
    "resources": set[str](),
    "errors": {"model", "advice"},
    "settings": {"model", "errors", "reading_files", "plain_text"},
    **{stage: BASE | {stage, "language"} for stage in STAGES},
    "output": BASE | {"output"},
    "render": BASE | {"render"},
    "playback": BASE | {"playback"},
    "verify": BASE | {"verify"},
    "control": {"control"},
    "coach": BASE | STAGES | {"coach"},
    "cli": {
        "advice",
        "model",
        "errors",
        "units",
        "reading_files",
        "plain_text",
        "resources",
        "coach",
        "control",
        "cli",
    },
    "__main__": {"cli"},
}
"""By room: what a module may import of the package."""

HEAVY = ("numpy", "pydantic", "miniaudio", "lameenc", "pydub", "mutagen", "soxr", "pyttsx3")
PLAYBACK = {"miniaudio", "simpleaudio"}


@cache
def modules() -> dict[str, ast.Module]:
    found = {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in PACKAGE.rglob("*.py")
    }
    assert len(found) > 40, "no modules found: this test would hold nothing"
    return found


def room_of(name: str) -> str:
    return name.removesuffix(".py").split("/")[0]


@cache
def imported(tree: ast.Module) -> list[tuple[int, str]]:
    """Every module that is imported anywhere in the file, with its line; types for checkers only are left out."""
    for_checkers = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in for_checkers:
            continue
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name the whole path"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def test_every_room_imports_only_what_it_may() -> None:
    wrong = [
        f"{name}:{line} imports {target}"
        for name, tree in modules().items()
        for line, target in imported(tree)
        if target.startswith("voicecoach.")
        and target.split(".")[1] not in MAY_IMPORT[room_of(name)] | {"__version__"}
    ]
    assert wrong == []


def test_every_room_is_in_the_table() -> None:
    """A new room says here what it may import."""
    assert {room_of(name) for name in modules()} == set(MAY_IMPORT)


def test_the_playback_library_is_imported_by_the_device_only() -> None:
    """`miniaudio` also decodes; playing is `miniaudio.PlaybackDevice`."""
    players = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr == "PlaybackDevice")
        or (isinstance(node, ast.Import) and any(alias.name == "simpleaudio" for alias in node.names))
    }
    assert players == {"playback/devices.py"}
    importers = {name for name, tree in modules().items() for _, target in imported(tree) if target in PLAYBACK}
    assert {name for name in importers if room_of(name) == "playback"} == {"playback/devices.py"}


def test_no_stage_prints() -> None:
    prints = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if room_of(name) in (STAGES - {"speech"}) | {"coach"} | BASE
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input")
    ]
    assert prints == []


@pytest.mark.parametrize("arguments", [["--help"], ["list"], ["show", "--help"], ["check", "--help"]])
def test_heavy_libraries_are_not_loaded_for_a_short_answer(arguments: list[str]) -> None:
    if arguments == ["list"]:  # the first one reads the routines; what it learnt is kept
        subprocess.run([sys.executable, "-m", "voicecoach", "list"], check=True, capture_output=True)
    code = (
        "import sys; from voicecoach.cli.main import cli\n"
        f"cli.main({arguments!r}, standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
    assert len(done.stdout.splitlines()) > 5


def test_importing_the_command_line_loads_no_stage() -> None:
    code = "import sys, voicecoach.cli.main; print([n for n in sys.modules if n.startswith('voicecoach.')])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = {name.split(".")[1] for name in ast.literal_eval(done.stdout)}
    assert loaded == {"cli", "advice", "errors", "no_telemetry", "plain_text"}
