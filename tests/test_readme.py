"""What the documents say is tried: every command, every example, every rule, key and role.

Of the YAML in `docs/routines.md` all is checked. A block that begins with `# finds: rule, rule` must give exactly
these problems, any other none. What it is shows in its shape: a list is steps, a mapping with `title` a whole
routine, one with other keys of a routine the top of one, and any other mapping a file of exercises.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from tests.cli.running import run
from tests.imports import PACKAGE
from tests.usual_voice import with_usual_voice
from voicecoach.cli.main import COMMANDS
from voicecoach.coach import checking
from voicecoach.coach.compiling import compile_routine
from voicecoach.coach.config import Speaking, load_config
from voicecoach.coach.options import Options
from voicecoach.coach.places import places
from voicecoach.coach.reading import load
from voicecoach.coach.sounds import Sounds
from voicecoach.compiler.as_json import as_json
from voicecoach.control.key_commands import COMMANDS as KEYS
from voicecoach.model import ROLES
from voicecoach.output.formats import FORMATS
from voicecoach.playback.commands import WORDS
from voicecoach.playback.events import EventKind
from voicecoach.routine import documents
from voicecoach.routine.rules import RULES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROUTINES = (ROOT / "docs" / "routines.md").read_text(encoding="utf-8")
SHEET = (ROOT / "docs" / "sheet.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

INSTALL = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/"
TEST = 'python3 -m venv .venv && .venv/bin/pip install -e ".[dev]" && .venv/bin/pytest'


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a document."""

    language: str
    text: str
    line: int

    def __str__(self) -> str:
        return f"line {self.line}"


def blocks(document: str, language: str) -> list[Block]:
    found = re.finditer(r"^```(\w+)\n(.*?)^```$", document, re.M | re.S)
    every = [Block(match[1], match[2], document[: match.start()].count("\n") + 2) for match in found]
    return [block for block in every if block.language == language]


def commands(document: str) -> list[str]:
    return [line for block in blocks(document, "sh") for line in block.text.splitlines() if line]


# --- commands ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The installed program on the path, and a home of its own; conftest has set the cache."""
    home = tmp_path_factory.mktemp("home")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    shutil.copytree(os.environ["XDG_CONFIG_HOME"], home / ".config")  # the voice that is always there
    folders = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}
    return {**os.environ, **{name: str(folder) for name, folder in folders.items()}, "PATH": path}


def test_the_two_commands_are_there() -> None:
    first, second = commands(README)[:2]
    assert first.startswith(INSTALL)
    assert second == TEST
    assert all(part in CI for part in ("-m venv", 'pip" install --quiet', 'newest "$1" -e ".[dev]"', "/bin/pytest"))


@pytest.mark.parametrize(
    "document", [README, ROUTINES, SHEET], ids=["README.md", "docs/routines.md", "docs/sheet.md"]
)
def test_every_command_runs(document: str, tmp_path: Path, environment: dict[str, str]) -> None:
    for command in commands(document):
        if command == TEST:
            continue  # this is it
        command = command.removeprefix(INSTALL)
        assert command.startswith("voicecoach ")
        if command.startswith("voicecoach play "):
            play(command, tmp_path, environment)
            continue
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        if written := re.search(r"-o (\S+)", command):
            file = tmp_path / written[1]
            assert any(file.iterdir()) if file.is_dir() else file.stat().st_size > 1000


def play(command: str, folder: Path, environment: dict[str, str]) -> None:
    """Plays in silence until the first step is shown, then ends as Ctrl-C does."""
    with subprocess.Popen(
        [*command.split(), "--device", "null"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as playing:
        try:
            assert playing.stdout
            assert playing.stderr
            assert playing.stdout.readline().startswith("0:00 "), command + playing.stderr.read()
            playing.send_signal(signal.SIGINT)
            assert playing.wait(60) == 130
        finally:
            playing.kill()


def test_every_command_and_every_format_is_in_the_readme() -> None:
    for name in COMMANDS:
        assert f"`voicecoach {name}" in README
    for suffix in FORMATS:
        assert f"`{suffix}`" in README


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("list", 0),
        ("show no-such-routine", 1),
        ("export back-cool-down --fit 60s -o x.mp3", 1),
        ("export back-cool-down -o x.xyz", 1),
        ("play heat-before --voice pyttsx3:gmq/da --lang en --device null", 1),
        ("lsit", 2),
        ("show", 2),
    ],
)
def test_the_exit_codes(arguments: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments.split())
    assert done.code == code, done.err
    assert "Traceback" not in done.err
    assert not list(tmp_path.iterdir())


# --- examples of the language --------------------------------------------------------------------------------


EXAMPLES = [*blocks(README, "yaml"), *blocks(ROUTINES, "yaml")]
TOP = "title: Example\nlanguage: en\n"
STEPS = TOP + "steps:\n  - exercise: slow-walk\n    duration: 5 min\n"
ROUTINE_KEYS = {field.alias or name for name, field in documents.RoutineShape.model_fields.items()}


def kind(block: Block) -> str:
    value = yaml.load(block.text, yaml.BaseLoader)  # only its shape matters, and no word of it turns into a value
    if isinstance(value, list):
        return "steps"
    if "title" in value:
        return "routine"
    return "top" if set(value) <= ROUTINE_KEYS else "exercises"


def as_routine(block: Block) -> str:
    if kind(block) == "routine":
        return block.text
    if kind(block) == "top":
        return TOP + block.text + "steps:\n  - exercise: slow-walk\n"
    return STEPS + re.sub(r"^(?=.)", "  ", block.text, flags=re.M)


def expected(block: Block) -> list[str]:
    found = re.match(r"# finds: (.*)\n", block.text)
    return sorted(found[1].split(", ")) if found else []


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sounds]:
    home = with_usual_voice(tmp_path_factory.mktemp("own"))  # a natural one would take a minute here
    (home / "exercises").mkdir()
    for block in EXAMPLES:
        if kind(block) == "exercises":
            path = home / "exercises" / f"{block.line}.yaml"
            path.write_text(block.text, encoding="utf-8")
    with Sounds(at=places(config=home)) as opened:
        yield opened


def test_the_example_exercises_can_be_used(sounds: Sounds, tmp_path: Path) -> None:
    assert checking.check_library(sounds.places) == []
    path = tmp_path / "own.yaml"
    path.write_text(STEPS + "  - exercise: cat-stretch\n  - exercise: wall-push\n", encoding="utf-8")
    assert checking.check_files([path], sounds) == []


@pytest.mark.parametrize("block", [block for block in EXAMPLES if kind(block) != "exercises"], ids=str)
def test_every_example_is_what_it_says(block: Block, sounds: Sounds, tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(as_routine(block), encoding="utf-8")
    problems = checking.check_files([path], sounds)
    assert sorted({problem.rule for problem in problems}) == expected(block), "\n".join(map(str, problems))


def test_the_configuration_of_the_readme_is_read(tmp_path: Path) -> None:
    (block,) = blocks(README, "toml")
    path = tmp_path / "config.toml"
    path.write_text(block.text, encoding="utf-8")
    config = load_config(path)
    assert config.speaking("da") == Speaking(voice="recordings:mor", pace=0.85, loudness_lu=-3)
    assert (config.cache, config.routines) == ("/big/disk/coach", ("~/club",))


def test_the_readme_names_every_variable_of_the_environment() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    read = set(re.findall(r"VOICECOACH_[A-Z_]+", code))
    assert len(read) > 4
    assert read == set(re.findall(r"VOICECOACH_[A-Z_]+", README))


def test_the_readme_has_one_example_and_the_language_has_many() -> None:
    assert [kind(block) for block in blocks(README, "yaml")] == ["routine"]
    assert {kind(block) for block in blocks(ROUTINES, "yaml")} == {"steps", "routine", "top", "exercises"}


# --- nothing is missing --------------------------------------------------------------------------------------


def test_every_rule_is_in_its_table() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (error|warning) \|", ROUTINES, re.M)
    assert dict(rows) == {rule.id: rule.severity for rule in RULES.values()}
    assert len(rows) == len(RULES)


def test_every_key_is_explained() -> None:
    shapes = [shape for shape in vars(documents).values() if isinstance(shape, type) and issubclass(shape, BaseModel)]
    keys = {field.alias or name for shape in shapes for name, field in shape.model_fields.items()}
    assert len(keys) > 40
    for key in sorted(keys):
        assert re.search(rf"`(?:[^`\n]*\W)?{key}\b[^`\n]*`", ROUTINES), key


def test_every_role_is_explained() -> None:
    for role in ROLES:
        assert f"`{role}`" in ROUTINES, role


def test_the_object_of_show_has_the_keys_of_the_example(sounds: Sounds) -> None:
    """Numbers and texts of the example are only an example; its keys are not."""
    (block,) = blocks(ROUTINES, "json")
    example: dict[str, Any] = json.loads(block.text)
    routine, _ = load("back-cool-down")
    shown = as_json(compile_routine(routine, Options(language="da"), sounds))
    assert list(shown) == list(example)
    for key in ("steps", "cues", "chapters"):
        assert list(shown[key][0]) == list(example[key][0])
    assert list(example["dropped"][0]) == ["role", "text", "step", "reason"]


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/routines.md"])
def test_every_link_leads_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        linked = (path.parent / name) if name else path
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", linked.read_text(encoding="utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_every_file_of_the_architecture_exists() -> None:
    """And every room of the package is in it."""
    named = re.findall(r"`((?:[a-z_]+/)+[\w.-]*)`", ARCHITECTURE)
    assert len(named) > 40
    for name in named:
        assert (ROOT / name).exists() or (ROOT / "voicecoach" / name).exists(), name
    for room in (ROOT / "voicecoach").iterdir():
        if room.is_dir() and (room / "__init__.py").exists():
            assert f"`{room.name}/`" in ARCHITECTURE, room.name


def test_the_readme_names_the_keys() -> None:
    shown = {"space": " ", "→": "right", "↓": "down", "PageDown": "page-down", "←": "left", "↑": "up"}
    shown |= {"PageUp": "page-up", "Esc": "escape"}
    table = README.partition("| key | |\n|---|---|\n")[2].partition("\n\n")[0]
    rows = [re.findall("`([^`]+)`", row.split("|")[1]) for row in table.splitlines()]
    named = [{shown.get(key, key) for key in row} for row in rows]
    words = ("toggle", "next", "back", "stop")
    letters = [{key for key, does in KEYS.items() if does == word and key.lower() == key} for word in words]
    assert named[:4] == [*letters[:3], letters[3] | {"Ctrl-C"}]
    assert named[5] & KEYS.keys() == set()


def test_the_readme_names_every_event_and_command() -> None:
    table = README.partition("| event | |\n|---|---|\n")[2].partition("\n\n")[0]
    named = [name for row in table.splitlines() for name in re.findall("`([^`]+)`", row.split("|")[1])]
    assert named == list(get_args(EventKind))
    assert ", ".join(f"`{word}`" for word in WORDS) in README
