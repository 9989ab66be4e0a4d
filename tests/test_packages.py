"""Versions are those that the packages say of themselves."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

import pytest

from voicecoach import packages
from voicecoach.packages import version_of


@pytest.mark.parametrize("package", ["numpy", "PyYAML", "pyyaml", "espeakng-loader", "espeakng_loader", "pydantic"])
def test_the_version_is_that_of_the_metadata(package: str) -> None:
    assert version_of(package) == importlib.metadata.version(package)


def test_an_unknown_package_is_told() -> None:
    with pytest.raises(ModuleNotFoundError):
        version_of("no-such-package-anywhere")


def test_the_first_place_counts_and_strange_ones_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numpy-0.0.1.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", ["/no/such/place", str(Path(__file__)), str(tmp_path), *sys.path])
    assert version_of.__wrapped__("numpy") == "0.0.1"
    packages._versions_in.cache_clear()
