"""Prints the requirements of voicecoach and of its extras, each at the oldest version that `pyproject.toml` allows.

    python .ci/oldest.py > constraints.txt && pip install -c constraints.txt -e ".[dev]"

Needs Python 3.11 for tomllib. Markers stay. The tools of the tests are not what a person runs: theirs are the newest.
"""

from __future__ import annotations

import re
from pathlib import Path

import tomllib

PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def main() -> None:
    extras = [lines for name, lines in PROJECT["optional-dependencies"].items() if name != "dev"]
    for requirement in sorted({*PROJECT["dependencies"], *(line for extra in extras for line in extra)}):
        if oldest := _oldest(requirement):
            print(oldest)


def _oldest(requirement: str) -> str:
    name, _, marker = (part.strip() for part in requirement.partition(";"))
    found = re.match(r"([\w.-]+)>=([\w.]+)", name)
    if not found:
        return ""  # another extra of our own
    return f"{found[1]}=={found[2]}" + (f"; {marker}" if marker else "")


if __name__ == "__main__":
    main()
