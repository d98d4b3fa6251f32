"""What waits for a translation is listed to whoever may read it, and as long as its words are there."""

import pytest
from sqlalchemy import delete, select

from cityexchange.core.db import db
from cityexchange.core.jobs import run_sweep
from cityexchange.core.policy import can
from cityexchange.languages.asks import TranslationAsk
from tests.chat.factories import RoomFactory
from tests.factories import CityFactory
from tests.forums.factories import opening, start_topic
from tests.languages.test_asking import ask, knowing


def test_words_that_wait_to_be_looked_at_are_neither_asked_for_nor_listed(sign_in, claire):
    city = CityFactory(about="Masalar ve evler.", language="tr")
    ask(sign_in(claire), city)
    deniz = knowing({"tr": "fluent", "fr": "fluent"})
    helper = sign_in(deniz)
    assert "Masalar" in helper.get("/translations").text
    assert can(deniz, "ask", TranslationAsk.of(deniz, city, "fr"))

    city.state = "applied"
    db.session.commit()
    assert "Masalar" not in helper.get("/translations").text + helper.get("/").text
    assert not can(deniz, "ask", TranslationAsk.of(deniz, city, "fr"))


def said(member):
    message = RoomFactory().post(member, "Bir masamız var.", nonce=None)
    message.language = "tr"
    return message


def deleted(record):
    db.session.delete(record)
    db.session.flush()


def gone_below_the_session(record):
    """As where the database takes along what stands below another row."""
    db.session.flush()
    db.session.execute(delete(type(record)).where(type(record).id == record.id))
    run_sweep("translation_asks")


GONE = [
    (lambda member: start_topic(language="tr"), deleted),
    (lambda member: opening(start_topic(language="tr")), lambda post: post.remove(post.author)),
    (
        lambda member: opening(start_topic(language="tr")).topic,
        lambda gone: opening(gone).remove(gone.author),
    ),
    (said, lambda message: message.remove()),
    (said, gone_below_the_session),
]


@pytest.mark.parametrize(("make", "go"), GONE)
def test_a_text_that_goes_takes_along_that_somebody_waits(claire, topic, make, go):
    record = make(claire)
    for one in (record, topic):
        TranslationAsk.of(claire, one, "fr").ask(one)
    go(record)
    assert db.session.scalars(select(TranslationAsk.record_type)).all() == ["Topic"]
    assert db.session.scalar(select(TranslationAsk.record_id)) == topic.id
