"""What is written of a language, kept: the same as what stands in its file."""

from pathlib import Path

import pytest

from voicecoach import shipped_yaml
from voicecoach.disk_cache import DiskCache
from voicecoach.language import wording
from voicecoach.model import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_kept_is_what_is_written(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped_yaml, "_kept", None)
    written = wording._written(language)
    shipped_yaml.keep_in(DiskCache(tmp_path, 1_000_000))
    assert wording._written(language) == written  # made
    monkeypatch.setattr(shipped_yaml, "_read", lambda text: pytest.fail("YAML is read again"))
    shipped_yaml.keep_in(DiskCache(tmp_path, 1_000_000))
    assert wording._written(language) == written  # found


def test_a_file_that_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    monkeypatch.setattr(shipped_yaml, "_kept", DiskCache(tmp_path / "kept", 1_000_000))
    for word in ("ett", "en"):
        (tmp_path / "sv.yaml").write_text(f"numbers: {{0: noll, 1: {word}}}\nlists: [{{a: b}}]\n", encoding="utf-8")
        assert wording._written("sv") == {"numbers": {0: "noll", 1: word}, "lists": [{"a": "b"}]}
