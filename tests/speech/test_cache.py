"""The cache survives kills, damage, neighbours and full or forbidden folders."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from voicecoach.model import Audio
from voicecoach.speech.cache import SpeechCache, cache_key, samples_digest

from .words import da

KEY = "ab" + "0" * 38


def sound(seed: int = 0, frames: int = 5000) -> Audio:
    samples = np.random.default_rng(seed).uniform(-1, 1, frames).astype(np.float32)
    return Audio(samples=samples, sample_rate_hz=48_000, onset_ms=61.25 + seed)


def key(seed: int) -> str:
    return f"{seed:040x}"


def same(first: Audio | None, second: Audio) -> bool:
    return (
        first is not None
        and np.array_equal(first.samples, second.samples)
        and (first.sample_rate_hz, first.onset_ms) == (second.sample_rate_hz, second.onset_ms)
    )


def entry(cache: SpeechCache) -> Path:
    return next(cache.folder.glob("??/*.speech"))


def test_what_is_stored_is_loaded() -> None:
    cache = SpeechCache()
    assert cache.load_audio(KEY) is None
    assert cache.head(KEY) is None
    assert cache.store_audio(KEY, sound())
    assert same(cache.load_audio(KEY), sound())
    assert cache.head(KEY) == (5000, 48_000, 61.25, samples_digest(sound()))
    assert [path.suffix for path in cache.folder.glob("*/*")] == [".speech"]


def test_the_key_is_all_that_can_be_heard() -> None:
    word = da("fem")
    others = [replace(word, text="seks"), replace(word, pace=1.1), replace(word, voice="x:y")]
    others += [word, replace(word, language="en")]
    keys = {cache_key("e", "1", other) for other in others}
    keys |= {cache_key("e", "2", word), cache_key("f", "1", word)}
    assert len(keys) == 7
    assert cache_key("e", "1", word) == cache_key("e", "1", da("fem"))
    assert cache_key("e", "1", da("a\ud800"))


@pytest.mark.parametrize("where", [0, 3, 6, 10, 20, 45, 60, 3000, -1])
@pytest.mark.parametrize("harm", ["cut", "flip", "grow"])
def test_a_damaged_entry_is_deleted(where: int, harm: str) -> None:
    cache = SpeechCache()
    cache.store_audio(KEY, sound())
    path = entry(cache)
    data = bytearray(path.read_bytes())
    if harm == "flip":
        data[where] ^= 0x40
    path.write_bytes({"cut": data[:where], "flip": data, "grow": data + b"x"}[harm])
    assert cache.load_audio(KEY) is None
    assert not path.exists()
    assert cache.head(KEY) is None
    assert cache.store_audio(KEY, sound())
    assert same(cache.load_audio(KEY), sound())


@pytest.mark.parametrize("where", [0, 3, 6, 10, 20, 45, 60, 3000])
def test_a_truncated_entry_has_no_length(where: int) -> None:
    cache = SpeechCache()
    cache.store_audio(KEY, sound())
    path = entry(cache)
    path.write_bytes(path.read_bytes()[:where])
    assert cache.head(KEY) is None
    assert not path.exists()


def test_the_size_is_limited_and_the_last_used_stays() -> None:
    cache = SpeechCache(limit_bytes=500_000)  # 24 of 20 kB
    for seed in range(60):
        cache.store_audio(key(seed), sound(seed))
        assert cache.load_audio(key(0)) is not None
        age(cache, key(0), -seed)
    total = sum(path.stat().st_size for path in cache.folder.glob("*/*"))
    assert total <= 550_000
    assert cache.load_audio(key(59)) is not None
    assert cache.load_audio(key(1)) is None


def age(cache: SpeechCache, name: str, seconds: float) -> None:
    when = time.time() - seconds
    os.utime(cache.folder / name[:2] / f"{name}.speech", (when, when))


def test_what_is_too_large_or_not_wanted_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not SpeechCache(limit_bytes=1000).store_audio(KEY, sound())
    monkeypatch.setenv("VOICECOACH_CACHE_MB", "0")
    assert not SpeechCache().store_audio(KEY, sound())
    monkeypatch.setenv("VOICECOACH_CACHE_MB", "nonsense")
    assert SpeechCache().limit_bytes == 500_000_000


def test_what_killed_writers_left_is_removed() -> None:
    cache = SpeechCache()
    cache.store_audio(KEY, sound())
    old, new = entry(cache).with_name("old.part"), entry(cache).with_name("new.part")
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    SpeechCache().store_audio(KEY, sound())
    assert not old.exists()
    assert new.exists()


def test_a_folder_that_cannot_be_made_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = SpeechCache(tmp_path / "file" / "speech")
    assert cache.load_audio(KEY) is None
    assert cache.head(KEY) is None
    assert not cache.store_audio(KEY, sound())
    assert "cannot be written" in cache.problem


def test_something_strange_in_the_place_of_an_entry_breaks_nothing() -> None:
    cache = SpeechCache()
    (cache.folder / KEY[:2] / f"{KEY}.speech").mkdir(parents=True)
    assert cache.load_audio(KEY) is None
    assert not cache.store_audio(KEY, sound())
    assert not list(cache.folder.glob("*/*.part"))


WRITER = """
import sys, random
from pathlib import Path
from tests.speech.test_cache import SpeechCache, key, same, sound
cache = SpeechCache(Path(sys.argv[1]), 400_000)
chance = random.Random(int(sys.argv[2]))
print("ready", flush=True)
for turn in range(int(sys.argv[3])):
    seed = chance.randrange(30)
    found = cache.load_audio(key(seed))
    assert found is None or same(found, sound(seed)), seed
    cache.store_audio(key(seed), sound(seed))
    assert not cache.problem, cache.problem
"""


def writer(folder: Path, seed: int, turns: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(seed), str(turns)], stdout=subprocess.PIPE, text=True
    )


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    with writer(tmp_path, 1, 300) as first, writer(tmp_path, 2, 300) as second:
        assert (first.wait(20), second.wait(20)) == (0, 0)
    assert not list(tmp_path.glob("*/*.part"))


def test_a_killed_writer_leaves_only_whole_entries(tmp_path: Path) -> None:
    chance = random.Random(3)
    for turn in range(4):
        with writer(tmp_path, turn, 10**9) as process:
            assert process.stdout is not None
            process.stdout.readline()
            while not any(tmp_path.glob("??/*.speech")) and process.poll() is None:
                time.sleep(0.005)  # a busy machine may take long until the first
            time.sleep(chance.uniform(0.01, 0.1))
            process.kill()
        whole = {path.name for path in tmp_path.glob("??/*.speech")}
        cache = SpeechCache(tmp_path)
        found = {f"{key(seed)}.speech" for seed in range(30) if same(cache.load_audio(key(seed)), sound(seed))}
        assert found == whole
        assert found
