"""Reads on without what is broken, so that all problems are told at once."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError

from voicecoach.model import LANGUAGES
from voicecoach.routine import documents as shape
from voicecoach.routine.checks.said import FILLER
from voicecoach.routine.faults import written_path
from voicecoach.routine.yaml_tree import Path, Tree


def pruned(tree: Tree) -> tuple[shape.RoutineShape | None, list[Path]]:
    """The routine without its broken steps and keys, if that leaves one, and the paths of the steps left out."""
    value = copy.deepcopy(tree.value)
    filler = dict.fromkeys(LANGUAGES, FILLER)
    value.setdefault("title", filler)
    value.setdefault("steps", [{"say": filler}])
    left_out: list[Path] = []
    for _ in range(3):  # leaving a step out may show another problem in the repeat around it
        try:
            return shape.RoutineShape.model_validate(value), left_out
        except ValidationError as error:
            places = [(written_path(item, tree), item["type"]) for item in error.errors(include_url=False)]
        broken = {_step_of(path) for path, kind in places if kind != "extra_forbidden"} - {()}
        broken = {path for path in broken if not any(path[:end] in broken for end in range(1, len(path)))}
        for path, kind in places:
            step = next((path[:end] for end in range(1, len(path) + 1) if path[:end] in broken), ())
            if step:
                at_path(value, step[:-1])[step[-1]] = {"say": filler}
            elif kind == "extra_forbidden":
                at_path(value, path[:-1]).pop(path[-1], None)
            elif path and path[0] == "steps":
                value["steps"] = [{"say": filler}]
            elif path and path[0] == "title":
                value["title"] = filler
            elif path:
                value.pop(path[0], None)
        left_out += broken
    return None, left_out


def _step_of(path: Path) -> Path:
    """The path of the innermost step that `path` leads into; empty if it leads into none."""
    ends = [index + 1 for index, part in enumerate(path) if index and path[index - 1] == "steps"]
    return path[: ends[-1]] if ends else ()


def at_path(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value
