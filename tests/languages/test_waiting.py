"""Of texts that wait for a translation: nobody waits for what has come or cannot come, and the page of them costs the same for many."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.forums.models import Post
from cityexchange.languages.asks import TranslationAsk
from cityexchange.languages.models import Translation, digest
from cityexchange.languages.tidying import KEPT_FOR, forget_settled_asks
from cityexchange.notifications.translators import _in_topic, translators_for
from tests.forums.factories import opening, start_topic
from tests.languages.test_asking import knowing


def translated_in_that_moment(topic):
    digests = {"source_digest": digest(opening(topic).text), "origin": "human"}
    of_it = {"record_type": "Post", "record_id": opening(topic).id, "field": "text", "language": "fr"}
    db.session.add(Translation(**of_it, **digests, text="Nous avons une table."))


def found_to_be_french(topic):
    opening(topic).language = "fr"


def removed(topic):
    db.session.execute(update(Post).where(Post.id == opening(topic).id).values(removed_at=utcnow()))


def gone(topic):
    db.session.execute(delete(Post).where(Post.topic_id == topic.id))


def as_it_was(topic):
    """Nothing happens to it."""


SETTLED = {translated_in_that_moment: 0, found_to_be_french: 0, removed: 0, gone: 0, as_it_was: 1}


@pytest.mark.parametrize("happens", SETTLED)
def test_nobody_waits_on_for_what_is_settled_or_gone(claire, topic, happens):
    TranslationAsk.of(claire, opening(topic), "fr").ask(opening(topic))
    happens(topic)
    db.session.commit()
    forget_settled_asks()
    assert db.session.query(TranslationAsk).count() == SETTLED[happens]


def test_nobody_waits_longer_than_half_a_year(claire, topic):
    TranslationAsk.of(claire, opening(topic), "fr").ask(opening(topic))
    db.session.commit()
    for later, left in ((KEPT_FOR - timedelta(hours=1), 1), (KEPT_FOR + timedelta(hours=1), 0)):
        with clock_at(utcnow() + later):
            forget_settled_asks()
        assert db.session.query(TranslationAsk).count() == left


@pytest.mark.parametrize("place", ["first", "second"])
def test_what_one_asks_for_oneself_waits_for_others(sign_in, claire, topic, place):
    deniz = knowing({"tr": "fluent", "fr": "fluent"})
    for member in (deniz, claire) if place == "first" else (claire, deniz):
        TranslationAsk.of(member, topic, "fr").ask(topic)
    db.session.commit()
    for address in ("/translations", "/"):
        assert f"/topics/{topic.id}/translations" not in sign_in(deniz).get(address).text, address
    third = sign_in(knowing({"tr": "fluent", "fr": "fluent"})).get("/translations?lang=en").text
    assert third.count(f"/topics/{topic.id}/translations") == 1 and "2 colleagues wait" in third


def test_how_many_statements_it_takes_does_not_grow_with_what_waits(sign_in, claire, count_queries):
    browser = sign_in(knowing({"tr": "fluent", "fr": "fluent"}))

    def statements(address):
        browser.get(address)
        with count_queries() as counted:
            browser.get(address)
        return len(counted)

    found = []
    for _more in range(2):
        for number in range(4):
            topic = start_topic(title=f"Bir soru {number}", text="Bir masa var.", language="tr")
            TranslationAsk.of(claire, topic, "fr").ask(topic)
            TranslationAsk.of(claire, opening(topic), "fr").ask(opening(topic))
        db.session.commit()
        found.append({address: statements(address) for address in ("/translations", "/")})
    assert found[0] == found[1]


def test_of_many_who_know_both_languages_those_are_asked_who_were_here_last(claire, topic, monkeypatch):
    monkeypatch.setattr("cityexchange.notifications.translators.LATEST", 2)
    _in_topic.forget()
    ids = []
    for days in (3, 1, 2):
        seen_at = utcnow() - timedelta(days=days)
        ids.append(knowing({"tr": "works", "fr": "works"}, seen_at=seen_at).id)
    assert translators_for(topic, "fr", claire.id) == [ids[1], ids[2]]
    _in_topic.forget()
