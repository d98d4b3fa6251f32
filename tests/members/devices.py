"""A device that makes passkeys, in software: what a browser and its authenticator would answer (WebAuthn level 2)."""

import json
import os
import struct
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, HOLDS_KEY = 1, 4, 64


class Device:
    def __init__(self, origin="http://localhost", host="localhost"):
        self.key, self.id, self.count = ec.generate_private_key(ec.SECP256R1()), os.urandom(32), 0
        self.origin, self.host, self.flags = origin, host, PRESENT | VERIFIED

    def make(self, question):
        """The answer to creation options, as JSON."""
        numbers = self.key.public_key().public_numbers()
        x, y = (n.to_bytes(32, "big") for n in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        held = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(HOLDS_KEY) + held
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", question)
        return self._answer(clientDataJSON=said, attestationObject=attestation)

    def use(self, question):
        """The answer to request options, as JSON."""
        self.count += 1
        said, data = self._said("webauthn.get", question), self._data()
        signature = self.key.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def _said(self, kind, question):
        return json.dumps({"type": kind, "challenge": question["challenge"], "origin": self.origin}).encode()

    def _data(self, more=0):
        return sha256(self.host.encode()).digest() + struct.pack(">BI", self.flags | more, self.count)

    def _answer(self, **parts):
        id = bytes_to_base64url(self.id)
        response = {name: bytes_to_base64url(part) for name, part in parts.items()}
        return json.dumps({"id": id, "rawId": id, "type": "public-key", "response": response})
