"""Pages leave compressed as the browser likes: Brotli, else gzip. Static files have their own way (assets.py).

Quality 4 of Brotli takes about 0.5 ms of CPU for a page of 32 KB and leaves a third or less of it; quality 11 took sixty times as long
for a tenth less.

Threat (BREACH): who can make a member's browser fetch a page with words of the attacker's in it, and see how long the
answer is, guesses the page's secrets one character at a time. The cookie is SameSite=Lax, so such requests carry none; where
a browser sends the cookie all the same and says that another site asked, the answer is not compressed.
"""

import gzip

import brotli
from flask import current_app, request

LEAST = 1024
"""Bytes below which compressing saves no packet."""
KINDS = ("text/", "application/json", "application/javascript", "image/svg+xml")
ENCODERS = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=4),
    "gzip": lambda body: gzip.compress(body, compresslevel=4, mtime=0),
}


def compress(response):
    """The same response, smaller where it can be. An entity tag becomes weak: other bytes, the same page."""
    if not _is_compressible(response):
        return response
    response.vary.add("Accept-Encoding")
    if encoding := encoding_taken():
        response.set_data(ENCODERS[encoding](response.get_data()))
        response.headers["Content-Encoding"] = encoding
        _weaken(response)
    return response


def pack(body):
    """A body to be kept in memory: a quarter of its size."""
    return ENCODERS["br"](body)


unpack = brotli.decompress


def encoding_taken():
    """In which an answer to this request leaves, or None."""
    return None if _may_be_an_attack() else request.accept_encodings.best_match(list(ENCODERS))


def answer_packed(packed):
    """A response of what `pack` made: as it is where the browser takes Brotli, else as it was."""
    is_taken = encoding_taken() == "br"
    response = current_app.response_class(packed if is_taken else unpack(packed))
    if is_taken:
        response.headers["Content-Encoding"] = "br"
    response.vary.add("Accept-Encoding")  # also where nothing is sent but "unchanged"
    return response


def _is_compressible(response):
    is_whole = not response.direct_passthrough and not response.is_streamed and response.status_code != 206
    return (
        is_whole
        and response.mimetype.startswith(KINDS)
        and "Content-Encoding" not in response.headers
        and (response.content_length or len(response.get_data())) >= LEAST
    )


def _may_be_an_attack():
    is_foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
    return is_foreign and current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def _weaken(response):
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)


def init_app(app):
    app.after_request(compress)
