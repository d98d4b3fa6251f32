"""What a provider says is believed only where everything about it is right (abuse case 19)."""

import time
from base64 import urlsafe_b64encode

import pytest
from joserfc.jwk import ECKey, RSAKey

from tests.identity.provider import CLIENT
from tests.identity.steps import refused, sign_in


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "another"}, {"nonce": None}, {"iss": "https://evil.example"}, {"iss": None},
        {"aud": "another"}, {"aud": "another", "azp": CLIENT}, {"aud": None}, {"aud": [CLIENT, "another"]}, {"aud": [CLIENT, "another"], "azp": "another"},
        {"exp": -600}, {"exp": None}, {"iat": 3600}, {"nbf": 3600},
        {"sub": None}, {"sub": ""}, {"sub": 7}, {"sub": "x" * 300},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_not_right_is_refused(provider, there, claire, visitor, changes):
    """Moments are told in seconds from now."""
    now = int(time.time())
    there.changes = {k: v + now if k in ("exp", "iat", "nbf") and v else v for k, v in changes.items()}
    refused(sign_in(visitor, there), claire)


def other_key(there):
    there.key = RSAKey.generate_key(2048, {"kid": "one"})


def no_signature(there):
    there.header = {"alg": "none"}


def public_key_as_secret(there):
    there.key = there.key.as_pem(private=False)
    there.header = {"alg": "HS256", "kid": "one"}


def published_secret(there):
    there.key = b"a secret that is published" * 2
    there.published = [{"kty": "oct", "kid": "one", "k": urlsafe_b64encode(there.key).decode().rstrip("=")}]
    there.header = {"alg": "HS256", "kid": "one"}


def curve_that_is_not_published(there):
    there.key = ECKey.generate_key("P-256", {"kid": "one"})
    there.header = {"alg": "ES256", "kid": "one"}


def unknown_key(there):
    there.header = {"alg": "RS256", "kid": "two"}


def no_token(there):
    there.answer = 200, {"access_token": "a", "token_type": "Bearer"}


def no_json(there):
    there.answer = 200, b"<html>"


def other_json(there):
    there.answer = 200, ["id_token"]


def redirect(there):
    there.answer = 302, {}


def error(there):
    there.answer = 503, {"error": "temporarily_unavailable"}


@pytest.mark.parametrize(
    "trick",
    [
        other_key, no_signature, public_key_as_secret, published_secret, curve_that_is_not_published, unknown_key,
        no_token, no_json, other_json, redirect, error,
    ],
    ids=lambda trick: trick.__name__,
)  # fmt: skip
def test_what_is_not_signed_by_the_citys_key_is_refused(provider, there, claire, visitor, trick):
    trick(there)
    refused(sign_in(visitor, there), claire)
