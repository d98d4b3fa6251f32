"""The model's file, made once of py3langid's."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import IO

from cityexchange.core.made_files import made, recipe

MAKING = Path(__file__).with_name("making.py")


def model_file(folder: Path, languages: Sequence[str]) -> IO[bytes]:
    """The model of these languages as an open file, from its beginning."""
    return made(folder / file_name(languages), MAKING, languages)


def file_name(languages: Sequence[str]) -> str:
    """Another version of the library, other languages or another way of making are another file."""
    return f"languages-{version('py3langid')}-{recipe(MAKING, *languages)}.model"
