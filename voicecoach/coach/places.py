"""Where things lie: what can be made again, what a person chose, and their routines.

An argument beats the environment, the environment the configuration, and that the system's usual place.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from voicecoach.errors import SettingsError
from voicecoach.reading_files import expanded
from voicecoach.routine.files import routine_files, yaml_files

if TYPE_CHECKING:
    from voicecoach.coach.config import Config

CACHE, CONFIG, ROUTINES = "VOICECOACH_CACHE_DIR", "VOICECOACH_CONFIG_DIR", "VOICECOACH_ROUTINES"
"""In the environment; the last holds several, parted as in `PATH`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Folders, of which none has to be there."""

    cache: Path
    own: Path
    """The configuration, and a person's own `routines/`, `exercises/`, `tones/` and lexicons."""
    config_file: Path
    routines: tuple[Path, ...] = ()
    """Files, and folders of files, that are listed and found by their ids too."""

    @property
    def tones(self) -> Path:
        return self.own / "tones"

    def config(self) -> Config:
        """Raises `SettingsError` with everything that is wrong in it."""
        return _load(self.config_file)

    def routine_files(self) -> dict[str, Path]:
        """The files of all routines that have an id, by id; those of `routines` win. They need not be sound."""
        return routine_files(self.own, self._more())

    def _more(self) -> Iterator[Path]:
        for place in self.routines:
            yield from yaml_files(place) if os.path.isdir(place) else [place]


def places(
    cache: str | Path | None = None,
    config: str | Path | None = None,
    routines: Iterable[str | Path] | None = None,
) -> Places:
    """Where things lie. `config` is a folder, or the TOML file in one. Raises `VoicecoachError` for `~nobody`."""
    own, file = _own(config)
    its_cache, its_routines = _configured(file)
    given = routines if routines is not None else os.environ.get(ROUTINES, "").split(os.pathsep)
    found = [expanded(place) for place in given if str(place)]
    if routines is None and ROUTINES not in os.environ:
        found = [expanded(own / expanded(place)) for place in its_routines]
    chosen = cache or os.environ.get(CACHE) or its_cache
    usual = platformdirs.user_cache_dir("voicecoach", appauthor=False)
    return Places(cache=expanded(chosen or usual), own=own, config_file=file, routines=tuple(found))


def _configured(file: Path) -> tuple[str | None, tuple[str, ...]]:
    """The cache and the routines that the configuration names."""
    if os.path.lexists(file):  # unlike `exists`, quiet about a folder that may not be read
        with contextlib.suppress(SettingsError):  # told by whoever needs what else it says
            config = _load(file)
            return config.cache, config.routines
    return None, ()


def _load(file: Path) -> Config:
    from voicecoach.coach.config import load_config  # most people have no such file, and `list` is to be quick

    return load_config(file)


def _own(config: str | Path | None) -> tuple[Path, Path]:
    """A person's own folder, and the configuration in it."""
    chosen = config or os.environ.get(CONFIG)
    path = expanded(chosen) if chosen else platformdirs.user_config_path("voicecoach")
    return (path.parent, path) if path.suffix.lower() == ".toml" else (path, path / "config.toml")
