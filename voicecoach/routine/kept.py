"""What was read before: a routine and the library, kept under the text of all their files and of the code that reads.

Reading checks every shape with pydantic, which takes longer to load than all the rest of a warm export. Only what
was read without an error is kept.
"""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach import advice, model
from voicecoach.disk_cache import DiskCache, digest
from voicecoach.model import Problem, Routine
from voicecoach.provenance import code_digest
from voicecoach.reading_files import read_limited
from voicecoach.routine.files import exercise_files
from voicecoach.routine.library import Library, load_library, load_routine
from voicecoach.routine.source import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable


def load_kept(
    path: Path, kept: DiskCache, check: Callable[[Routine], list[Problem]], own: Path | None = None
) -> tuple[Routine, list[Problem], Library]:
    """The routine in `path`, its problems, those that `check` finds among them, and the library, as `load_library`
    and `load_routine` give them.

    Raises what they raise.
    """

    def load() -> tuple[Routine, list[Problem], Library]:
        library = load_library(own)
        routine, problems = load_routine(path, library)
        return routine, problems + check(routine), library

    try:
        key = _key(path, check, own)
    except OSError:  # a file that cannot be read: let reading tell of it
        return load()
    if (data := kept.load(key)) is not None and (found := _unpacked(data)) is not None:
        routine, problems, exercises, library_problems = found
        return routine, problems, Library(exercises, library_problems)
    routine, problems, library = load()
    kept.store(key, pickle.dumps((routine, problems, dict(library.exercises), library.problems), protocol=5))
    return routine, problems, library


def _key(path: Path, check: Callable[[Routine], list[Problem]], own: Path | None) -> str:
    code = code_digest(__name__), code_digest(check.__module__)
    files = [(str(file), read_limited(file, MAX_BYTES)) for file in [*exercise_files(own), path]]
    return digest("read", *code, *files).hex()


class _Unpickler(pickle.Unpickler):
    """Makes nothing but values of the model and advice, whatever a file says."""

    def find_class(self, module: str, name: str) -> Any:
        home = advice if module == advice.__name__ else model
        made, ours = getattr(home, name, None), f"{module}.".startswith(f"{home.__name__}.")
        if ours and isinstance(made, type) and made.__module__ == module:
            return made
        raise pickle.UnpicklingError(f"{module}.{name} is not of the model")


def _unpacked(data: bytes) -> Any:
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except Exception:  # a damaged pickle raises anything at all
        return None
