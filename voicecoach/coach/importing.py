"""Somebody else's workout becomes a routine: its text, what was lost, and the files that it is written into."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from voicecoach.coach.inputs import refuse_stdout
from voicecoach.coach.writing import other_text, writer
from voicecoach.errors import OutputError
from voicecoach.output.files import check_place, clear_errors, write_together
from voicecoach.plain_text import without_controls
from voicecoach.reading_files import expanded
from voicecoach.routine.importers.recognised import imported
from voicecoach.routine.importers.workout import Loss
from voicecoach.routine.importers.written import written

_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRoutine:
    title: str
    text: str
    """The YAML of a routine file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What a file of another program became."""

    path: Path
    routines: tuple[ImportedRoutine, ...]
    losses: tuple[Loss, ...]
    """What no routine says, or what was not understood, by the lines of the file."""

    def files(self, output: str | Path) -> dict[Path, str]:
        """What would be written where: in a YAML file the first routine, in a folder a file each. Raises
        `OutputError` if that is the file that was read."""
        target = expanded(output)
        if target.suffix.lower() in _YAML and not os.path.isdir(target):
            found = {target: self.routines[0].text}
        else:
            found = {target / name: each.text for name, each in zip(self._names(), self.routines, strict=True)}
        for path in found:
            if os.path.exists(path) and os.path.samefile(path, self.path):
                raise OutputError(f"{path} is the file that is imported", hint="Choose another name.")
        return found

    def in_the_way(self, output: str | Path) -> list[tuple[Path, str]]:
        """The files that are there and say something else, each with what it is."""
        return [found for path, text in self.files(output).items() for found in other_text(path, text)]

    def write(self, output: str | Path) -> tuple[Path, ...]:
        """Writes all files, or none. Raises `OutputError`."""
        files = self.files(output)
        folder = next(iter(files)).parent
        if expanded(output) == folder and not os.path.lexists(folder):
            check_place(folder)
            with clear_errors(folder):
                folder.mkdir()
        write_together([(path, writer(text.encode())) for path, text in files.items()])
        return tuple(files)

    def _names(self) -> list[str]:
        names: list[str] = []
        for routine in self.routines:
            name = _id(routine.title) or "routine"
            same = sum(re.fullmatch(rf"{re.escape(name)}(?:-\d+)?\.yaml", other) is not None for other in names)
            names.append(f"{name}-{same + 1}.yaml" if same else f"{name}.yaml")
        return names


def import_file(path: str | Path) -> Import:
    """The workouts in a file, as routines. Raises `VoicecoachError` for a file of which none is made."""
    file = expanded(path)
    refuse_stdout([file])
    found = imported(file)
    source = without_controls(file.name)
    losses = found.losses if len(found.workouts) == 1 else ()  # else nobody knows whose
    routines = [
        ImportedRoutine(title=workout.title, text=written(workout, source, losses)) for workout in found.workouts
    ]
    return Import(path=file, routines=tuple(routines), losses=found.losses)


def _id(title: str) -> str:
    """The name of a file: small letters without their accents, joined by hyphens."""
    letters = title.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")
