"""A manifest gets one entry after the other, and keeps what else the person wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.speech.recordings.entries import file_for, new_manifest, with_entry
from voicecoach.speech.recordings.manifest import MANIFEST, read_recordings

OWN = """# mine
name = "Mor"   # she
language = "da"

[clips]
# counts
"fem" = { file = "5.wav", onset_ms = 140 }
"Ud." = "ud.m4a"
"""


def files(folder: Path, manifest: str) -> dict[str, str]:
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")
    return {key: clip.path.name for key, clip in read_recordings(folder).clips.items()}


def test_entries_are_added_and_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    made = with_entry(OWN, 'Sig "hov".', "hov.wav", tmp_path)
    made = with_entry(made, "Fem", "5.wav", tmp_path)
    assert made.startswith(OWN[: OWN.index('"fem"')])
    assert "onset_ms" not in made  # it was that of the other recording
    assert files(tmp_path, made) == {"ud": "ud.m4a", 'sig "hov"': "hov.wav", "fem": "5.wav"}


@pytest.mark.parametrize(
    "manifest",
    [
        new_manifest('A "B" \\ æ', "da", "pyttsx3:gmq/da"),
        'language = "da"',
        'language = "da"\n[clips]',
        'language = "da"\n[clips.fem]\nfile = "5.wav"\n',
        'language = "da"\n[clips]\n"to" = "2.wav"\n[clips."fem"]\nfile = "5.wav"\n',
    ],
)
def test_every_other_manifest_gets_an_entry(tmp_path: Path, manifest: str) -> None:
    before = files(tmp_path, manifest)
    made = with_entry(manifest, "Begynd.", "begynd.wav", tmp_path)
    assert files(tmp_path, made) == {**before, "begynd": "begynd.wav"}


def test_a_manifest_that_is_written_unusually_is_left_to_the_person(tmp_path: Path) -> None:
    with pytest.raises(VoicecoachError, match="no entry") as caught:
        with_entry('language = "da"\nclips = { "to" = "2.wav" }\n', "Begynd.", "begynd.wav", tmp_path)
    assert '"Begynd." = "begynd.wav"' in caught.value.hint


def test_no_recording_takes_the_name_of_another(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(OWN, encoding="utf-8")
    (tmp_path / "stray.wav").write_bytes(b"")
    found = read_recordings(tmp_path)
    assert file_for(found, "FEM!", "fem") == "5.wav"
    assert file_for(found, "ud", "ud") == "ud.wav"  # a telephone's file is not written over
    assert file_for(found, "5", "5") == "5-2.wav"
    assert file_for(found, "stray", "stray") == "stray-2.wav"
