"""Of what a network asks for without a sign-in few pages are in hand at a time, and whoever is signed in passes by those in line."""

import threading
from contextlib import ExitStack, contextmanager

import pytest
from flask import request

from cityexchange.core import tallies
from cityexchange.core.databases import queue
from cityexchange.core.databases.queue import Busy
from cityexchange.core.limits import door
from cityexchange.core.limits.visitors import VISITS_AT_ONCE
from cityexchange.core.turns import MOST_WAITING, OF_ALL, OF_NETWORK, Turns, step_aside
from tests.factories import MemberFactory
from tests.patience import PATIENCE, wait_until

FLOOD, OTHERS = "192.0.2.7", "198.51.100.1"


@contextmanager
def in_hand(turns, *names):
    with ExitStack() as kept:
        for name in names:
            kept.callback(turns.take(name).end)
        yield


def the_door(app):
    """The door itself, behind whatever stands around it."""
    around = app.wsgi_app
    while not isinstance(around, door.Door):
        around = getattr(around, "app", None) or around.wsgi_app
    return around


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(queue.Manners, "patience", 0.05)


def test_one_network_has_few_in_hand_and_others_theirs(hasty):
    turns = Turns()
    with in_hand(turns, *[FLOOD] * OF_NETWORK):
        with pytest.raises(Busy):
            turns.take(FLOOD)
        turns.take(OTHERS).end()
    turns.take(FLOOD).end()
    assert turns.networks == {}


def test_all_networks_together_have_few_in_hand(hasty):
    turns = Turns()
    with in_hand(turns, *range(OF_ALL)), pytest.raises(Busy):
        turns.take("one more")
    assert turns.networks == {}
    turns.take("one more").end()


def test_who_steps_aside_lets_the_next_one_go_on(hasty):
    turns = Turns(of_network=1)
    first = turns.take(FLOOD)
    with pytest.raises(Busy):
        turns.take(FLOOD)
    first.end()
    second = turns.take(FLOOD)
    first.end()  # once more, at its own end: it takes nothing from the second
    with pytest.raises(Busy):
        turns.take(FLOOD)
    second.end()


def test_those_in_line_come_in_their_order_and_none_is_lost():
    turns, came = Turns(of_network=1), []

    def ask(number):
        turn = turns.take(FLOOD)
        came.append(number)
        turn.end()

    first = turns.take(FLOOD)
    waiting = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for one in waiting:
        one.start()
    assert wait_until(lambda: turns.networks[FLOOD].here == 21) and came == []
    first.end()
    for one in waiting:
        one.join(PATIENCE)
    assert sorted(came) == [*range(20)] and turns.networks == {}


def test_a_line_that_is_too_long_is_refused_at_once(monkeypatch):
    turns = Turns(of_network=1)
    with in_hand(turns, FLOOD):
        monkeypatch.setattr(turns.networks[FLOOD].line, "_waiting", MOST_WAITING)
        with pytest.raises(Busy):
            turns.take(FLOOD)


def come(browser, path, network=FLOOD, **options):
    return browser.get(path, environ_base={"REMOTE_ADDR": network}, **options)


@pytest.mark.parametrize("path", ["/", "/settings", "/nowhere"])
def test_while_a_network_s_places_are_taken_only_its_visitors_wait(app, sign_in, hasty, path):
    inside = sign_in(MemberFactory())
    with in_hand(the_door(app).turns, *[FLOOD] * OF_NETWORK):
        held = come(app.test_client(), path)
        assert held.status_code == 429 and int(held.headers["Retry-After"]) >= 1
        assert come(app.test_client(), path, OTHERS).status_code != 429
        assert come(inside, path).status_code != 429
        assert come(app.test_client(), "/healthz").status_code == 200
        assert come(app.test_client(), "/static/css/site.css").status_code == 200
        assert app.test_client().post("/sign-in", environ_base={"REMOTE_ADDR": FLOOD}).status_code != 429
    assert come(app.test_client(), path).status_code != 429


def test_slow_work_does_not_keep_the_place(app):
    stood = the_door(app).turns
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": FLOOD}):
        turn = stood.take(FLOOD)
        request.environ["cityexchange.turn"] = turn
        step_aside()
        assert stood.networks == {}
        turn.end()


def test_a_flood_is_refused_within_its_first_seconds(app, monkeypatch):
    monkeypatch.setitem(vars(VISITS_AT_ONCE), "most", 20)
    answers = [come(app.test_client(), "/settings").status_code for _ in range(25)]
    assert answers == [302] * 20 + [429] * 5


WORDS = [
    ({"Accept-Language": "fr"}, "text/html", "était très rapide", "<h1"),
    ({"Accept-Language": "ar-EG, en;q=0.5"}, "text/html", 'lang="ar"', "<h1"),
    ({"Accept-Language": "de"}, "text/html", "That was very fast", "<h1"),
    ({"HX-Request": "true"}, "text/html", "That was very fast", "notice"),
    ({"Accept": "application/json"}, "application/json", '"status":429', '"retry_after"'),
]


@pytest.mark.parametrize(("headers", "mimetype", "words", "shape"), WORDS)
def test_the_refusal_has_words_for_whoever_asks(app, monkeypatch, headers, mimetype, words, shape):
    monkeypatch.setitem(vars(VISITS_AT_ONCE), "most", 1)
    come(app.test_client(), "/settings")
    for _ in range(2):
        held = come(app.test_client(), "/settings", headers=headers)
        assert held.status_code == 429 and held.mimetype == mimetype
        assert words in held.text and shape in held.text
        assert "Content-Security-Policy" in held.headers and held.headers["Cache-Control"] == "no-store"
        assert 1 <= int(held.headers["Retry-After"]) <= VISITS_AT_ONCE.seconds


def test_the_language_of_the_visit_is_kept(app, monkeypatch):
    monkeypatch.setitem(vars(VISITS_AT_ONCE), "most", 1)
    browser = app.test_client()
    come(browser, "/?lang=es")
    come(browser, "/settings")
    assert 'lang="es"' in come(browser, "/settings").text


def test_what_is_refused_asks_the_database_nothing_but_to_be_counted_now_and_then(
    app, monkeypatch, count_queries
):
    monkeypatch.setitem(vars(VISITS_AT_ONCE), "most", 1)
    monkeypatch.setattr(tallies, "ONE_BY_ONE", 1)
    for _ in range(40):
        come(app.test_client(), "/settings")
    with count_queries() as counted:
        assert come(app.test_client(), "/settings").status_code == 429
    assert counted == []
