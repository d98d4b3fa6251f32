"""Static files, each read once, compressed once and named by the version of the whole tree.

`asset("css/site.css")` answers `/static/v-<version>/css/site.css`, which browsers may keep for a year. Modules import each
other by relative paths, so they stay inside the version that the page named. `css/site.css` is made of the files of css/, and
a script comes with its neighbours (core/scripts.py).
"""

import gzip
import hashlib
import mimetypes
import os
import re
from functools import cached_property
from pathlib import Path

import brotli
from flask import Flask, abort, current_app, g, make_response, request
from werkzeug import Response

from cityexchange.core import scripts

STYLESHEET = "css/site.css"
SCRIPTS = "js/"
STYLE_ORDER = ("css/tokens.css", "css/base.css", "css/layout.css")
FOREVER = "public, max-age=31536000, immutable"
COMPRESSIBLE = ("text/", "application/json", "image/svg+xml")
ENCODERS = {"br": brotli.compress, "gzip": lambda body: gzip.compress(body, mtime=0)}
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css"}


class Asset:
    """One file, ready to send: its bytes as they are and as each kind of browser likes them."""

    def __init__(self, name: str, body: bytes):
        self.body = body
        self.mimetype = (
            TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        )
        self.etag = hashlib.sha256(body).hexdigest()[:20]
        self._encoded: dict[str, bytes] = {}

    def encoded(self, encoding: str) -> bytes:
        if encoding not in self._encoded:
            self._encoded[encoding] = ENCODERS[encoding](self.body)
        return self._encoded[encoding]


class Tree:
    """All files under a folder by name. What is not in it when it is read is never sent, so no path can climb out."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.paths = {path.relative_to(folder).as_posix(): path for path in sorted(_files(folder))}
        self.stamp = _stamp(self.paths.values())
        self._assets: dict[str, Asset] = {}

    @cached_property
    def version(self) -> str:
        digest = hashlib.sha256()
        for name, path in self.paths.items():
            digest.update(name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:12]

    def find(self, name: str) -> Asset | None:
        if name not in self._assets:
            if name == STYLESHEET:
                self._assets[name] = Asset(name, self.stylesheet())
            elif name in self.paths:
                self._assets[name] = Asset(name, self.body(name))
        return self._assets.get(name)

    def body(self, name: str) -> bytes:
        if name.startswith(SCRIPTS):
            return scripts.join(name, lambda name: self.paths[name].read_text("utf-8")).encode()
        return self.paths[name].read_bytes()

    def stylesheet(self) -> bytes:
        components = [name for name in self.paths if name.startswith("css/components/")]
        sheet = "\n".join(self.paths[name].read_text("utf-8") for name in (*STYLE_ORDER, *components))
        return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)).encode()

    def fresh(self) -> "Tree":
        """For development: this tree, or a new reading of it when a file came, went or changed."""
        return self if _stamp(_files(self.folder)) == self.stamp else Tree(self.folder)


def _files(folder: Path) -> list[Path]:
    found = (Path(place, name) for place, _, names in os.walk(folder, followlinks=True) for name in names)
    return [path for path in found if not path.name.startswith(".") and path.suffix != ".map"]


def _stamp(paths) -> int:
    return hash(tuple(sorted((str(path), path.stat().st_mtime_ns) for path in paths)))


def tree() -> Tree:
    state = current_app.extensions["assets"]
    is_watching = current_app.debug or current_app.config.get("TEMPLATES_AUTO_RELOAD")
    if is_watching and not g.get("is_tree_fresh"):
        state["tree"], g.is_tree_fresh = state["tree"].fresh(), True
    return state["tree"]


def asset(name: str) -> str:
    return f"/static/v-{tree().version}/{name}"


def send_asset(filename: str) -> Response:
    version, _, name = filename.partition("/") if filename.startswith("v-") else ("", "", filename)
    found = tree().find(name) or abort(404)
    response = _encode(found)
    # An old version's address must not keep a new version's content for a year.
    response.headers["Cache-Control"] = FOREVER if version == f"v-{tree().version}" else "no-cache"
    return response.make_conditional(request)


def _encode(found: Asset) -> Response:
    kinds = list(ENCODERS) if found.mimetype.startswith(COMPRESSIBLE) else []
    accepted = request.accept_encodings.best_match(kinds)
    response = make_response(found.encoded(accepted) if accepted else found.body)
    response.mimetype = found.mimetype
    response.set_etag(f"{found.etag}-{accepted}" if accepted else found.etag)
    response.vary.add("Accept-Encoding")
    if accepted:
        response.headers["Content-Encoding"] = accepted
    return response


def init_app(app: Flask) -> None:
    folder = Path(app.config.get("STATIC_FOLDER") or Path(app.root_path).parent / "static")
    app.extensions["assets"] = {"tree": Tree(folder)}
    app.add_url_rule("/static/<path:filename>", "static", send_asset)
    app.jinja_env.globals["asset"] = asset
