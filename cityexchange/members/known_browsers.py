"""Browsers in which an account was signed in before, each with limits of its own.

Threat: whoever tires out the limits of an account from elsewhere must not lock its owner out (OWASP, device cookies).
"""

import secrets

from flask import after_this_request, current_app, request
from itsdangerous import BadSignature

from cityexchange.core.limits import Limit, caller
from cityexchange.core.signing import Serializer
from cityexchange.members.models import digest_of

COOKIE = "known"
KEPT_FOR = 180 * 86400
"""Seconds."""
NARROW = "an address from a known browser or a network"
"""Whom the narrow one of two limits is for: see `narrow_or_own`."""


def narrow_or_own(account: str, network: Limit, narrow: Limit) -> list[tuple[Limit, object]]:
    """Under which limits a try for this account counts: for `limits.take`, before those that strangers share.

    From a browser that knows the account, under the narrow one for that browser alone; else for this network.
    """
    if number := number_for(account):
        return [(narrow, number)]
    return [(network, caller()), (narrow, f"{account} {caller()}")]


def shared(account: str, everywhere: Limit) -> list[tuple[Limit, object]]:
    """The one of all strangers together; none from a browser that knows the account."""
    return [] if number_for(account) else [(everywhere, account)]


def number_for(account: str) -> str | None:
    """Of this browser, where the account was signed in here before."""
    try:
        digest, number = _signer().loads(request.cookies.get(COOKIE, ""), max_age=KEPT_FOR)
    except (BadSignature, TypeError, ValueError):
        return None
    return number if digest == digest_of(account) else None


def remember(account: str) -> None:
    """With the answer to this request. What is kept names nobody."""
    number = number_for(account) or secrets.token_urlsafe(16)
    kept = _signer().dumps([digest_of(account), number])

    @after_this_request
    def set_cookie(response):
        response.set_cookie(
            COOKIE,
            kept,
            max_age=KEPT_FOR,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
        return response


def _signer():
    return Serializer(current_app.config["SECRET_KEY"], salt="known-browser")
