"""Sending a file in, and reading it: always through the policy of the record it hangs on."""

from flask import Blueprint, abort, current_app, jsonify, request, send_file

from cityexchange.core.db import db
from cityexchange.core.files.kinds import Refused
from cityexchange.core.files.linking import markdown_of, url_of
from cityexchange.core.files.models import File
from cityexchange.core.files.receiving import receive
from cityexchange.core.files.words import ENCODINGS, reason_in_words
from cityexchange.core.policy import visible_to
from cityexchange.core.web import authorize, find, me, public

bp = Blueprint("files", __name__, url_prefix="/files")
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@bp.post("")
def create_file():
    authorize("upload", File())
    try:
        file = receive(request.files.get("file"), me(), encoding=_named_encoding())
    except Refused as refusal:
        return jsonify(error=reason_in_words(refusal.reason), reason=refusal.reason), refusal.status
    told = {"id": file.id, "url": url_of(file), "name": file.name, "markdown": markdown_of(file)}
    return jsonify(told | _read_as(file.said)), 201


def _named_encoding():
    encoding = request.form.get("encoding") or None
    return encoding if encoding is None or encoding in ENCODINGS else abort(422)


def _read_as(said):
    """Of a text that does not say itself what it is: how it was read, for whoever sent it in to look at."""
    return {"encoding": said.encoding, "lines": said.first_lines} if said and said.encoding else {}


@bp.post("/<int:id>/remove")
def remove_file(id):
    """Taken out of a text that was not posted yet; the bytes follow with the next search for remains."""
    file = find(File, id)
    authorize("remove", file)
    db.session.delete(file)
    return "", 204


# Public, because files of public spaces are; the policy of the record decides, and it is asked before
# If-None-Match, Range and HEAD are looked at.
@bp.get("/<int:id>/<path:name>")
@public
def show_file(id, name):
    file = _found(id)
    size = "small" if request.args.get("size") == "small" else "large"
    response = send_file(
        _source(file.place_of(size)),
        mimetype=file.content_type,
        as_attachment=True,  # an <img> shows it all the same; nobody opens it as a page of ours
        download_name=file.name,
        etag=f"{file.digest[:32]}-{size}",
        conditional=True,
    )
    return _guarded(response)


def _found(id):
    """As `find`, but visitors hear 404 too: nobody signs in from inside a picture."""
    if me().is_authenticated:
        return find(File, id)
    return db.session.scalar(visible_to(me(), File).where(File.id == id)) or abort(404)


def _source(place):
    try:
        return current_app.extensions["files"].source(place)
    except FileNotFoundError:
        abort(404)


def _guarded(response):
    """A browser asks us each time, so that a lost right is felt at once; nothing in the file runs on our address."""
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers.pop("Last-Modified", None)
    response.vary.add("Cookie")
    return response
