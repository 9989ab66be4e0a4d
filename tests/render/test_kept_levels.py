"""Levels from the cache are those that were measured, and need no sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.render.sounds import audio_of, clip, coached, utterance
from voicecoach.disk_cache import DiskCache, digest
from voicecoach.model import Audio, Sound, Timeline
from voicecoach.render.kept_levels import with_kept_levels
from voicecoach.render.levels import with_levels

PROGRAMME = coached("fake:voice", ["Træk det ene knæ mod brystet."], ["tre", "to", "en"], rounds=1)


def identity(sound: Sound) -> bytes:
    return digest(repr(sound))


def refuse(sound: Sound) -> Audio:
    raise AssertionError(sound)


def test_they_are_the_same_and_need_no_sound(tmp_path: Path) -> None:
    expected = with_levels(PROGRAMME, audio_of)
    assert with_kept_levels(PROGRAMME, audio_of, identity, DiskCache(tmp_path, 10**6)) == expected
    assert with_kept_levels(PROGRAMME, refuse, identity, DiskCache(tmp_path, 10**6)) == expected


@pytest.mark.parametrize(
    "changed",
    [
        replace(PROGRAMME, duration_ms=PROGRAMME.duration_ms + 1),
        replace(PROGRAMME, clips=PROGRAMME.clips[1:]),
        replace(PROGRAMME, clips=(*PROGRAMME.clips, clip(utterance("mere"), 15_000))),
        replace(PROGRAMME, clips=(replace(PROGRAMME.clips[0], duration_ms=7), *PROGRAMME.clips[1:])),
    ],
)
def test_another_programme_is_measured(changed: Timeline, tmp_path: Path) -> None:
    kept = DiskCache(tmp_path, 10**6)
    with_kept_levels(PROGRAMME, audio_of, identity, kept)
    assert with_kept_levels(changed, audio_of, identity, kept) == with_levels(changed, audio_of)


def test_another_sound_and_another_target_are_measured(tmp_path: Path) -> None:
    kept = DiskCache(tmp_path, 10**6)
    with_kept_levels(PROGRAMME, audio_of, identity, kept)
    with pytest.raises(AssertionError):
        with_kept_levels(PROGRAMME, refuse, lambda sound: digest("new", repr(sound)), kept)
    quieter = with_kept_levels(PROGRAMME, audio_of, identity, kept, target_lufs=-25)
    assert quieter == with_levels(PROGRAMME, audio_of, target_lufs=-25)


def test_a_damaged_entry_is_measured_again(tmp_path: Path) -> None:
    expected = with_kept_levels(PROGRAMME, audio_of, identity, DiskCache(tmp_path, 10**6))
    for path in tmp_path.rglob("*.kept"):
        path.write_bytes(path.read_bytes()[:-8])
    assert with_kept_levels(PROGRAMME, audio_of, identity, DiskCache(tmp_path, 10**6)) == expected
