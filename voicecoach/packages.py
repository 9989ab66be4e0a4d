"""Which version of a package is here."""

from __future__ import annotations

import os
import re
import sys
from functools import lru_cache


@lru_cache
def version_of(package: str) -> str:
    """Its version, read from the name of the folder that installing it left (`lameenc-1.8.2.dist-info`).

    `importlib.metadata` says the same, but brings Python's parser of e-mails with it, a tenth of a warm export; it is
    asked where there is no such folder. Raises `importlib.metadata.PackageNotFoundError`.
    """
    for place in sys.path:
        if version := _versions_in(place).get(_plain(package)):
            return version
    from importlib.metadata import version as version_in_metadata

    return version_in_metadata(package)


def named_version(package: str) -> str:
    """“onnxruntime 1.20.0”, or “no onnxruntime”."""
    try:
        return f"{package} {version_of(package)}"
    except ModuleNotFoundError:
        return f"no {package}"


@lru_cache
def _versions_in(place: str) -> dict[str, str]:
    try:
        names = os.listdir(place or ".")
    except OSError:  # a zip file, or nothing at all
        return {}
    parts = (name.removesuffix(".dist-info").partition("-") for name in names if name.endswith(".dist-info"))
    return {_plain(package): version for package, _, version in parts}


def _plain(package: str) -> str:
    """As all spellings of a name are compared: PEP 503."""
    return re.sub("[-_.]+", "-", package).lower()
