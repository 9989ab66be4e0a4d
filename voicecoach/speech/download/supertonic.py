"""The voices of Supertonic, all of which come together. There is no index: every file is known here."""

from __future__ import annotations

from voicecoach.speech.download.remote import RemoteFile, RemoteVoice
from voicecoach.speech.supertonic import files
from voicecoach.speech.supertonic.voices import ENGINE, SPOKEN


def remote_voice() -> RemoteVoice:
    return RemoteVoice(
        id=ENGINE,
        use=f"{ENGINE}:{files.STYLES[0]}",
        languages=SPOKEN,
        files=tuple(
            RemoteFile(path=path, name=path, size_bytes=size, sha256=sha256)
            for path, (size, sha256) in files.PINNED.items()
        ),
        folder=files.model_folder(),
        last=files.LAST,
        base_url=files.BASE_URL,
        licence=files.LICENCE,
        licence_url=files.LICENCE_URL,
        use_restrictions=files.USE_RESTRICTIONS,
    )


def names() -> list[str]:
    """What is there to be deleted, what makes it a voice first."""
    return sorted(files.PINNED, key=lambda name: name != files.LAST)
