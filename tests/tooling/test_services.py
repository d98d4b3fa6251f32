"""The programs that tests stand on start, answer, and are gone afterwards."""

import os
import urllib.request

import psycopg
import pytest
import redis

from tests.services import Nginx, PostgreSQL, Redis

pytestmark = pytest.mark.no_app


def is_running(service):
    try:
        os.kill(service.process.pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.needs("redis")
def test_redis_answers_and_ends():
    with Redis() as server:
        assert redis.from_url(server.url).ping()
    assert not is_running(server)
    assert not server.folder.exists()


@pytest.mark.needs("postgresql")
def test_postgresql_fifteen_answers_and_ends():
    with PostgreSQL() as server, psycopg.connect(server.url().replace("+psycopg", "")) as line:
        assert line.execute("show server_version_num").fetchone()[0].startswith("15")
    assert not is_running(server)
    assert not server.folder.exists()


@pytest.mark.needs("nginx")
def test_nginx_answers_and_ends():
    with Nginx("server { listen 127.0.0.1:{port}; return 200 'here'; }") as server:
        assert urllib.request.urlopen(server.base_url).read() == b"here"
    assert not is_running(server)
