"""From the code that a browser brings back to who signed in there (OpenID Connect Core 1.0, 3.1; PKCE, RFC 7636)."""

from typing import Any

from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from cityexchange.identity.models import IdentityProvider
from cityexchange.identity.outside import Outside
from cityexchange.identity.questions import Question, Refused

SCOPE = "openid profile email"
LEEWAY = 120
"""Seconds that the clocks of two machines may differ."""


def client(provider: IdentityProvider, way_back: str) -> OAuth2Client:
    return OAuth2Client(
        Outside(),
        provider.client_id,
        provider.secret or None,
        token_endpoint_auth_method=provider.facts["way"] if provider.secret else "none",
        scope=SCOPE,
        redirect_uri=way_back,
        code_challenge_method="S256",
    )


def way_there(provider: IdentityProvider, question: Question, way_back: str) -> str:
    address, _state = client(provider, way_back).create_authorization_url(
        provider.facts["authorization_endpoint"],
        state=question.state,
        nonce=question.nonce,
        code_verifier=question.verifier,
    )
    return address


def claims_of(provider: IdentityProvider, question: Question, code: str, way_back: str) -> dict[str, Any]:
    """Who the provider says it is. Refused for whatever is not right; Unreachable where it does not answer."""
    asked, facts = client(provider, way_back), provider.facts
    issuer, client_id = provider.issuer, provider.client_id  # the transaction ends below
    try:
        token = asked.fetch_token(facts["token_endpoint"], code=code, code_verifier=question.verifier)
        reply = Outside().request("GET", facts["jwks_uri"])
        reply.raise_for_status()
        signed = jwt.decode(token["id_token"], KeySet.import_key_set(reply.json()), registry=_registry(facts))
        options = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": client_id},
            "sub": {"essential": True},
        }
        expected = {
            "nonce": question.nonce,
            "client_id": client_id,
            "access_token": token.get("access_token"),
        }
        claims = CodeIDToken(signed.claims, signed.header, options, expected)
        claims.validate(leeway=LEEWAY)
    except (JoseError, OAuth2Error, ValueError, KeyError, TypeError) as problem:
        raise Refused(f"{type(problem).__name__}: {problem}") from problem
    if not (isinstance(claims["sub"], str) and 0 < len(claims["sub"]) <= 255):
        raise Refused("sub")
    return dict(claims)


def _registry(facts):
    return JWSRegistry(algorithms=facts["algorithms"], strict_check_header=False)
