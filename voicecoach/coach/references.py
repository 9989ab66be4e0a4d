"""Sources in full: what an id of `scripts/sources.yaml` stands for."""

from __future__ import annotations

from functools import cache
from typing import Any

from voicecoach.model import Language
from voicecoach.resources import shipped
from voicecoach.shipped_yaml import read_yaml


def reference(source: str, language: Language, *, address: bool = True) -> str:
    """Authors, title, year and address; a title that is no id stays as it is."""
    known = _sources().get(source)
    if not isinstance(known, dict):
        return source
    title = known.get("title")
    title = title.get(language, next(iter(title.values()))) if isinstance(title, dict) else title
    url = known.get("url") if address else None
    parts = [known.get("authors"), title, known.get("journal"), known.get("year"), url]
    return ". ".join(str(part).rstrip(".") for part in parts if part)


@cache
def _sources() -> dict[str, Any]:
    return dict(read_yaml(shipped("scripts", "sources.yaml")))
