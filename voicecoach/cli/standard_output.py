"""What may go wrong with the standard output. Beside `console`, so that `--help` need not load all that prints."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from voicecoach.errors import OutputError


@contextmanager
def told_of_output() -> Iterator[None]:
    """An `OutputError` for what the system says of the standard output."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reasons = {errno.EBADF: "it is closed", errno.ENOSPC: "the disk is full"}
        reason = reasons.get(error.errno or 0, error.strerror or str(error))
        raise OutputError(f"the standard output could not be written: {reason}") from error
