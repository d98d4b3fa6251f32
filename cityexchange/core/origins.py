"""Where an unsafe request was begun: on a page of ours, or on somebody else's."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import Forbidden

USUAL_PORTS = {"http": 80, "https": 443}
OWN = {"same-origin", "none"}


class ForeignOrigin(Forbidden):
    words = (
        _l("This was sent from another website"),
        _l(
            "For your safety we take forms from our own pages only. Open the page here and send it from there."
        ),
    )


def origin_of(url: str) -> str | None:
    """Scheme, host and port as browsers write them; None for what is no address of a site ("null", nothing)."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or not parts.scheme:
        return None
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != USUAL_PORTS.get(parts.scheme) else "")


def is_foreign_page(environ: dict[str, Any], base_url: str | None) -> bool:
    """Whether a page of another site begins this, by what its browser says; for where there is no request yet."""
    said = environ.get("HTTP_ORIGIN")
    if not said:
        return False
    own = [base_url] if base_url else [f"{scheme}://{environ.get('HTTP_HOST', '')}" for scheme in USUAL_PORTS]
    return origin_of(said) not in {origin_of(url) for url in own}


def insist_on_own_origin() -> None:
    """Raises ForeignOrigin (403). Threat: a token and a cookie may both have leaked; where a form stood cannot be made up.

    Programs that are no browsers say nothing of an origin and pass: the token is asked of them all the same.
    """
    headers = request.headers
    if headers.get("Sec-Fetch-Site", "none") not in OWN and "Origin" not in headers:
        raise ForeignOrigin
    said = headers.get("Origin", headers.get("Referer"))
    if said is not None and not _is_own(said):
        raise ForeignOrigin


def is_begun_here() -> bool:
    """Whether the browser itself says that a page of ours sent this."""
    said = request.headers.get("Origin")
    return _is_own(said) if said is not None else request.headers.get("Sec-Fetch-Site") == "same-origin"


def page_before() -> str | None:
    """The page of ours on which this was begun, as far as the browser says, for who has to sign in first and comes back; None for what
    nobody can open."""
    if not request.referrer or not _is_own(request.referrer):
        return None
    parts = urlsplit(request.referrer)
    if not _is_page(parts.path):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def page_to_return_to() -> str | None:
    """After signing in: the page before; else this address itself, where it is a page as well as where its form is sent."""
    return page_before() or (request.full_path.rstrip("?") if _is_page(request.path) else None)


def _is_page(path):
    routes = current_app.create_url_adapter(request)
    return routes is not None and routes.test(path, method="GET")


def _is_own(url):
    origin = origin_of(url)
    if base := origin_of(current_app.config["BASE_URL"]):
        return origin == base
    # Without BASE_URL only the host is known for sure: a proxy may have ended TLS.
    return origin in {origin_of(f"{scheme}://{request.host}") for scheme in USUAL_PORTS}
