"""The house's order: data flows one way, and a stage knows nothing of the stages after it.

The same table stands in ARCHITECTURE.md, where people read it. Both are held against what the files really import.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import voicecoach
from tests.imports import circles, graph, imports, local_statements, modules, of_the_package, room_of

ARCHITECTURE = Path(__file__).parents[1] / "ARCHITECTURE.md"
NO_ROOM = {"__init__", "__main__"}
"""The doors of the package itself."""
GROUND = {
    "model": set[str](),
    "units": set[str](),
    "resources": set[str](),
    "plain_text": set[str](),
    "no_telemetry": set[str](),
    "forking": set[str](),
    "parts": set[str](),
    "pcm": set[str](),
    "alsa": set[str](),
    "wav_header": {"units"},
    "packages": set[str](),
    "advice": set[str](),
    "errors": {"model", "advice"},
    "reading_files": {"errors"},
    "disk_cache": {"forking", "parts", "reading_files"},
    "provenance": {"disk_cache", "packages"},
    "shipped_yaml": {"disk_cache"},
    "settings": {"model", "errors", "reading_files", "plain_text"},
}
"""What everybody may use: the order among these is written out."""
STAGES: dict[str, set[str]] = {
    "routine": {"language"},
    "language": set(),
    "compiler": {"language"},
    "speech": {"language"},
    "render": set(),
    "sheet": {"language", "compiler"},
    "output": set(),
    "playback": set(),
    "capture": set(),
    "verify": set(),
}
"""Each may use the ground, itself, and what is named here."""
MAY_IMPORT = {
    **GROUND,
    **{stage: set(GROUND) | others for stage, others in STAGES.items()},
    "coach": set(GROUND) | set(STAGES),
    "control": {"playback"},
    "cli": {"coach", "control", "advice", "model", "errors", "units", "reading_files", "plain_text"},
}
"""By room: what it may import of the package, beside itself."""
GUESTS = {"cli"}
PUBLIC = set(getattr(voicecoach, "__all__", ()))
MOST_LOCAL = 48
"""So many statements inside functions import from the package: commands, devices, and what loads numpy."""
ENGINE_REGISTRY = "speech/engine.py"
"""An engine more is an import more in it, which counts for nothing."""

HEAVY = ("numpy", "pydantic", "miniaudio", "lameenc", "pydub", "mutagen", "soxr", "pyttsx3")
PLAYBACK = {"miniaudio", "simpleaudio"}


def arrows() -> dict[str, set[str]]:
    """Room → what it really names of the package: rooms, and what it takes of the package's own door."""
    found: dict[str, set[str]] = {room_of(name): set() for name in modules()}
    for name, tree in modules().items():
        found[room_of(name)] |= {each.target.split(".")[1] for each in of_the_package(tree)} - {room_of(name)}
    return found


# --- the arrows ---


def test_every_room_imports_only_what_it_may() -> None:
    """Not even a type of another room; but a guest takes what everybody may from `voicecoach` itself."""
    wrong = [
        f"{name}:{each.line} imports {each.target}"
        for name, tree in modules().items()
        if (room := room_of(name)) not in NO_ROOM
        for each in of_the_package(tree)
        if (what := each.target.split(".")[1]) not in MAY_IMPORT[room] | {room, "__version__"}
        if room not in GUESTS or what not in PUBLIC
    ]
    assert wrong == []


def test_every_room_is_in_the_table() -> None:
    """A new room says here what it may import."""
    assert {room_of(name) for name in modules()} == set(MAY_IMPORT) | NO_ROOM


def test_no_file_is_in_a_circle() -> None:
    """Neither at the top nor inside a function: whoever reads one of them need not read the others first."""
    assert circles(graph(modules())) == []


def test_a_circle_is_found() -> None:
    """The measure itself: a circle of two, one of three, and what leads to one without being in it."""
    of = {"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"e"}, "e": {"c"}, "f": {"a"}}
    assert circles(of) == [["c", "d", "e"], ["a", "b"]]


def test_imports_inside_functions_do_not_grow() -> None:
    """They stand where something need not be loaded; elsewhere they only hide an arrow."""
    others = ((name, tree) for name, tree in modules().items() if name != ENGINE_REGISTRY)
    lines = [f"{name}:{line}" for name, tree in others for line in local_statements(tree)]
    assert len(lines) <= MOST_LOCAL, "\n".join(lines)


# --- ARCHITECTURE.md ---


def written() -> dict[str, set[str]]:
    """What the table of ARCHITECTURE.md says, by room."""
    rows = re.findall(r"^\| `([\w/]+?)/?` \|.*\| ([^|]+) \|$", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE)
    groups = {"the ground": set(GROUND), "the stages": set(STAGES), "nothing": set[str]()}
    table = {}
    for room, cell in rows:
        named = set(re.findall(r"`(\w+)/?`", cell))
        table[room] = named.union(*(rooms for words, rooms in groups.items() if words in cell))
    return table


def test_the_page_says_what_each_room_may_import() -> None:
    assert written() == MAY_IMPORT


def test_what_is_allowed_is_made_use_of() -> None:
    """An arrow that nobody needs any more leaves the picture. Of the ground each takes what it needs."""
    real = arrows()
    named = {
        **GROUND,
        **STAGES,
        "coach": set(STAGES),
        "control": MAY_IMPORT["control"],
        "cli": MAY_IMPORT["cli"],
    }
    unused = {room: sorted(others - real[room]) for room, others in named.items()}
    assert {room: others for room, others in unused.items() if others} == {}


def test_every_path_on_the_page_is_there() -> None:
    """A name in angle brackets is one that whoever follows the page makes up."""
    root = ARCHITECTURE.parent
    paths = set(re.findall(r"`([\w.-]+/[\w./-]*|[\w-]+\.(?:py|md|toml))`", ARCHITECTURE.read_text(encoding="utf-8")))
    assert len(paths) > 40
    assert (
        sorted(path for path in paths if not any((base / path).exists() for base in (root, root / "voicecoach")))
        == []
    )


# --- what else holds for all files ---


def test_the_playback_library_is_imported_by_the_devices_only() -> None:
    """`miniaudio` also decodes; playing is `miniaudio.PlaybackDevice`."""
    players = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr == "PlaybackDevice")
        or (isinstance(node, ast.Import) and any(alias.name == "simpleaudio" for alias in node.names))
    }
    importers = {
        name
        for name, tree in modules().items()
        if room_of(name) == "playback" and any(each.target in PLAYBACK for each in imports(tree))
    }
    assert players
    assert {name for name in players | importers if not name.startswith("playback/devices")} == set()


def test_no_stage_prints() -> None:
    prints = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if room_of(name) in (set(STAGES) - {"speech"}) | {"coach", "control"} | set(GROUND)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input")
    ]
    assert prints == []


# --- what is loaded ---


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


def test_help_loads_nothing_of_the_rest() -> None:
    """Nothing that is shown by other commands, and no types: `--help` is what a shell asks at every tab."""
    code = (
        "import sys; from voicecoach.cli.main import main\n"
        "sys.argv = ['voicecoach', '--help']\n"
        "try: main()\nexcept SystemExit: print([name for name in sys.modules if name.startswith('voicecoach.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(ast.literal_eval(done.stdout.splitlines()[-1]))
    assert {name.split(".")[1] for name in loaded} <= {"cli", "advice", "errors", "no_telemetry", "plain_text"}
    assert not loaded & {"voicecoach.cli.console", "voicecoach.cli.options"}


def test_a_list_that_was_made_before_loads_what_finds_files_and_what_prints(tmp_path: Path) -> None:
    """Nothing that reads a file, speaks, or asks what a word is near to: a list takes no longer than twice click."""
    code = (
        "import sys; from voicecoach.cli.main import main\n"
        "sys.argv = ['voicecoach', 'list']\n"
        "try: main()\nexcept SystemExit: print(list(sys.modules))"
    )
    for _ in range(2):  # the first one reads the routines; what it learnt is kept
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1", "VOICECOACH_CONFIG_DIR": str(tmp_path)},
        )  # fmt: skip
    loaded = set(ast.literal_eval(done.stdout.splitlines()[-1]))
    ours = {name.removeprefix("voicecoach.") for name in loaded if name.startswith("voicecoach.")}
    rooms = {name for name in ours if "." in name and not name.startswith(("cli.", "model."))}
    assert rooms == {"coach.catalog", "coach.places", "routine.files"}
    assert not ours & {"settings", "disk_cache", "provenance"}
    assert not loaded & {"difflib", "logging", "yaml", "tomllib", "pickle", "hashlib", "subprocess", "sqlite3"}


def test_the_public_api_is_there_at_once() -> None:
    """Whoever only asks what there is need not wait for numpy."""
    code = f"import sys, voicecoach; voicecoach.Coach; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
