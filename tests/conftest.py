"""What all tests share: no test sees or changes a person's own files, and words are spoken once for all of them."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
# The same examples each time: what is red is red for everyone. `thorough` looks for others.
# And what is red is told at once: to search for a smaller example compiles for minutes; `thorough` does it.
_QUICK = [Phase.explicit, Phase.generate]
settings.register_profile(
    "quick", max_examples=100, deadline=None, suppress_health_check=_QUIET, derandomize=True, phases=_QUICK
)
settings.register_profile("thorough", max_examples=1500, deadline=None, suppress_health_check=_QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

_FOLDER = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write tests/golden and tests/compiler/fixtures anew from what the compiler does now. Read the diff.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Runs before the workers of pytest-xdist start, which inherit the environment and so share the folder."""
    # A shell that starts the tests in the background lets them, and all that they start, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):
        return
    config.stash[_FOLDER] = folder = Path(tempfile.mkdtemp(prefix="voicecoach-tests-"))
    (folder / "config" / "voicecoach").mkdir(parents=True)
    # The voice that is always there, whatever else is installed: a natural one would take minutes for all this.
    (folder / "config" / "voicecoach" / "config.toml").write_text('[en]\nvoice = "pyttsx3"\n', encoding="utf-8")
    os.environ["VOICECOACH_CACHE_DIR"] = str(folder / "cache")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    # Hundreds of tests start the program: it is compiled for the first, also where the shell wants that kept nowhere.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


_LONGEST = ("test_wheel.py", "test_odd_files.py", "test_readme.py", "test_damage.py", "test_play_events.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest begin: none of them is still running alone when all the others are through."""
    items.sort(key=lambda item: item.path.name not in _LONGEST)


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(_FOLDER, None):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
