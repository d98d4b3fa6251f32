"""The model's file: found in the data folder, or made there. It may be deleted at any time."""

import hashlib
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO
from uuid import uuid4

log = logging.getLogger(__name__)
MAKING = Path(__file__).with_name("making.py")


def prepared(folder: Path, languages: Sequence[str]) -> BinaryIO:
    """The model of these languages as an open file, from its beginning."""
    path = folder / file_name(languages)
    with suppress(OSError, ValueError):  # not there, not ours to read, or empty after a crash
        return _opened(path)
    try:
        _make(path, languages)
        return _opened(path)
    except OSError as problem:
        log.warning("the language model cannot be kept and is made at every start: %s", problem)
        return _made_for_this_process(languages)


def file_name(languages: Sequence[str]) -> str:
    """Another version of the library, other languages or another way of making are another file."""
    recipe = hashlib.sha256(" ".join(languages).encode() + MAKING.read_bytes())
    return f"languages-{version('py3langid')}-{recipe.hexdigest()[:12]}.model"


def _opened(path):
    file = open(path, "rb")  # noqa: SIM115 - as long as the process
    if not os.fstat(file.fileno()).st_size:
        file.close()
        raise ValueError("empty")
    return file


def _make(path, languages):
    # Several processes may do so at once: each has its own draft, and the last one that is whole stays.
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{uuid4().hex}.part")
    try:
        with open(draft, "wb") as file:
            _write(file, languages)
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _made_for_this_process(languages):
    file = TemporaryFile()  # noqa: SIM115 - as long as the process
    _write(file, languages)
    file.seek(0)
    return file


def _write(file, languages):
    # In a process of its own: the library and numpy would stay in this one, at 80 MB.
    subprocess.run([sys.executable, "-P", MAKING, *languages], stdout=file, check=True)
