from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from voicecoach.speech.espeak.engine import Pyttsx3Engine


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees or changes the user's cache."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(folder))
    monkeypatch.delenv("VOICECOACH_CACHE_MB", raising=False)
    return folder


@pytest.fixture
def espeak(own_cache: Path) -> Iterator[Pyttsx3Engine]:
    engine = Pyttsx3Engine()
    yield engine
    engine.close()
