"""A page with parts is asked for and translated as a whole, in one sitting."""

import pytest
from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.languages.asks import TranslationAsk
from cityexchange.languages.limits import TRANSLATIONS
from cityexchange.languages.models import Translation, translate
from cityexchange.workshops.models import LearningObjective
from tests.abuse.forms import form_of
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory
from tests.languages.test_asking import ARRIVED, ASKED, ask, knowing, told
from tests.members.test_names_in_short import HANDLE, NAME, WORDS, chatham, topic_in, words_of
from tests.visits.factories import open_visit
from tests.workshops.factories import WorkshopFactory


def workshop(**values):
    workshop = WorkshopFactory(title="Çalıştay", is_open=True, **values)
    workshop.write("Bir günlük çalıştay.", "tr")
    workshop.objectives.append(LearningObjective(position=1, title="Masa açmak.", language="tr"))
    for session in workshop.schedule.sessions:
        session.title, session.language = "Açılış", "tr"
    db.session.commit()
    return workshop


def visit():
    visit = open_visit(language="tr")
    for text in visit.texts:
        text.correct_language("tr")
    db.session.commit()
    return visit


def address(record, language="fr"):
    return f"/translations/{type(record).__name__}/{record.id}/whole/{language}"


def send(browser, where, **values):
    return browser.post(where, data=form_of(browser.get(where).text, where) | values)


@pytest.mark.parametrize("make", [workshop, visit])
def test_the_whole_page_is_asked_for_and_arrives_in_one_sitting(sign_in, claire, make):
    record, deniz = make(), knowing({"tr": "fluent", "fr": "fluent"})
    assert ask(sign_in(claire), record).status_code == 303
    assert told(deniz) == [("request", ASKED)]
    helper = sign_in(deniz)
    assert f'href="{address(record)}"' in helper.get("/translations").text

    where = address(record)
    blank = form_of(helper.get(where).text, where)
    names = [name for name in blank if f"{name}-of" in blank]
    assert len(names) > 3
    first, *others = names
    answer = helper.post(where, data=blank | dict.fromkeys(others, "En français."))
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, where)
    assert told(claire) == [], "something is left"
    send(helper, where, **{first: "En français."})
    assert told(claire) == [("translation", ARRIVED)]
    assert db.session.scalar(select(TranslationAsk)) is None
    page = sign_in(claire).get("/notifications").text
    folder = "workshops" if make is workshop else "visits"
    assert f'href="/{folder}/{record.id}"' in page
    assert "Publish what is filled in" not in helper.get(where).text


def test_a_part_alone_is_asked_for_and_leads_to_its_workshop(sign_in, claire):
    record, deniz = workshop(), knowing({"tr": "fluent", "fr": "fluent"})
    [*_others, objective], [session, *_more] = record.objectives, record.schedule.held
    browser, organiser = sign_in(claire), record.organiser
    for part in (objective, session):
        assert ask(browser, part).status_code == 303
        translate(part, "title", "fr", "En français.", author=deniz)
    assert told(claire) == [("translation", ARRIVED)] * 2
    assert browser.get("/notifications").text.count(f'href="/workshops/{record.id}"') >= 2
    if organiser:
        page = sign_in(organiser).get("/notifications").text
        assert f'href="/workshops/{record.id}"' in page


def test_where_somebody_else_was_first_nothing_is_published_and_nothing_is_lost(sign_in, claire):
    record, browser = workshop(), sign_in(claire)
    where = address(record, "en")
    form = form_of(browser.get(where).text, where)
    translate(record, "title", "en", "Workshop", author=MemberFactory())
    db.session.commit()
    answer = browser.post(where, data=form | {"title": "Mine", "text": "One day."})
    assert answer.status_code == 409 and "One day." in answer.text
    assert [one.text for one in db.session.scalars(select(Translation))] == ["Workshop"]


def test_nothing_filled_in_and_no_language_are_refused(sign_in, claire):
    record, browser = workshop(), sign_in(claire)
    assert send(browser, address(record)).status_code == 422
    assert browser.get(address(record, "xx")).status_code == 404
    assert browser.get(f"/translations/Workshop/{record.id}/whole").location.startswith(address(record))
    assert browser.get(f"/translations/Workshop/{record.id}/whole?language=xx").status_code == 404


def test_who_does_not_see_the_page_neither_reads_nor_writes(sign_in, claire, visitor):
    space = SpaceFactory(confidentiality="group")
    record, inside = workshop(space=space), MemberFactory()
    space.admit(inside)
    db.session.commit()
    assert sign_in(inside).get(address(record)).status_code == 200
    assert sign_in(claire).get(address(record)).status_code == 404
    assert sign_in(claire).post(address(record), data={"title": "x"}).status_code == 404
    assert visitor.post(address(record), data={"title": "x"}).status_code == 401


def test_it_costs_the_same_however_many_parts_there_are(sign_in, claire, count_queries):
    record, browser, numbers = workshop(), sign_in(claire), []
    for _round in range(2):
        browser.get(address(record))
        with count_queries() as statements:
            browser.get(address(record))
        numbers.append(len(statements))
        for number in range(4):
            record.objectives.append(LearningObjective(position=number + 2, title="Masa.", language="tr"))
        db.session.commit()
    assert numbers[0] == numbers[1]


def test_more_texts_than_one_may_write_singly_are_published_together(sign_in, claire):
    record = workshop()
    for position in range(2, 40):
        record.objectives.append(LearningObjective(position=position, title="Masa.", language="tr"))
    db.session.commit()
    deniz = knowing({"tr": "fluent", "fr": "fluent"})
    browser, where = sign_in(deniz), address(record)
    blank = form_of(browser.get(where).text, where)
    names = [name for name in blank if f"{name}-of" in blank]
    assert len(names) > TRANSLATIONS.most
    assert browser.post(where, data=blank | dict.fromkeys(names, "En français.")).status_code == 303


@pytest.mark.parametrize("is_chatham", [False, True], ids=["open", "under the Chatham House Rule"])
def test_a_post_names_whom_it_calls_where_its_page_does(sign_in, claire, is_chatham):
    ana, _nour = MemberFactory(), MemberFactory(name=NAME, handle=HANDLE.removeprefix("@"))
    post = topic_in(chatham(ana, claire) if is_chatham else SpaceFactory(), ana)
    message = RoomFactory(space=post.topic.forum.space).post(ana, WORDS)
    db.session.commit()
    for record in (post, message):
        words = words_of(sign_in(ana).get(address(record)))
        assert HANDLE in words and (NAME in words) != is_chatham
