"""A voice that can be fetched: its files, where they go, and by what they are known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from voicecoach.model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFile:
    path: str
    """Below the base URL."""
    name: str
    """What it is called here, below the voice's folder: never taken from a server."""
    size_bytes: int
    md5: str = ""
    """As the index says."""
    sha256: str = ""
    """If it is known here: then it alone counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteVoice:
    id: str
    """As it is added and removed: that of one voice of Piper, or the name of an engine whose voices come together."""
    use: str
    """The voice to name afterwards."""
    languages: tuple[Language, ...]
    files: tuple[RemoteFile, ...]
    folder: Path
    last: str
    """The name of the file that is put in place last: without it, the others are no voice."""
    base_url: str
    licence: str = ""
    licence_url: str = ""
    use_restrictions: tuple[str, ...] = ()
    """What its licence forbids: a person has to agree before it is fetched."""

    @property
    def pinned(self) -> bool:
        """Whether what speaks is known here. Else it is only as good as the server that describes it."""
        return all(file.sha256 for file in self.files if not file.name.endswith(".MODEL_CARD"))

    @property
    def size_bytes(self) -> int:
        return sum(file.size_bytes for file in self.files)
