"""The application with a few probes, for tests of the live ground against a real server in a process of its own."""

import warnings

import gevent
from flask import jsonify
from gevent.threadpool import ThreadPool

from cityexchange.app import create_app
from cityexchange.cities.models import City
from cityexchange.core.db import db, unit_of_work
from cityexchange.core.limits import MEMBER, Limit
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.sockets import follow, handler, hang_up, socketio, tell
from cityexchange.core.web import find, public
from cityexchange.members import security
from cityexchange.members.models import Member
from config import chosen
from tests.patience import PATIENCE

app = create_app(chosen())
app.config["WTF_CSRF_ENABLED"] = False  # the probes sign in and out without pages
# A client that does not read on purpose answers no ping meanwhile; on a busy machine that may take long.
socketio.server.eio.ping_timeout = 5 * PATIENCE


begun = []
"""What was begun beside the event loop, by its name: passwords looked at, files drawn anew."""


class Counting(ThreadPool):
    def apply(self, func, args=None, kwds=None):
        begun.append(func.__name__)
        return super().apply(func, args, kwds)


gevent.hub.Hub.threadpool_class = Counting


@app.get("/probe/begun/<name>")
@public
def count_begun(name):
    return jsonify(begun.count(name))


def often(name):
    return Limit(f"probe:{name}", most=10_000, seconds=1, each=MEMBER, store=PROCESS)


@handler("probe:follow", limit=often("follow"), writing=False)
def follow_city(city_id: int):
    follow(find(City, city_id))


@handler("probe:burst", limit=often("burst"), writing=False)
def burst(city_id: int, first: int, count: int, padding: int):
    city = find(City, city_id)
    for number in range(first, first + count):
        tell(city, "probe:number", number=number, padding="x" * padding)


@app.post("/probe/sign-in/<int:id>")
@public
def sign_in_for_probe(id):
    security.sign_in(db.session.get(Member, id))
    return jsonify(ok=True)


@app.get("/probe/crash/<word>")
@public
def crash(word):
    """Here, in a greenlet that nobody waits for, and with a warning."""
    warnings.warn("old ways", RuntimeWarning, stacklevel=1)
    gevent.spawn(lambda _word: 1 / 0, word)
    gevent.sleep(0)
    raise LookupError(word) from KeyError(word)


@app.cli.command("probe-prepare")
def prepare():
    db.create_all()
    city = City(
        slug="lyon", name="Lyon", country="FR", region="europe", timezone="Europe/Paris", state="active"
    )
    db.session.add(city)
    for n in range(1, 4):
        db.session.add(Member(name=f"Member {n}", handle=f"m{n}", email=f"m{n}@city.example", state="active"))
    db.session.commit()


@app.cli.command("probe-tell")
def tell_from_command():
    tell(db.session.get(City, 1), "probe:number", number=1, padding="")
    db.session.commit()


@app.cli.command("probe-hang-up")
def hang_up_from_command():
    with unit_of_work():
        hang_up(1)
