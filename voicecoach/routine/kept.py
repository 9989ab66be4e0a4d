"""What was made of a file before, kept under all that it depends on: the text of the file, the code that makes it,
and those exercises that were asked for while it was made.

Reading checks every shape with pydantic, which takes longer to load than all the rest of a warm export; and of five
hundred files a change concerns a few. What raises an error is not kept.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from voicecoach import advice, model
from voicecoach.disk_cache import DiskCache, digest
from voicecoach.provenance import code_digest
from voicecoach.reading_files import read_limited
from voicecoach.routine.files import exercise_files
from voicecoach.routine.library import Library, load_library, load_routine
from voicecoach.routine.source import MAX_BYTES

if TYPE_CHECKING:
    from voicecoach.model import Exercise, Problem, Routine

_T = TypeVar("_T")


def load_kept(
    path: Path, library: Library, kept: DiskCache, check: Callable[[Routine], list[Problem]]
) -> tuple[Routine, list[Problem]]:
    """The routine in `path` and its problems, as `load_routine` gives them, and those that `check` finds among them.

    Raises what `load_routine` raises.
    """

    def load(library: Library) -> tuple[Routine, list[Problem]]:
        routine, problems = load_routine(path, library)
        return routine, problems + check(routine)

    return made_of(path, library, kept, load, "read", code_digest(__name__), code_digest(check.__module__))


def kept_library(own: Path | None, kept: DiskCache) -> Library:
    """All exercises, as `load_library` gives them."""
    try:
        files = [(str(file), read_limited(file, MAX_BYTES)) for file in exercise_files(own)]
    except OSError:  # a file that cannot be read: let reading tell of it
        return load_library(own)
    key = digest("library", code_digest(__name__), *files).hex()
    if (found := _unpacked(kept.load(key))) is not None:
        return Library(*found)
    library = load_library(own)
    kept.store(key, _packed((dict(library.exercises), library.problems)))
    return library


def made_of(path: Path, library: Library, kept: DiskCache, make: Callable[[Library], _T], *decides: object) -> _T:
    """What `make` makes of the file, or made of the same before. `decides` is all else that decides it, such as code.

    First stands, under the text, which exercises were asked for; then, under what those are now, what was made.
    `make` gives values of the model, and is to ask the library that it is handed.
    """
    try:
        text = read_limited(path, MAX_BYTES)
    except OSError:  # a file that cannot be read: let reading tell of it
        return make(library)
    of_text = digest("asked", *decides, str(path), text).hex()
    if (asked := _unpacked(kept.load(of_text))) is not None:
        found = _unpacked(kept.load(_key(of_text, asked[0], library)))
        if found is not None:
            made: _T = found[0]
            return made
    asking = _Asked(library.exercises)
    made = make(Library(asking, library.problems))
    if _is_still(path, text):
        kept.store(of_text, _packed((asking.ids,)))
        kept.store(_key(of_text, asking.ids, library), _packed((made,)))
    return made


class _Asked(Mapping[str, "Exercise"]):
    """Exercises, and which of them were asked for: `None` once somebody looked through all of them, or wanted one
    that is not there, which is told with the nearest that is."""

    def __init__(self, exercises: Mapping[str, Exercise]) -> None:
        self._exercises = exercises
        self._ids: set[str] | None = set()

    @property
    def ids(self) -> tuple[str, ...] | None:
        return None if self._ids is None else tuple(sorted(self._ids))

    def __getitem__(self, id_: str) -> Exercise:
        if id_ not in self._exercises:
            self._ids = None
        elif self._ids is not None:
            self._ids.add(id_)
        return self._exercises[id_]

    def __iter__(self) -> Iterator[str]:
        self._ids = None
        return iter(self._exercises)

    def __len__(self) -> int:
        self._ids = None
        return len(self._exercises)


def _key(of_text: str, ids: tuple[str, ...] | None, library: Library) -> str:
    return digest("made", of_text, *map(library.digest, (None,) if ids is None else ids)).hex()


def _is_still(path: Path, text: bytes) -> bool:
    try:
        return read_limited(path, MAX_BYTES) == text
    except OSError:
        return False


def _packed(value: object) -> bytes:
    return pickle.dumps(value, protocol=5)


class _Unpickler(pickle.Unpickler):
    """Makes nothing but values of the model and advice, whatever a file says."""

    def find_class(self, module: str, name: str) -> Any:
        home = advice if module == advice.__name__ else model
        made, ours = getattr(home, name, None), f"{module}.".startswith(f"{home.__name__}.")
        if ours and isinstance(made, type) and made.__module__ == module:
            return made
        raise pickle.UnpicklingError(f"{module}.{name} is not of the model")


def _unpacked(data: bytes | None) -> tuple[Any, ...] | None:
    try:
        found = None if data is None else _Unpickler(io.BytesIO(data)).load()
    except Exception:  # a damaged pickle raises anything at all
        return None
    return found if isinstance(found, tuple) else None
