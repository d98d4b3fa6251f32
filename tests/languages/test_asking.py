"""A text that one cannot read is asked for with one press; a few who know both languages hear of it, and whoever asked when it has come."""

import pytest
from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.follows.models import Follow
from cityexchange.languages.asks import TranslationAsk
from cityexchange.languages.limits import ASKS
from cityexchange.languages.models import translate
from cityexchange.notifications.choices import choose
from cityexchange.notifications.models import Notification
from cityexchange.notifications.translators import FEW, LOOKED_AT, MUCH, translators_for
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.visits.factories import open_visit
from tests.workshops.factories import WorkshopFactory


def knowing(levels, **values):
    member = MemberFactory(locale="en", **values)
    member.languages = levels
    db.session.flush()
    return member


def ask(browser, record, language="fr", kind=None):
    address = f"/translations/{kind or type(record).__name__}/{record.id}/ask"
    return browser.post(address, data={"language": language})


def told(member):
    lines = db.session.scalars(select(Notification).filter_by(member_id=member.id).order_by(Notification.id))
    return [(line.kind, line.template) for line in lines]


ASKED, ARRIVED, THANKED = "languages/asked", "languages/arrived", "languages/thanked"


def test_a_press_tells_who_knows_both_languages_and_the_page_lists_it(sign_in, claire, topic):
    deniz = knowing({"tr": "reads", "fr": "fluent"})
    browser = sign_in(claire)
    page = browser.get(f"/topics/{topic.id}").text
    assert f'action="/translations/Topic/{topic.id}/ask' in page
    assert f"/translations/Post/{opening(topic).id}/ask" in page

    assert ask(browser, topic).status_code == 303
    assert told(deniz) == [("request", ASKED)]
    helper = sign_in(deniz)
    assert (
        "A colleague waits for a translation into this language: French"
        in helper.get("/notifications?lang=en").text
    )
    for address in ("/translations", "/translations?language=fr", "/"):
        page = helper.get(address).text
        assert "Masa kimin?" in page and f"/topics/{topic.id}/translations?language=fr" in page, address
    assert claire.name not in helper.get("/translations").text
    assert "Masa kimin?" not in helper.get("/translations?language=tr").text


LEVELS = [
    ({"tr": "reads", "fr": "works"}, True),
    ({"tr": "works", "fr": "fluent"}, True),
    ({"tr": "fluent", "fr": "reads"}, False),
    ({"tr": "fluent"}, False),
    ({"fr": "fluent"}, False),
    ({"ar": "fluent", "en": "fluent"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("levels", "is_asked"), LEVELS)
def test_who_knows_a_language_well_enough_is_asked_to_write_it(sign_in, claire, topic, levels, is_asked):
    member = knowing(levels)
    ask(sign_in(claire), topic)
    assert told(member) == ([("request", ASKED)] if is_asked else [])


def test_the_language_of_ones_pages_is_known_too(sign_in, claire, topic):
    member = MemberFactory(locale="fr", languages_read=["tr"])
    ask(sign_in(claire), topic)
    assert told(member) == [("request", ASKED)]


@pytest.mark.parametrize("kind", ["asker", "outside", "muted", "hears nothing", "away", "asked much"])
def test_who_is_not_asked(sign_in, claire, kind):
    space = SpaceFactory(confidentiality="group")
    space.admit(claire)
    topic = start_topic(ForumFactory(space=space), title="Masa kimin?", language="tr")
    member = knowing({"tr": "fluent", "fr": "fluent"})
    if kind != "outside":
        space.admit(member)
    if kind == "asker":
        claire.languages = {"fr": "fluent", "tr": "fluent"}
    if kind == "muted":
        Follow.choose(member, topic, "muted")
    if kind == "hears nothing":
        choose(member.id, "request", is_here=False, mailing="never")
    if kind == "away":
        member.state = "deactivated"
    if kind == "asked much":
        for number in range(MUCH):
            line = {
                "occasion": f"o{number}",
                "kind": "request",
                "record_type": "Topic",
                "record_id": topic.id,
            }
            db.session.add(Notification(member_id=member.id, template=ASKED, mailing="never", **line))
    db.session.flush()
    expected = [member.id] if kind == "asker" else []
    assert translators_for(topic, "fr", claire.id) == expected


def test_a_few_are_asked_and_those_first_who_were_asked_least(sign_in, claire, topic):
    helpers = [knowing({"tr": "works", "fr": "works"}) for _ in range(FEW + 2)]
    other = start_topic(title="Bir soru", language="tr")
    browser = sign_in(claire)
    ask(browser, topic)
    assert sum(len(told(one)) for one in helpers) == FEW
    ask(browser, other)
    assert sorted(len(told(one)) for one in helpers) == [1, 1, 1, 1, 2]


@pytest.mark.parametrize("confidentiality", ["group", "chatham"])
def test_in_a_closed_space_one_of_it_is_asked_however_many_others_know_the_languages(claire, confidentiality):
    for _ in range(LOOKED_AT + 1):
        knowing({"tr": "works", "fr": "works"})
    space = SpaceFactory(confidentiality=confidentiality)
    inside = knowing({"tr": "works", "fr": "works"})
    for member in (claire, inside):
        space.admit(member)
    post = opening(start_topic(ForumFactory(space=space), inside, language="tr"))
    message = RoomFactory(space=space).post(inside, "Bir masamız var.")
    message.language = "tr"
    for record in (post, message):
        assert translators_for(record, "fr", claire.id) == [inside.id]


def test_asked_twice_and_by_others_is_asked_once_and_all_who_wait_hear_of_it(sign_in, claire, topic):
    deniz, paul = knowing({"tr": "works", "fr": "works"}), MemberFactory(locale="fr", languages_read=["fr"])
    for browser in (sign_in(claire), sign_in(claire), sign_in(paul)):
        assert ask(browser, opening(topic)).status_code == 303
    assert told(deniz) == [("request", ASKED)]
    assert db.session.query(TranslationAsk).count() == 2
    assert "2 colleagues wait" in sign_in(deniz).get("/translations?lang=en").text

    translate(opening(topic), "text", "fr", "Nous avons une table.", author=deniz)
    assert told(claire) == told(paul) == [("translation", ARRIVED)]
    assert told(deniz) == [], "nobody is asked for it any more"
    assert db.session.query(TranslationAsk).count() == 0
    assert "peut se lire" in sign_in(claire).get("/notifications").text
    assert "Masa" not in sign_in(deniz).get("/translations").text


def test_what_has_come_in_one_language_is_still_asked_for_in_another(sign_in, claire, topic):
    deniz = knowing({"tr": "works", "fr": "works", "ar": "works"})
    browser = sign_in(claire)
    for language in ("fr", "ar"):
        ask(browser, opening(topic), language)
    translate(opening(topic), "text", "fr", "Nous avons une table.", author=claire)
    [left] = db.session.scalars(select(Notification).filter_by(member_id=deniz.id, template=ASKED))
    assert left.facts["language"] == "ar"


def test_a_discussion_has_come_when_its_title_and_its_posts_have(sign_in, claire, topic):
    deniz = knowing({"tr": "works", "fr": "works"})
    topic.post(MemberFactory(), "Deux ou trois.", language="fr")
    topic.post(MemberFactory(locale="tr", languages_read=["tr"]), "Kaldırılan sözler.", language="tr").remove(
        deniz
    )
    ask(sign_in(claire), topic)
    translate(topic, "title", "fr", "À qui la table ?", author=deniz)
    assert told(claire) == []
    translate(opening(topic), "text", "ar", "لدينا طاولة.", author=deniz)
    assert told(claire) == []
    translate(opening(topic), "text", "fr", "Nous avons une table.", author=deniz)
    assert told(claire) == [("translation", ARRIVED)]


def test_who_translates_what_they_asked_for_is_told_nothing(sign_in, claire, topic):
    ask(sign_in(claire), opening(topic))
    translate(opening(topic), "text", "fr", "Nous avons une table.", author=claire)
    assert told(claire) == [] and db.session.query(TranslationAsk).count() == 0


def workshop():
    return WorkshopFactory(title="Çalıştay", is_open=True)


@pytest.mark.parametrize("make", [workshop, open_visit])
def test_workshops_and_visits_are_asked_for_too(sign_in, claire, make):
    record = make()
    record.language = "tr"
    db.session.commit()
    folder = "workshops" if type(record).__name__ == "Workshop" else "visits"
    browser = sign_in(claire)
    assert (
        f"/translations/{type(record).__name__}/{record.id}/ask" in browser.get(f"/{folder}/{record.id}").text
    )
    deniz = knowing({"tr": "fluent", "fr": "fluent"})
    assert ask(browser, record).status_code == 303
    assert told(deniz) == [("request", ASKED)]
    assert sign_in(deniz).get("/notifications").status_code == 200


def test_what_is_translated_already_is_not_asked_for(sign_in, claire, topic):
    deniz = knowing({"tr": "fluent", "fr": "fluent"})
    translate(opening(topic), "text", "fr", "Nous avons une table.")
    browser = sign_in(claire)
    assert f"/translations/Post/{opening(topic).id}/ask" not in browser.get(f"/topics/{topic.id}").text
    assert ask(browser, opening(topic)).status_code == 303
    assert told(deniz) == [] and db.session.query(TranslationAsk).count() == 0


@pytest.mark.parametrize("language", ["tr", "xx", "<b>", "tr-TR"])
def test_only_another_language_that_people_write_can_be_asked_for(sign_in, claire, topic, language):
    answer = ask(sign_in(claire), topic, language)
    assert answer.status_code == 422 and db.session.query(TranslationAsk).count() == 0


def test_without_a_language_it_is_that_of_the_page(sign_in, claire, topic):
    sign_in(claire).post(f"/translations/Topic/{topic.id}/ask")
    assert db.session.scalar(select(TranslationAsk.language)) == "fr"


def test_what_is_hidden_is_neither_asked_for_nor_listed(sign_in, claire, visitor):
    hidden = start_topic(
        ForumFactory(space=SpaceFactory(confidentiality="group")), title="Gizli", language="tr"
    )
    assert ask(sign_in(claire), hidden).status_code == 404
    public = start_topic(ForumFactory(space=SpaceFactory(confidentiality="public")), language="tr")
    db.session.commit()
    assert visitor.post(f"/translations/Topic/{public.id}/ask").status_code == 401
    TranslationAsk.of(claire, hidden, "fr").ask(hidden)
    deniz = sign_in(knowing({"tr": "fluent", "fr": "fluent"}))
    for address in ("/translations", "/"):
        assert "Gizli" not in deniz.get(address).text


def test_there_is_a_limit(sign_in, claire):
    for _time in range(ASKS.most):
        ASKS.spend(claire.id)
    db.session.commit()
    assert ask(sign_in(claire), start_topic(language="tr")).status_code == 429


def test_where_nothing_waits_the_page_says_so(sign_in, claire):
    assert "Rien ne vous attend" in sign_in(claire).get("/translations").text
