"""Where a colleague can be asked to translate: below what one does not read, and nowhere else."""

import pytest

from cityexchange.core.db import db
from cityexchange.languages.models import translate
from tests.factories import MemberFactory
from tests.forums.factories import opening, start_topic
from tests.visits.factories import open_visit


def test_below_the_title_of_a_visit_its_parts_can_still_be_asked_for(sign_in, claire):
    visit = open_visit()
    text, browser = visit.texts[0], sign_in(claire)
    for record in (visit, *visit.texts):
        record.language = "fr"
    text.language = "tr"
    db.session.commit()
    button = f"/translations/StudyVisit/{visit.id}/ask"
    assert button in browser.get(f"/visits/{visit.id}").text
    translate(text, "text", "fr", "En français.")
    db.session.commit()
    assert button not in browser.get(f"/visits/{visit.id}").text


def test_what_one_reads_is_not_offered_to_be_asked_for(sign_in, topic):
    reader = MemberFactory(locale="fr", languages_read=["tr"])
    assert "/ask" not in sign_in(reader).get(f"/topics/{topic.id}").text.split("<main")[1]
    french = start_topic(language="fr", text="Un bureau.")
    assert f"/translations/Topic/{french.id}/ask" not in sign_in(reader).get(f"/topics/{french.id}").text


def test_below_a_translated_title_the_discussion_can_still_be_asked_for(sign_in, claire, topic):
    translate(topic, "title", "fr", "À qui la table ?")
    page = sign_in(claire).get(f"/topics/{topic.id}").text
    assert "À qui la table" in page and f"/translations/Topic/{topic.id}/ask" in page


READ = {
    "nothing": ([], True),
    "the title": (["title"], True),
    "the posts": (["opening", "reply"], True),
    "all but a post": (["title", "opening"], True),
    "all": (["title", "opening", "reply"], False),
}


@pytest.mark.parametrize("read", READ)
def test_a_discussion_that_is_read_whole_is_not_offered_to_be_asked_for(sign_in, claire, topic, read):
    translated, is_offered = READ[read]
    reply = topic.post(MemberFactory(), "Bir masa yeter. <button data-asks >", language="tr")
    topic.post(MemberFactory(), "Deux ou trois. <button data-asks >", language="fr")
    records = {"title": (topic, "title"), "opening": (opening(topic), "text"), "reply": (reply, "text")}
    for name in translated:
        translate(*records[name], "fr", "En français.")
    db.session.commit()
    browser = sign_in(claire)
    for _kept in range(2):
        page = browser.get(f"/topics/{topic.id}").text
        assert (f"/translations/Topic/{topic.id}/ask" in page) == is_offered
