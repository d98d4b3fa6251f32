"""Addresses of ours that no request knows: in mails, and in texts that are kept, also those that a command or the worker makes."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from werkzeug.routing import MapAdapter


def base_url() -> str:
    return current_app.config["BASE_URL"] or "http://127.0.0.1:8000"


def host() -> str:
    return urlsplit(base_url()).hostname or "localhost"


def link(endpoint: str, **values: Any) -> str:
    """An absolute address on BASE_URL, whoever asks and from where."""
    return _router().build(
        endpoint, {k: v for k, v in values.items() if k != "_external"}, force_external=True
    )


def path_to(endpoint: str, **values: Any) -> str:
    """The same from the root of this site, for texts that are kept: it is what it is, whoever writes them and from where."""
    return _router().build(endpoint, values)


def _router() -> MapAdapter:
    parts = urlsplit(base_url())
    return current_app.url_map.bind(parts.netloc, parts.path or "/", url_scheme=parts.scheme)
