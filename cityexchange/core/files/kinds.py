"""What a file is, told from its content alone, and whether we take it. Pure: no request, no database, nothing unpacked."""

import io
import unicodedata
import zipfile
from dataclasses import dataclass

from cityexchange.core.files.encodings import NOBODY_SAID, Decoded, Named, OtherEncoding, decoded

MEGABYTE = 1024 * 1024
MOST_BYTES = {"image": 20 * MEGABYTE, "document": 20 * MEGABYTE, "text": 2 * MEGABYTE}
MOST_UNPACKED = 200 * MEGABYTE
MOST_PARTS = 2000
MOST_DIRECTORY = MEGABYTE
"""Bytes of a zip's table of contents: Python reads it whole before it tells how long it is."""

IMAGES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF87a": "GIF", b"GIF89a": "GIF"}
TEXT_NAMES = (".csv", ".txt", ".tsv")
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENTS = {
    f"{OPEN_DOCUMENT}text": "odt",
    f"{OPEN_DOCUMENT}spreadsheet": "ods",
    f"{OPEN_DOCUMENT}presentation": "odp",
}
OFFICE_DOCUMENTS = {
    "word/document.xml": ("docx", f"{OFFICE}wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", f"{OFFICE}spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", f"{OFFICE}presentationml.presentation"),
}


class Refused(Exception):
    """We do not take this file. `reason` is a key of words.py, `status` what HTTP says: 413 too large, else 422."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason
        self.status = 413 if reason in {"too_large", "too_many_pixels"} else 422


class SomeRefused(Exception):
    """Of several files, the (name, reason) of each that we do not take; whether there were others."""

    def __init__(self, refused: list[tuple[str, str]], has_others: bool):
        super().__init__(refused)
        self.refused, self.has_others = refused, has_others


@dataclass(frozen=True)
class Kind:
    """`family` is image, document or text; `detail` Pillow's name for an image's format, `said` what a text says."""

    family: str
    content_type: str
    extension: str
    detail: str = ""
    said: Decoded | None = None


def kind_of(content: bytes, name: str, how: Named = NOBODY_SAID) -> Kind:
    """Raises Refused for what is not on the list. The name only tells a table from other plain text."""
    kind = _image(content) or _pdf(content) or _archive(content) or _text(content, name, how)
    if kind is None:
        raise Refused("not_taken")
    if len(content) > MOST_BYTES[kind.family]:
        raise Refused("too_large")
    return kind


def _image(content):
    format = next((name for magic, name in IMAGES.items() if content.startswith(magic)), None)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        format = "WEBP"
    return Kind("image", "image/webp", "webp", format) if format else None


def _pdf(content):
    return Kind("document", "application/pdf", "pdf") if content.startswith(b"%PDF-") else None


def _archive(content):
    """Office documents are zips. Only tables of contents are read; a zip that is no document is not taken."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    _refuse_long_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _document(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as problem:
        raise Refused("broken") from problem


def _refuse_long_directory(content):
    end = content.rfind(b"PK\x05\x06")
    if end < 0:
        raise Refused("broken")
    is_zip64 = content[end - 20 : end - 16] == b"PK\x06\x07"
    if is_zip64 or int.from_bytes(content[end + 12 : end + 16], "little") > MOST_DIRECTORY:
        raise Refused("unpacks_too_large")


def _document(archive):
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("unpacks_too_large")
    names = {part.filename for part in parts}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("has_macros")
    if "mimetype" in names:
        with archive.open("mimetype") as mimetype:
            declared = mimetype.read(100).decode("ascii", "replace").strip()
        if declared in OPEN_DOCUMENTS:
            return Kind("document", declared, OPEN_DOCUMENTS[declared])
    if "[Content_Types].xml" in names:
        for main, (extension, content_type) in OFFICE_DOCUMENTS.items():
            if main in names:
                return Kind("document", content_type, extension)
    return None


def _text(content, name, how):
    """Words without control characters; what begins like a page or a drawing (SVG, HTML, XML) is none."""
    # What is too large is told so by whoever asks: of it the first lines are enough.
    most = MOST_BYTES["text"]
    head = content if len(content) <= most else content[:most].rpartition(b"\n")[0]
    try:
        said = decoded(head or content[:most], name.lower().endswith(TEXT_NAMES), how)
    except OtherEncoding as problem:
        raise Refused("other_encoding") from problem
    if said is None or not _is_plain(said.text):
        return None
    if name.lower().endswith(".csv"):
        return Kind("text", "text/csv", "csv", said=said)
    return Kind("text", "text/plain", "txt", said=said)


def _is_plain(text):
    begin = text.strip()[:1]
    return begin not in ("", "<") and (text.isprintable() or not _has_control(text))


def _has_control(text):
    return any(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f" for c in set(text))


def shown_name(name: str | None, kind: Kind) -> str:
    """The name people see, never a path: no folder, no control or direction character, the true extension, at most 150 characters."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    stem, dot, extension = clean.strip().rpartition(".")
    if not dot or len(extension) > 5:
        stem = clean
    stem = " ".join(stem.split()).strip(".")[:140] or "file"
    return f"{stem}.{kind.extension}"
