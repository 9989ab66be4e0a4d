"""What our own YAML files say, kept: the same as what stands in them."""

from pathlib import Path

import pytest

from voicecoach import shipped_yaml
from voicecoach.disk_cache import DiskCache
from voicecoach.resources import shipped
from voicecoach.shipped_yaml import keep_in, read_yaml


@pytest.mark.parametrize("name", [("audio", "tones.yaml"), ("scripts", "sources.yaml")])
def test_what_is_kept_is_what_is_written(
    name: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped_yaml, "_kept", None)
    written = read_yaml(shipped(*name))
    keep_in(DiskCache(tmp_path, 1_000_000))
    assert read_yaml(shipped(*name)) == written  # made
    monkeypatch.setattr(shipped_yaml, "_read", lambda text: pytest.fail("YAML is read again"))
    keep_in(DiskCache(tmp_path, 1_000_000))
    assert read_yaml(shipped(*name)) == written  # found
