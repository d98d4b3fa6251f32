"""Thanks to who translated a text: one press, counted beside it, and heard once."""

import pytest
from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.languages.models import Translation, translate
from cityexchange.languages.thanks import TranslationThanks
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.languages.test_asking import THANKED, knowing, told


@pytest.fixture
def claire():
    return MemberFactory(locale="fr", languages_read=["fr"])


@pytest.fixture
def topic():
    return start_topic(title="Masa kimin?", text="Bir masamız var.", language="tr")


@pytest.fixture
def translated(topic):
    deniz = knowing({"tr": "works", "fr": "works"})
    return translate(opening(topic), "text", "fr", "Nous avons une table.", author=deniz)


def thank(browser, translation):
    address = f"/translations/{translation.record_type}/{translation.record_id}/thank"
    return browser.post(address, data={"language": translation.language})


def test_thanks_are_one_press_counted_shown_and_heard_once(sign_in, claire, topic, translated):
    deniz = db.session.get(type(claire), translated.author_id)
    browser, paul = sign_in(claire), sign_in(MemberFactory(locale="fr", languages_read=["fr"]))
    assert f"/translations/Post/{opening(topic).id}/thank" in browser.get(f"/topics/{topic.id}").text
    for one in (browser, browser, paul):
        assert thank(one, translated).status_code == 303
    db.session.refresh(translated)
    assert translated.thanks == 2
    assert told(deniz) == [("translation", THANKED)]
    assert "2 collègues disent merci." in browser.get(f"/topics/{topic.id}").text
    assert "says thank you" in sign_in(deniz).get("/notifications?lang=en").text
    assert (
        f"/translations/Post/{opening(topic).id}/thank"
        in browser.get(f"/translations/Post/{opening(topic).id}").text
    )


def test_nobody_thanks_themselves_or_a_machine(sign_in, claire, topic):
    own = translate(opening(topic), "text", "fr", "Une table.", author=claire)
    machine = translate(topic, "title", "fr", "De qui table ?", "machine")
    browser = sign_in(claire)
    for one in (own, machine):
        assert thank(browser, one).status_code == 303
        page = browser.get(f"/topics/{topic.id}").text
        assert "personne à remercier" in page and "remerciements sont comptés" not in page
    assert db.session.query(TranslationThanks).count() == 0
    assert db.session.scalars(select(Translation.thanks)).all() == [0, 0]


def test_other_words_by_somebody_else_begin_without_thanks(sign_in, claire, topic, translated):
    browser = sign_in(claire)
    thank(browser, translated)
    translate(opening(topic), "text", "fr", "Nous avons un bureau.", author=MemberFactory())
    db.session.refresh(translated)
    assert translated.thanks == 0 and db.session.query(TranslationThanks).count() == 0
    thank(browser, translated)
    db.session.refresh(translated)
    assert translated.thanks == 1


def test_what_is_hidden_cannot_be_thanked_for(sign_in, claire):
    hidden = start_topic(ForumFactory(space=SpaceFactory(confidentiality="group")), language="tr")
    translation = translate(hidden, "title", "fr", "Caché", author=MemberFactory())
    assert thank(sign_in(claire), translation).status_code == 404
    assert db.session.query(TranslationThanks).count() == 0
