"""Files that a program makes once of what a library brings: found in the data folder, or made there. They may be deleted at any time."""

import hashlib
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from uuid import uuid4

log = logging.getLogger(__name__)


def made(path: Path, program: Path, arguments: Sequence[str] = ()) -> IO[bytes]:
    """The file as `program` writes it to its output, open, from its beginning."""
    with suppress(OSError, ValueError):  # not there, not ours to read, or empty after a crash
        return _opened(path)
    try:
        _make(path, program, arguments)
        return _opened(path)
    except OSError as problem:
        log.warning("%s cannot be kept and is made at every start: %s", path.name, problem)
        return _made_for_this_process(program, arguments)


def recipe(program: Path, *more: str) -> str:
    """What goes into a file's name, so that what is made in another way is another file."""
    return hashlib.sha256(" ".join(more).encode() + program.read_bytes()).hexdigest()[:12]


def _opened(path):
    file = open(path, "rb")  # noqa: SIM115 - as long as the process
    if not os.fstat(file.fileno()).st_size:
        file.close()
        raise ValueError("empty")
    return file


def _make(path, program, arguments):
    # Several processes may do so at once: each has its own draft, and the last one that is whole stays.
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{uuid4().hex}.part")
    try:
        with open(draft, "wb") as file:
            _write(file, program, arguments)
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _made_for_this_process(program, arguments):
    file = NamedTemporaryFile()  # noqa: SIM115 - as long as the process
    _write(file, program, arguments)
    file.seek(0)
    return file


def _write(file, program, arguments):
    # In a process of its own: what the libraries need would stay in this one, at 80 MB and more.
    subprocess.run([sys.executable, "-P", program, *arguments], stdout=file, check=True)
