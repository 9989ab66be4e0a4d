"""Who imports whom in the package, read from its source: nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import voicecoach

PACKAGE = Path(voicecoach.__file__).parent


@dataclass(frozen=True)
class Import:
    """One name that a file imports."""

    line: int
    target: str
    """`voicecoach.model.Cue`, `numpy`."""
    local: bool = False
    """Inside a function."""
    typing: bool = False
    """For a type checker alone: when the program runs, nothing is imported."""


@cache
def modules() -> Mapping[str, ast.Module]:
    """By the path inside the package (`render/mix.py`): what is written there."""
    return trees(PACKAGE)


def trees(package: Path) -> Mapping[str, ast.Module]:
    found = {
        path.relative_to(package).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(package.rglob("*.py"))
    }
    assert len(found) > 100, "no modules found: no test would hold anything"
    return found


def room_of(name: str) -> str:
    return name.removesuffix(".py").split("/")[0]


@cache
def imports(tree: ast.Module) -> tuple[Import, ...]:
    """All of a file, wherever they stand."""
    return tuple(_found(tree, local=False, typing=False))


def _found(node: ast.AST, *, local: bool, typing: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from (Import(node.lineno, alias.name, local, typing) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, "imports name the whole path"
        yield from (Import(node.lineno, f"{node.module}.{alias.name}", local, typing) for alias in node.names)
    local = local or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    for child in ast.iter_child_nodes(node):
        for_checkers = isinstance(node, ast.If) and _is_type_checking(node.test) and child in node.body
        yield from _found(child, local=local, typing=typing or for_checkers)


def _is_type_checking(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def of_the_package(tree: ast.Module) -> list[Import]:
    return [each for each in imports(tree) if each.target.split(".")[0] == "voicecoach"]


def local_statements(tree: ast.Module) -> list[int]:
    """The lines of the statements inside functions that import from the package."""
    return sorted({each.line for each in of_the_package(tree) if each.local and not each.typing})


def graph(files: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """File → the files it imports when the program runs, at its top or inside its functions."""
    return {
        name: {
            file
            for each in of_the_package(tree)
            if not each.typing and (file := _file(each.target, files)) and file != name
        }
        for name, tree in files.items()
    }


def _file(target: str, files: Mapping[str, ast.Module]) -> str | None:
    """The file that has the name: `voicecoach.model.Cue` is in `model/__init__.py`, or in `model.py`."""
    parts = target.split(".")[1:]
    for end in range(len(parts), -1, -1):
        path = "/".join(parts[:end])
        for file in (f"{path}.py", f"{path}/__init__.py".lstrip("/")):
            if file in files:
                return file
    return None


def circles(of: Mapping[str, set[str]]) -> list[list[str]]:
    """Every set of files that reach one another, by Tarjan's way."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = lowest[name] = len(order)
        stack.append(name)
        for other in sorted(of[name]):
            if other not in order:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in stack:
                lowest[name] = min(lowest[name], order[other])
        if lowest[name] == order[name]:
            at = stack.index(name)
            if len(stack) - at > 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    for name in sorted(of):
        if name not in order:
            visit(name)
    return found
