"""Files that appear whole or not at all: written beside their place, flushed, then renamed into it."""

from __future__ import annotations

import contextlib
import errno
import os
import shlex
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voicecoach import parts
from voicecoach.errors import OutputError
from voicecoach.reading_files import expanded, is_ordinary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

STDOUT = "-"
_PART = ".voicecoach-"
NEW, OLD, NAME = "new", "old", "name"
"""In the part of a folder: itself, the one that it replaces, and what it is called."""
_LONGEST_NAME = 255
"""Bytes: that of nearly every disk."""

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space, or write to another disk."),
    errno.EDQUOT: ("your disk quota is used up", "Free some space, or write to another disk."),
    errno.EACCES: ("you may not write there", "Choose another folder."),
    errno.EPERM: ("you may not write there", "Choose another folder."),
    errno.EROFS: ("the disk can only be read", "Choose another folder."),
    errno.EBADF: ("it is closed", "Send it to a file or into a pipe: -o - > FILE"),
    errno.EFBIG: ("the file is larger than it may be there", "Write to another disk, or as MP3."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
}


def write_whole(path: str | Path, writer: Callable[[BinaryIO], None]) -> None:
    """Let `writer` write a file that can seek, then put it at `path`; `-` is the standard output.

    On any error, and on Ctrl-C, nothing is left behind and a file that was there stays as it was.
    Raises `OutputError` where the place cannot be written; what `writer` raises goes through.
    """
    if str(path) == STDOUT:
        _write_to_stdout(writer)
        return
    target = expanded(path)
    with clear_errors(target):
        check_place(target)
        if target.exists() and not target.is_file():  # a pipe or a device: it must not be replaced
            with target.open("wb") as out, _written_aside(writer) as file:
                _copy(file, out)
        else:
            _write_beside(writer, target.resolve())  # a link stays a link


def write_together(files: Sequence[tuple[Path, Callable[[BinaryIO], None]]]) -> None:
    """`write_whole` for several files: when all are finished, all are put into their places.

    Raises `OutputError` naming the first place that cannot be written.
    """
    with ExitStack() as put_in_place:
        for path, writer in files:
            target = expanded(path)
            with clear_errors(target):
                check_place(target)
                put_in_place.enter_context(_beside(target.resolve(), writer))


def _write_beside(writer: Callable[[BinaryIO], None], target: Path) -> None:
    with _beside(target, writer):
        pass


@contextlib.contextmanager
def _beside(target: Path, writer: Callable[[BinaryIO], None]) -> Iterator[None]:
    """Lets `writer` write beside `target`; renamed into its place at the end, removed on any error."""
    beside = part_beside(target)
    try:
        with beside.open("xb+") as file:
            writer(file)
            file.flush()
            os.fsync(file.fileno())
        yield
        os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def part_beside(target: Path) -> Path:
    """Where `target` may be made before it is renamed into its place. What killed processes left there goes."""
    with contextlib.suppress(OSError):
        for left in list(target.parent.glob(f"{_PART}*.part")):
            with contextlib.suppress(OSError):
                if parts.is_left(left.name, left.lstat().st_mtime):
                    _sweep(left)
    return target.with_name(f"{_PART}{parts.new_name()}.part")


def _sweep(left: Path) -> None:
    """A folder is an album's: if its writer was killed between two renamings, the old album is in it."""
    if left.is_dir() and not left.is_symlink():
        put_back(left)
        shutil.rmtree(left)
    else:
        left.unlink()


def put_back(part: Path) -> None:
    """The old folder that was moved into `part`, if nothing has taken its place."""
    old, name = part / OLD, part / NAME
    with contextlib.suppress(OSError):
        target = part.parent / Path(name.read_text(encoding="utf-8")).name
        if old.is_dir() and not os.path.lexists(target):
            os.rename(old, target)


def check_place(target: Path) -> None:
    """Raises `OutputError` if no file can be at `target`, as far as it can be known before one is written."""
    if os.path.isdir(target):
        raise OutputError(f"{target} is a folder", hint=f"Name a file in it: {target / 'routine.mp3'}")
    if not os.path.exists(target) or is_ordinary(target):  # else a pipe or a device, which is written as it stands
        check_folder_of(target.resolve() if os.path.islink(target) else target)


def check_folder_of(target: Path) -> None:
    """Raises `OutputError` with the right reason if nothing can be made in the folder in which `target` would lie."""
    folder = target.parent
    if os.path.isdir(folder):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise OutputError(f"you may not write in {folder}", hint="Choose another folder.")
        with clear_errors(target), contextlib.suppress(FileNotFoundError):
            os.lstat(target)  # a name may be too long
        return
    there = next(above for above in (folder, *folder.parents) if os.path.lexists(above) or above == above.parent)
    if not os.path.isdir(there):
        raise OutputError(f"{there} is no folder", hint="Choose another folder.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(f"you may not write in {there}, or look into it", hint="Choose another folder.")
    if max(len(os.fsencode(part)) for part in folder.parts) > _LONGEST_NAME:
        raise OutputError(f"there is no folder {folder}: the name is too long", hint="Choose a shorter name.")
    raise OutputError(f"there is no folder {folder}", hint=f"Make it first: mkdir -p {shlex.quote(str(folder))}")


def _write_to_stdout(writer: Callable[[BinaryIO], None]) -> None:
    with _written_aside(writer) as file:
        try:
            _copy(file, sys.stdout.buffer)
        except BrokenPipeError:
            # Who read it has seen enough. Without this, Python would complain when it flushes at its end.
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            raise _told(error, "the standard output") from error


@contextlib.contextmanager
def _written_aside(writer: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """What the writer wrote, in a temporary file: a writer must be able to seek, and a pipe cannot."""
    with tempfile.TemporaryFile() as file:
        writer(file)
        file.seek(0)
        yield file


def _copy(file: BinaryIO, out: BinaryIO) -> None:
    shutil.copyfileobj(file, out)
    out.flush()


@contextlib.contextmanager
def clear_errors(target: Path) -> Iterator[None]:
    """Makes an `OutputError` of what the system says of `target`."""
    try:
        yield
    except OSError as error:
        raise _told(error, str(target)) from error


def _told(error: OSError, what: str) -> OutputError:
    reason, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), ""))
    return OutputError(f"{what} could not be written: {reason}", hint=hint)
