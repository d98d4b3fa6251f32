"""Passkeys: what a device is asked, and whether its answer is right (WebAuthn level 2, by py_webauthn)."""

import json
import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app, request

from cityexchange.core.db import db, utcnow
from cityexchange.core.later import later
from cityexchange.members.factors import Challenge, Passkey
from cityexchange.members.models import digest_of

webauthn = later("webauthn")
helpers, structs = later("webauthn.helpers"), later("webauthn.helpers.structs")
LARGEST = 10_000
"""Characters of an answer; a real one has some hundred."""
BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")
MOST = 10
"""Passkeys of a member."""


class WrongAnswer(ValueError):
    """What came back was not signed by this key, for us, for this question."""


def place():
    """(host name, origin) that keys are made for: those of BASE_URL, in development those of the request."""
    parts = urlsplit(current_app.config["BASE_URL"] or request.host_url)
    return parts.hostname, f"{parts.scheme}://{parts.netloc}"


def are_possible():
    """Browsers make keys for names, not for numbers, and only over https or on this machine."""
    host, origin = place()
    try:
        ip_address(host or "")
    except ValueError:
        return origin.startswith("https://") or host == "localhost"
    return False


def creation_options(member):
    """JSON for navigator.credentials.create."""
    options = webauthn.generate_registration_options(
        rp_id=place()[0],
        rp_name="cityexchange",
        user_id=bytes.fromhex(digest_of(f"passkey:{member.id}")),
        user_name=member.email,
        user_display_name=member.name,
        challenge=Challenge.begin(member),
        exclude_credentials=[_descriptor(key) for key in Passkey.of(member)],
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.PREFERRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(options)


def request_options(member=None):
    """JSON for navigator.credentials.get: of this member's keys, or of whichever the device holds."""
    options = webauthn.generate_authentication_options(
        rp_id=place()[0],
        challenge=Challenge.begin(member),
        allow_credentials=[_descriptor(key) for key in Passkey.of(member)] if member else None,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def keep(member, name, answer):
    """The new passkey. WrongAnswer for what no device made for us just now."""
    credential = _credential(answer)
    made = _verified(webauthn.verify_registration_response, credential, member)
    key = Passkey(
        member_id=member.id,
        credential_id=helpers.bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name.strip()[:80],
    )
    db.session.add(key)
    db.session.flush()
    return key


def owner(answer, member=None):
    """The passkey that signed, of this member or of anybody. WrongAnswer otherwise, and for a key that was copied."""
    credential = _credential(answer)
    wanted = db.select(Passkey).filter_by(credential_id=_plain(credential.get("id")))
    key = db.session.scalar(wanted.filter_by(member_id=member.id) if member else wanted)
    if key is None or not key.member.active:
        raise WrongAnswer("no such key")
    held = {"credential_public_key": key.public_key, "credential_current_sign_count": key.sign_count}
    key.sign_count = _verified(
        webauthn.verify_authentication_response, credential, member, **held
    ).new_sign_count
    key.used_at = utcnow()
    return key


def _credential(answer):
    try:
        credential = json.loads(answer or "") if len(answer or "") <= LARGEST else None
    except (ValueError, RecursionError):
        credential = None
    if not isinstance(credential, dict):
        raise WrongAnswer("no answer")
    return credential


def _plain(name):
    """Threat: JSON can hold NUL and halves of signs, which no database takes."""
    if not (isinstance(name, str) and BASE64URL.fullmatch(name)):
        raise WrongAnswer("no name of a key")
    return name


def _verified(verify, credential, member, **held):
    host, origin = place()
    try:
        said = json.loads(helpers.base64url_to_bytes(credential["response"]["clientDataJSON"]))
        challenge = helpers.base64url_to_bytes(said["challenge"])
        if not Challenge.take(challenge, member):
            raise WrongAnswer("not our question")
        return verify(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
            **held,
        )
    except (helpers.exceptions.WebAuthnException, ValueError, KeyError, TypeError, RecursionError) as problem:
        raise WrongAnswer("refused") from problem


def _descriptor(key):
    return structs.PublicKeyCredentialDescriptor(id=helpers.base64url_to_bytes(key.credential_id))
