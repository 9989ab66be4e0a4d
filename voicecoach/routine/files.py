"""Which files hold routines and exercises: those that ship, and a person's own. None is read here, so that a list
that was made before is shown at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from voicecoach.resources import shipped

SUFFIXES = (".yaml", ".yml")


def own_folder() -> Path:
    """Where a person's own `routines/`, `exercises/` and `tones/` lie."""
    import platformdirs

    return platformdirs.user_config_path("voicecoach")


def exercise_files(own: Path | None = None) -> list[Path]:
    own = own or own_folder()
    return [*yaml_files(shipped("scripts", "exercises")), *yaml_files(own / "exercises")]


def routine_files(own: Path | None = None, more: Iterable[Path] = ()) -> dict[str, Path]:
    """The routines that have an id, by id, in alphabetical order. A person's own come after those that ship, `more`
    last, and so win."""
    own = own or own_folder()
    files = [*yaml_files(shipped("scripts", "routines")), *yaml_files(own / "routines"), *more]
    by_id = {path.stem: path for path in files}
    return {id_: by_id[id_] for id_ in sorted(by_id)}


def yaml_files(folder: Path) -> list[Path]:
    """Those that lie in the folder itself, in alphabetical order; none where there is no folder."""
    try:
        paths = list(folder.iterdir())
    except OSError:  # none there, or one of somebody else's that may not be looked into
        return []
    return sorted(path for path in paths if path.suffix.lower() in SUFFIXES and not path.name.startswith("."))
