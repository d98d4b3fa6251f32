"""Of a form that is too large to be taken, what can be read of it within the limits: for the page of the refusal to give back.

A letter with a file of 30 MB, sent without JavaScript: the letter stands before the file and is read, the file is not. Text is read up
to the limit of a form's text.
"""

import re
import sys
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl

from flask import Request, current_app
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.multipart import Data, Field, File, MultipartDecoder, NeedData

PIECE = 64 * 1024
BROKEN_SIGN = re.compile(rb"%[0-9A-Fa-f]?$")


class Part(NamedTuple):
    """`is_cut`: of the last field there was more."""

    fields: list[tuple[str, str]]
    is_cut: bool


def part_of(request: Request) -> Part:
    """Reads the body, as far as may be; afterwards it is refused again whenever it is asked for."""
    read = {"application/x-www-form-urlencoded": _of_pairs, "multipart/form-data": _of_parts}.get(
        request.mimetype
    )
    before, request.max_content_length = request.max_content_length, sys.maxsize
    try:
        return read(request) if read else Part([], False)
    except (HTTPException, OSError, ValueError):
        return Part([], False)
    finally:
        request.max_content_length = before
        request.__dict__.pop("stream", None)


def _most():
    """Bytes of text that a form may have."""
    limits = current_app.config["MAX_FORM_MEMORY_SIZE"], current_app.config["MAX_CONTENT_LENGTH"]
    return min(limit for limit in limits if limit)


def _of_pairs(request):
    most, body, stream = _most(), b"", request.whole_body
    while len(body) <= most and (piece := stream.read(PIECE)):
        body += piece
    is_cut = len(body) > most
    text = BROKEN_SIGN.sub(b"", body[:most]) if is_cut else body
    first = b"&".join(text.split(b"&", request.max_form_parts)[: request.max_form_parts])
    fields = parse_qsl(first.decode("ascii", "ignore"), True, errors="ignore")
    return Part(fields, is_cut and first == text)


def _of_parts(request):
    """Until the first limit: of text, or of the whole body."""
    fields: list[tuple[str, bytes]] = []
    is_open, left = False, _most()
    for event in _events(request):
        if isinstance(event, Field | File):
            is_open = isinstance(event, Field) and bool(event.name)
            fields += [(event.name, b"")] if is_open else []
        elif isinstance(event, Data) and is_open:
            name, said = fields.pop()
            fields.append((name, said + event.data[:left]))
            left, is_open = left - len(event.data), event.more_data
        if left < 0:
            break
    return Part([(name, said.decode("utf-8", "ignore")) for name, said in fields], is_open or left < 0)


def _events(request) -> Iterator[object]:
    decoder = MultipartDecoder(
        request.mimetype_params.get("boundary", "").encode(), max_parts=request.max_form_parts
    )
    read, most = 0, current_app.config["MAX_CONTENT_LENGTH"]
    while read < most and (piece := request.stream.read(PIECE)):
        read += len(piece)
        decoder.receive_data(piece)
        while not isinstance(event := decoder.next_event(), NeedData):
            yield event
