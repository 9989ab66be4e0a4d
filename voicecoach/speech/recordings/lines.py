"""What a person records for a routine: its lines from the cue sheet, as a sheet to read from and as a manifest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from voicecoach.model import ROLES, Cue, CueSheet, Language, Utterance
from voicecoach.settings import quoted
from voicecoach.speech.espeak.voices import ESPEAK_VOICES
from voicecoach.speech.recordings.manifest import line_key

_NAME_LENGTH = 40
_COLUMNS = ("number", "role", "text", "file", "at most", "needed")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "’": "", "'": ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line to record."""

    number: int
    role: str
    text: str
    file: str
    """A suggested name for its file."""
    max_ms: int | None
    """How long it may be, from where it is heard to begin, if a count must fit into its second."""
    optional: bool
    """It is said only where there is no room for a longer one."""
    uses: int = 0
    """How often it is said where there is room for all."""

    def cells(self) -> tuple[str, ...]:
        at_most = f"{self.max_ms / 1000:.1f} s" if self.max_ms else ""
        return (f"{self.number:03}", self.role, self.text, self.file, at_most, "if short of time" * self.optional)


def lines(sheets: Iterable[CueSheet]) -> list[Line]:
    """Every distinct line that the sheets may say, in the order of first need."""
    found: dict[str, Line] = {}
    for sheet in sheets:
        for cue in sheet.cues:
            for form in cue.forms():
                if isinstance(form.sound, Utterance):
                    _add(found, form, form.sound.text, optional=form is not cue)
    return list(found.values())


def _add(found: dict[str, Line], form: Cue, text: str, *, optional: bool) -> None:
    max_ms = form.end_by_ms - form.offset_ms if ROLES[form.role].in_a_second and form.end_by_ms is not None else None
    line = found.get(line_key(text))
    if line is not None:
        shortest = min((ms for ms in (line.max_ms, max_ms) if ms is not None), default=None)
        uses = line.uses + (not optional)
        found[line_key(text)] = replace(line, max_ms=shortest, optional=line.optional and optional, uses=uses)
        return
    number = len(found) + 1
    name = f"{number:03}-{slug(text)}.wav"
    found[line_key(text)] = Line(
        number=number, role=form.role, text=text, file=name, max_ms=max_ms, optional=optional, uses=int(not optional)
    )


def most_used_first(found: Iterable[Line]) -> list[Line]:
    """In the order in which they do most for whoever has little time; what is only said in a hurry comes last."""
    return sorted(found, key=lambda line: (line.optional, -line.uses, line.number))


def recorded_only(sheet: CueSheet, gap: Callable[[Utterance], str | None]) -> tuple[CueSheet, dict[str, str]]:
    """The sheet without the shorter forms that nobody can say, and the lines that are missing, with the reasons.

    `gap`: why nobody can say an utterance, see `speaker.Speaker.gap`.
    """
    missing = {
        cue.sound.text: reason
        for cue in sheet.cues
        if isinstance(cue.sound, Utterance) and (reason := gap(cue.sound)) is not None
    }
    return replace(sheet, cues=tuple(_without_gaps(cue, gap) for cue in sheet.cues)), missing


def as_tsv(found: Sequence[Line]) -> str:
    return "".join("\t".join(cells) + "\n" for cells in (_COLUMNS, *(line.cells() for line in found)))


def as_markdown(found: Sequence[Line]) -> str:
    rows = [_COLUMNS, tuple("---" for _ in _COLUMNS), *(line.cells() for line in found)]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n" for cells in rows)


def as_manifest(found: Sequence[Line], language: Language) -> str:
    """A manifest to fill: every line with its suggested file."""
    clips = "".join(f"{quoted(line.text)} = {quoted(line.file)}\n" for line in found)
    return (
        f'name = "My voice"\nlanguage = "{language}"\nlicence = "private"\n'
        "# Who says what is not recorded; without it, everything must be.\n"
        f'# fill_from = "{_filler(language)}"\n\n'
        "# What is said = the file in this folder. A line whose file is not there counts as not recorded.\n"
        f"[clips]\n{clips}"
    )


def _filler(language: Language) -> str:
    """A voice that is always there and speaks the language."""
    return next((f"pyttsx3:{id_}" for id_, _, spoken in ESPEAK_VOICES if spoken == language), "")


def slug(text: str) -> str:
    """A file name for the text: small letters, digits and hyphens, cut at the end of a word."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).lower().translate(_LETTERS))
    words = re.sub(r"[^a-z0-9]+", " ", plain.encode("ascii", "ignore").decode()).split()
    name = "-".join(words)
    if len(name) > _NAME_LENGTH:
        name = name[: _NAME_LENGTH + 1].rpartition("-")[0] or name[:_NAME_LENGTH]
    return name or "line"


def _without_gaps(cue: Cue, gap: Callable[[Utterance], str | None]) -> Cue:
    shorter = cue.shorter
    while shorter is not None and isinstance(shorter.sound, Utterance) and gap(shorter.sound) is not None:
        shorter = shorter.shorter
    return replace(cue, shorter=_without_gaps(shorter, gap) if shorter else None)
