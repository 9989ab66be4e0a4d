"""What code makes a thing: a digest of a module and of all that it uses, so that no cache key outlives the code.

What a module uses is read from its text: every `import` in it, those inside functions too, and so on from module to
module; the worker scripts that it names (`"worker.py"`); the files beside it that are no code (phrases,
lexicons, fonts); and the versions of the libraries. Nothing is imported, and there is no list to keep.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from voicecoach.disk_cache import digest
from voicecoach.packages import version_of

_PACKAGE = Path(__file__).parent
_NAME = _PACKAGE.name
_OF_THIS_PROCESS = os.urandom(20)
_FOR_CHECKERS = re.compile(r"\nif TYPE_CHECKING:(?=\n)(?:\n[ \t].*|\n(?=\n))*")
_IMPORT = re.compile(r"\n[ \t]*(?:from ([\w.]+) import (\([^)]*\)|.*)|import ([\w.]+))")
"""Both begin with a newline and not with the start of a line: that is found six times as fast."""
_WORD = re.compile(r"\w+")
_SCRIPT = re.compile(r'"(\w+)\.py"')
_CALLED = {"PIL": "pillow", "yaml": "PyYAML", "piper": "piper-tts"}
"""Module → the package that brings it, where their names differ."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What the text of one module says."""

    uses: frozenset[str]
    """Modules of this package."""
    libraries: frozenset[str]
    digest: bytes
    """Of itself and of the data that it reads."""


@lru_cache
def code_digest(module: str) -> bytes:
    """A digest of all the code by which `module` (a `__name__`) makes what it makes. Of modules that are not of this
    package nothing is known: always the same. Where there is no text to read, no two processes get the same.
    """
    try:
        if module.startswith(f"{_NAME}.") and module not in _modules():
            return _OF_THIS_PROCESS
        texts = [_read(name) for name in used_by(module)]
    except OSError:
        return _OF_THIS_PROCESS
    libraries = sorted({name for text in texts for name in text.libraries})
    return digest(*(text.digest for text in texts), *map(_version, libraries))


@lru_cache
def used_by(module: str) -> list[str]:
    """`module` and the modules of this package that it uses, directly or not."""
    found: set[str] = set()
    new = {module} & _modules().keys()
    while new:
        found |= new
        new = {used for name in new for used in _read(name).uses} - found
    return sorted(found)


@cache
def _read(module: str) -> _Text:
    path = _modules()[module]
    with open(path, "rb") as file:
        data = file.read()
    text = f"\n{data.decode()}"
    is_room = path.endswith("__init__.py")  # what it names for checkers it hands on, when it is asked for
    named = set(_named(text if is_room else _FOR_CHECKERS.sub("", text)))
    folder = module.rpartition(".")[0]
    scripts = {f"{folder}.{name}" for name in _SCRIPT.findall(text)}
    others = {name.partition(".")[0] for name in named} - {_NAME} - sys.stdlib_module_names
    uses = (named | scripts) & _modules().keys()
    return _Text(frozenset(uses), frozenset(others), digest(data, *_data_of(os.path.dirname(path), text)))


def _named(text: str) -> Iterator[str]:
    for source, names, plain in _IMPORT.findall(text):
        yield source or plain
        if source.startswith(_NAME):  # `from voicecoach.cli import console` names a module too
            yield from (f"{source}.{name}" for name in _WORD.findall(names))


@cache
def _folders() -> dict[str, list[str]]:
    """The folders of the package, and the names of the files in each."""
    return {folder: sorted(names) for folder, _, names in os.walk(_PACKAGE) if not folder.endswith("__pycache__")}


@cache
def _modules() -> dict[str, str]:
    """The modules of this package and their files. The package itself says nothing but its version."""
    found = {}
    for folder, names in _folders().items():
        room = ".".join((_NAME, *os.path.relpath(folder, _PACKAGE).split(os.sep))).rstrip(".")
        for name in names:
            if name.endswith(".py"):
                found[f"{room}.{name[:-3]}".removesuffix(".__init__")] = os.path.join(folder, name)
    found.pop(_NAME, None)
    return found


def _data_of(folder: str, text: str) -> Iterator[bytes]:
    """What lies beside a module of a room and is no code, and what is in the folders without code that it names."""
    if folder != str(_PACKAGE):
        yield from _plain_files(folder)
        for other, names in _folders().items():
            is_below = os.path.dirname(other) == folder and "__init__.py" not in names
            if is_below and f'"{os.path.basename(other)}"' in text:
                yield from _plain_files(other)


@cache
def _plain_files(folder: str) -> list[bytes]:
    names = [name for name in _folders()[folder] if not name.endswith((".py", ".pyc"))]
    return [digest(name, Path(folder, name).read_bytes()) for name in names]


def _version(library: str) -> str:
    try:
        return version_of(_CALLED.get(library, library))
    except ModuleNotFoundError:  # an extra that is not here
        return ""
