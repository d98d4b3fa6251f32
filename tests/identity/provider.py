"""A provider that says whatever a test wants it to: real HTTP on loopback, real signatures, right or wrong on purpose."""

import hmac
import json
import threading
import time
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from joserfc import jws
from joserfc.jwk import RSAKey

CLIENT = "cityexchange-lyon"


class MadeUpProvider:
    """`claims` go into the next token as they are; `header`, `key` and `facts` may be made wrong too."""

    def __init__(self):
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.published = [self.key.as_dict(private=False)]
        self.header = {"alg": "RS256", "kid": "one"}
        self.changes, self.facts, self.asked, self.codes = {}, {}, [], set()
        self.answer = None
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.asked.append(self.path)
                known = {"/.well-known/openid-configuration": provider.says, "/keys": provider.keys}
                self._say(200, known[self.path]()) if self.path in known else self._say(404, {})

            def do_POST(self):
                provider.asked.append(self.path)
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                provider.form, provider.authorization = form, self.headers["Authorization"]
                self._say(*provider.exchange(form["code"][0]))

            def _say(self, status, said):
                body = said if isinstance(said, bytes) else json.dumps(said).encode()
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/keys")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def says(self):
        names = {"authorization_endpoint": "/auth", "token_endpoint": "/token", "jwks_uri": "/keys"}
        said = {"issuer": self.issuer} | {name: self.issuer + path for name, path in names.items()}
        return (
            said | {"id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"]} | self.facts
        )

    def keys(self):
        return {"keys": self.published}

    def exchange(self, code):
        """A code is good once, as at any provider."""
        if self.answer:
            return self.answer
        if code in self.codes:
            return 400, {"error": "invalid_grant"}
        self.codes.add(code)
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()}

    def expect(self, nonce, **claims):
        self.nonce, self.told = nonce, claims

    def id_token(self):
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
        }
        claims |= {"email_verified": True} | self.told | self.changes
        body = json.dumps({name: value for name, value in claims.items() if value is not None}).encode()
        if self.header["alg"] in ("none", "HS256"):
            return by_hand(self.header, body, self.key)
        return jws.serialize_compact(self.header, body, self.key, algorithms=[self.header["alg"]])


def by_hand(header, body, key):
    """What no library makes: without a signature, or with one by whatever bytes."""
    parts = [urlsafe_b64encode(part).decode().rstrip("=") for part in (json.dumps(header).encode(), body)]
    sign = b"" if header["alg"] == "none" else hmac.digest(key, ".".join(parts).encode(), "sha256")
    return ".".join([*parts, urlsafe_b64encode(sign).decode().rstrip("=")])
