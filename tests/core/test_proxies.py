"""Who the caller is, with and without a proxy in front."""

import pytest
from flask import Flask

from cityexchange.core.headers import believe_proxies
from cityexchange.core.limits import caller

pytestmark = pytest.mark.no_app


def caller_seen(proxies, **headers):
    app = Flask(__name__)
    app.config["TRUSTED_PROXIES"] = proxies
    app.add_url_rule("/", view_func=caller)
    believe_proxies(app)
    peer = {"REMOTE_ADDR": "127.0.0.1"}
    return app.test_client().get("/", headers=headers, environ_base=peer).text


def test_behind_the_proxy_each_person_has_limits_of_their_own():
    assert caller_seen(1, **{"X-Forwarded-For": "192.0.2.7"}) == "192.0.2.7"


def test_of_a_chain_only_what_the_proxy_itself_saw_is_believed():
    assert caller_seen(1, **{"X-Forwarded-For": "203.0.113.1, 192.0.2.7"}) == "192.0.2.7"


def test_without_a_proxy_nobody_says_who_they_are():
    assert caller_seen(0, **{"X-Forwarded-For": "192.0.2.7"}) == "127.0.0.1"
