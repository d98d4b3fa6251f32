"""What a provider says of itself (OpenID Connect Discovery 1.0)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from cityexchange.core.db import db, utcnow
from cityexchange.identity.models import IdentityProvider
from cityexchange.identity.outside import Outside, Unreachable

ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
"""Signed with a key of its own. Never `none`, and no shared secret: a public key would pass for one."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
STALE = timedelta(days=1)


def discovered(issuer: str) -> dict[str, Any]:
    """What the provider says of itself. Unreachable where it does not answer; ValueError where it is not the one, or lacks something."""
    reply = Outside().request("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if reply.status_code != 200:
        raise Unreachable(f"answered {reply.status_code}")
    said = reply.json()
    if not isinstance(said, dict) or said.get("issuer") != issuer:
        raise ValueError("issuer")
    named = [said.get(name) for name in ENDPOINTS]
    if not all(isinstance(name, str) and name.startswith(("https://", "http://")) for name in named):
        raise ValueError("endpoints")
    algorithms = said.get("id_token_signing_alg_values_supported") or ["RS256"]
    ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return {
        **dict(zip(ENDPOINTS, named, strict=True)),
        "algorithms": [name for name in ALGORITHMS if name in algorithms],
        "way": "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post",
        "says_issuer": said.get("authorization_response_iss_parameter_supported") is True,
    }


def read_again() -> None:
    """Endpoints move. A provider that does not answer keeps what it said before; all are asked before anything is written."""
    due = select(IdentityProvider.id, IdentityProvider.issuer).where(
        IdentityProvider.read_at < utcnow() - STALE
    )
    said = {(id, issuer): _heard(issuer) for id, issuer in db.session.execute(due).all()}
    for (id, issuer), facts in said.items():
        provider = db.session.get(IdentityProvider, id)
        if facts and provider and provider.issuer == issuer:
            provider.note_facts(facts)


def _heard(issuer: str) -> dict[str, Any] | None:
    try:
        return discovered(issuer)
    except (Unreachable, ValueError):
        return None
