"""docs/python.md: every example runs as it stands, and what the page says there is, there is."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

import voicecoach
from voicecoach.coach.options import Choices, Options
from voicecoach.coach.progress import Stage
from voicecoach.playback.events import EventKind
from voicecoach.playback.snapshot import State

DOC = (Path(__file__).parents[1] / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", DOC, re.DOTALL)
WALK = "title: {en: Walk}\nlanguage: en\nsteps: [{exercise: slow-walk, duration: 10 s}]\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.strip().splitlines()[-1].strip()[:40])
def test_every_example_runs_by_itself(example: str, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "walk.yaml").write_text(WALK, encoding="utf-8")
    path = tmp_path / "example.py"
    path.write_text(example, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", str(path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert not list(tmp_path.rglob("*.part")) + list(tmp_path.glob("never*")) + list(tmp_path.glob("too-short*"))


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 7


def test_every_field_of_the_options_is_told_of() -> None:
    for name in {*Choices.__annotations__, *(field.name for field in fields(Options))} - {"fit_ms"}:
        assert f"`{name}" in DOC, name


@pytest.mark.parametrize("closed", [Stage, EventKind, State])
def test_every_word_that_a_program_is_told_is_on_the_page(closed: object) -> None:
    assert [word for word in get_args(closed) if f"`{word}`" not in DOC] == []


def test_only_public_names_are_imported() -> None:
    imported = {name for names in re.findall(r"from voicecoach import (.*)", DOC) for name in names.split(", ")}
    assert imported <= set(voicecoach.__all__)


def test_every_error_of_the_page_is_public() -> None:
    assert set(re.findall(r"`(\w+Error)`", DOC)) <= set(voicecoach.__all__)
