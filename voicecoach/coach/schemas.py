"""The JSON Schema for editors, with the ids of the exercises that there are, and the file that they read it from."""

from __future__ import annotations

import json
from pathlib import Path

from voicecoach.coach.places import Places
from voicecoach.coach.reading import library_of
from voicecoach.coach.writing import writer
from voicecoach.errors import OutputError
from voicecoach.output.files import write_whole
from voicecoach.routine.schema import KINDS as KINDS
from voicecoach.routine.schema import Kind, schema

NAME = "voicecoach.schema.json"
"""Of the file in a person's own folder: it stays there when a routine or an environment of Python is moved."""


def schema_text(at: Places, kind: str | None = None) -> str:
    wanted: Kind | None = next((known for known in KINDS if known == kind), None)
    made = schema(wanted, library_of(at).exercises)
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def editor_line(at: Places) -> str:
    """The comment with which an editor finds the schema, which is written to a person's own folder if it is not there
    as it should be; nothing where that cannot be."""
    path = at.own / NAME
    try:
        _keep(path, schema_text(at).encode())
    except (OSError, OutputError):
        return ""
    return f"# yaml-language-server: $schema={path.absolute().as_uri()}\n"


def _keep(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, writer(content))
