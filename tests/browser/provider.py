"""The real OpenID Connect provider that browser tests sign in with: provider.mjs, run by the set-up's Node."""

import os
import shutil
import sys

from tests.services import ROOT, Service


class IdentityProvider(Service):
    """A real OpenID Connect provider (npm's oidc-provider) for one client, whose people sign in with any address."""

    def __init__(self, client, secret, way_back):
        super().__init__()
        self.client = client, secret, way_back
        self.issuer = f"http://127.0.0.1:{self.port}"

    def command(self):
        beside = os.path.dirname(sys.executable)  # where the set-up puts Node if the machine has none
        node = shutil.which("node") or shutil.which("node", path=beside)
        return [node, ROOT / "tests" / "browser" / "provider.mjs", self.port, *self.client]
