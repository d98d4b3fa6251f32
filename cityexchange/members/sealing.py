"""Secrets that have to be read again (of second factors, of identity providers): encrypted where they are stored.

The key is made from SECRET_KEY for each purpose, so that what was sealed for one is unreadable for another. With a new
SECRET_KEY the one before goes into SECRET_KEY_FALLBACKS: it still opens, and whatever is sealed again has the new one.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


class Unreadable(ValueError):
    """Sealed with a key that is gone, for another purpose, or changed since."""


def seal(text: str, purpose: str) -> str:
    return _keys(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    try:
        return _keys(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as problem:
        raise Unreadable(purpose) from problem


def _keys(purpose):
    settings = current_app.config
    secrets = [settings["SECRET_KEY"], *(settings.get("SECRET_KEY_FALLBACKS") or ())]
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in secrets])


def _key(secret, purpose):
    made = HKDF(SHA256(), 32, salt=b"cityexchange sealing", info=purpose.encode()).derive(secret.encode())
    return base64.urlsafe_b64encode(made)
