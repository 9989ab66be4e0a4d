"""What a forked process must not inherit: locks that a thread held which it has not, helpers that are its parent's.

Whoever has such things registers, and makes them anew in `after_fork`, which the forked process calls before
anything else happens in it.
"""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet


class Forkable(Protocol):
    def after_fork(self) -> None:
        """In the new process: new locks, and nothing that belongs to the parent. Takes no lock, never raises."""


_things: WeakSet[Forkable] = WeakSet()


def renew_after_fork(thing: Forkable) -> None:
    _things.add(thing)


def _renew_all() -> None:
    for thing in list(_things):
        thing.after_fork()


if hasattr(os, "register_at_fork"):  # Windows does not fork
    os.register_at_fork(after_in_child=_renew_all)
