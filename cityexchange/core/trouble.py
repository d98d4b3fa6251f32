"""What the person at the keyboard can mend, said in one plain sentence."""

from pathlib import Path
from tempfile import TemporaryFile

import click


class Trouble(click.ClickException):
    """Every command says its sentence and ends with code 1. A web server halts at it: one that heard SystemExit would try for ever."""


def insist_on_folder(folder: Path, setting: str) -> None:
    """Makes the folder where it is missing; Trouble where it cannot be, or nothing can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Trouble(
            f"The folder {folder} cannot be written ({error.strerror}); make it one this account may write to, or name another in {setting}."
        ) from error
