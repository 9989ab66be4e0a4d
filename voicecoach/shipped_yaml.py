"""YAML files of ours, such as the words of a language and the recipes of the tones, and what they said, kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from voicecoach.disk_cache import DiskCache, digest

_kept: DiskCache | None = None


def keep_in(kept: DiskCache) -> None:
    """From now on, what was read is kept there: to load YAML, and to read it, is a tenth of a warm export."""
    global _kept
    _kept = kept


def read_yaml(path: Path) -> Any:
    """What stands in the file: tables, lists, texts, numbers and switches. Raises `OSError`."""
    text = path.read_bytes()
    return _read(text) if _kept is None else _unpacked(_kept.made(digest("yaml", text).hex(), lambda: _packed(text)))


def _read(text: bytes) -> Any:
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _packed(text: bytes) -> bytes:
    """As JSON: a table as a list of its keys and values, since some keys are numbers."""
    return json.dumps(_paired(_read(text)), ensure_ascii=False).encode()


def _paired(value: Any) -> Any:
    if isinstance(value, dict):
        return {"": [[key, _paired(inner)] for key, inner in value.items()]}
    return [_paired(inner) for inner in value] if isinstance(value, list) else value


def _unpacked(data: bytes) -> Any:
    return json.loads(data, object_hook=lambda table: dict(table[""]))
