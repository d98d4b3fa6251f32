"""Where the bytes lie: a folder outside the web root, or an S3 bucket. Places are our own random names, never a person's."""

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from werkzeug.utils import import_string


class Storage(Protocol):
    def put(self, place: str, content: bytes) -> None: ...

    def source(self, place: str) -> Path | io.BytesIO:
        """What send_file can send; FileNotFoundError when nothing lies there."""

    def remove(self, place: str) -> None:
        """Nothing there is as good as removed."""

    def places(self) -> Iterator[tuple[str, datetime]]:
        """Everything that lies here, and since when."""


class Folder:
    def __init__(self, root: str):
        self.root = Path(root)

    def put(self, place, content):
        path = self._path(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        try:
            draft.write_bytes(content)
            os.replace(draft, path)
        except OSError:
            draft.unlink(missing_ok=True)  # where there is no room it would take what is left
            raise

    def source(self, place):
        path = self._path(place)
        if not path.is_file():
            raise FileNotFoundError(place)
        return path

    def remove(self, place):
        self._path(place).unlink(missing_ok=True)

    def places(self):
        for path in self.root.glob("*/*"):
            yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def _path(self, place):
        return self.root.resolve() / place[:2] / place


def open_storage(url: str, s3_endpoint: str | None = None) -> Storage:
    """`url` is a folder or s3://bucket. S3's keys and region come from the environment, as boto3 reads it."""
    if url.startswith("s3://"):
        bucket = import_string("cityexchange.core.files.bucket:Bucket")  # boto3 takes 15 MB
        return bucket(urlsplit(url).netloc, s3_endpoint)
    return Folder(url)
