"""Keeping, finding again, noting and taking out, with forms alone."""

import re

import pytest

from cityexchange.bookmarks.listing import LINES
from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.db import db
from cityexchange.languages.models import translate
from tests.bookmarks.factories import CLOSED, keep, kept_by
from tests.factories import SpaceFactory
from tests.forums.factories import ForumFactory, start_topic, titles
from tests.workshops.factories import WorkshopFactory

PAGES = {"Topic": "/topics/", "Workshop": "/workshops/", "StudyVisit": "/visits/"}
KINDS = list(PAGES)


def buttons(browser, path):
    """{words: address} of the forms with one button that keep or drop."""
    forms = re.findall(
        r'action="(/bookmarks/[^"]+)".*?<span>([^<]+)</span>', browser.get(path).text, re.DOTALL
    )
    return {words: address.replace("&amp;", "&") for address, words in forms}


def links(browser, path):
    """{words: address} of what looks like a button and is a link."""
    found = re.findall(
        r'<a class="button[^>]*href="([^"]+)"[^>]*>(.*?)</a>', browser.get(path).text, re.DOTALL
    )
    words = [re.sub(r"<[^>]*>", "", inside).strip() for _, inside in found]
    return dict(zip(words, (address.replace("&amp;", "&") for address, _ in found), strict=True))


def hidden_topic(member):
    """A topic with its space, which the member was in."""
    space = SpaceFactory(confidentiality="group")
    space.admit(member)
    topic = start_topic(ForumFactory(space=space), title="A closed matter")
    keep(member, topic, "Ask Ben")
    space.leave(member)
    return space, topic


@pytest.mark.parametrize("kind", KINDS)
def test_a_button_keeps_a_record_and_takes_it_out_again(ana, records, sign_in, kind):
    browser, id = sign_in(ana), records[kind].id
    page = f"{PAGES[kind]}{id}"

    kept = browser.post(buttons(browser, page)["Keep for later"])
    assert (kept.status_code, kept.location) == (303, page)
    assert kept_by(ana) == [(kind, id)]

    dropped = browser.post(buttons(browser, page)["Kept"])
    assert (dropped.status_code, dropped.location) == (303, page)
    assert kept_by(ana) == []
    assert list(buttons(browser, page)) == ["Keep for later"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_press_of_the_same_button_changes_nothing(ana, records, sign_in, kind):
    browser, id = sign_in(ana), records[kind].id
    presses = [browser.post(f"/bookmarks/{kind}/{id}/keep") for _ in range(2)]
    assert kept_by(ana) == [(kind, id)]

    presses += [browser.post(f"/bookmarks/{kind}/{id}/drop") for _ in range(2)]
    assert kept_by(ana) == []
    assert {press.status_code for press in presses} == {303}


def note_of(member):
    return db.session.scalar(db.select(Bookmark.note).filter_by(member_id=member.id))


@pytest.mark.parametrize("note", ["For the council in May.", "للاجتماع في أيار", "给五月的会议", "0"])
@pytest.mark.parametrize("is_on_list", [False, True], ids=["its own page", "the list"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_press_loses_a_note_without_a_question(ana, records, sign_in, kind, is_on_list, note):
    keep(ana, records[kind], note)
    browser, page = sign_in(ana), "/bookmarks" if is_on_list else f"{PAGES[kind]}{records[kind].id}"
    pressed = links(browser, page)["Remove"] if is_on_list else buttons(browser, page)["Kept"]
    question = pressed if is_on_list else browser.post(pressed).location
    asked = browser.get(question).text
    assert "Your note goes with it." in asked and f"<p>{note}</p>" in asked
    assert links(browser, question)["Cancel"] == page
    assert note_of(ana) == note

    (address,) = buttons(browser, question).values()
    dropped = browser.post(address, data={"with_note": "yes"})
    assert (dropped.status_code, dropped.location, kept_by(ana)) == (303, page, [])


def test_a_note_that_came_while_the_page_was_open_is_asked_about(ana, topic, sign_in):
    bookmark, browser = keep(ana, topic), sign_in(ana)
    old = buttons(browser, f"/topics/{topic.id}")["Kept"], buttons(browser, "/bookmarks")["Remove"]
    bookmark.edit("Ask Ben")
    db.session.commit()

    for address in old:
        assert browser.post(address).location.startswith(f"/bookmarks/{bookmark.id}/drop")
    assert note_of(ana) == "Ask Ben"


def test_a_question_about_what_others_keep_does_not_exist(ana, ben, topic, sign_in):
    assert sign_in(ben).get(f"/bookmarks/{keep(ana, topic, 'Mine').id}/drop").status_code == 404


def test_each_reader_has_a_button_of_their_own_and_a_visitor_none(ana, ben, visitor, sign_in):
    space = SpaceFactory(confidentiality="public")
    topic = start_topic(ForumFactory(space=space))
    workshop = WorkshopFactory(is_announced=True)
    pages = f"/topics/{topic.id}", f"/workshops/{workshop.id}"
    for record in (topic, workshop):
        keep(ana, record)
    anas, bens = sign_in(ana), sign_in(ben)

    for page in (*pages, *pages):
        assert list(buttons(anas, page)) == ["Kept"]
        assert list(buttons(bens, page)) == ["Keep for later"]
        assert buttons(visitor, page) == {}


def test_the_button_leads_back_to_the_page_it_stood_on_and_nowhere_else(ana, topic, sign_in):
    browser = sign_in(ana)
    for n in range(20):
        topic.post(ana, f"Reply {n}")
    second = f"/topics/{topic.id}?page=2"

    assert browser.post(buttons(browser, second)["Keep for later"]).location == second
    outside = browser.post(f"/bookmarks/Topic/{topic.id}/keep?next=//elsewhere.example")
    assert outside.location == f"/topics/{topic.id}"


def test_what_one_may_not_see_or_nobody_keeps_does_not_exist(ana, ben, sign_in):
    _, topic = hidden_topic(ana)
    browser = sign_in(ben)
    paths = f"/bookmarks/Topic/{topic.id}", "/bookmarks/Topic/999", f"/bookmarks/Member/{ben.id}"

    for path in paths:
        assert browser.post(f"{path}/keep").status_code == 404
        assert browser.post(f"{path}/drop").status_code == 404


def test_visitors_keep_nothing(visitor, topic):
    assert visitor.post(f"/bookmarks/Topic/{topic.id}/keep").status_code == 401
    assert visitor.get("/bookmarks").status_code == 302


def test_the_list_shows_the_newest_first_with_kind_place_and_note(ana, records, sign_in):
    for record in records.values():
        keep(ana, record, f"Why I keep {record.title}")
    page = sign_in(ana).get("/bookmarks").text

    assert titles(page) == ["A morning at the counter", "Counting newcomers", "Two desks in one hall"]
    for words in ("Study visit", "Workshop", "Topic"):
        assert f'<span class="badge badge--plain">{words}</span>' in page
    for place in (
        records["Topic"].forum.name,
        records["Workshop"].host_city.name,
        records["StudyVisit"].host_city.name,
    ):
        assert place in page
    assert "<p>Why I keep Counting newcomers</p>" in page


def test_a_title_is_read_in_the_readers_language_and_marked(ana, topic, sign_in):
    keep(ana, topic)
    translate(topic, "title", "ar", "مكتبان في قاعة واحدة")
    ana.locale, ana.languages_read = "ar", ["ar"]
    page = sign_in(ana).get("/bookmarks").text

    assert 'lang="ar" dir="auto">مكتبان في قاعة واحدة</a>' in page
    assert topic.title not in page


def test_the_list_narrows_to_a_kind_where_there_are_several(ana, records, sign_in):
    browser = sign_in(ana)
    keep(ana, records["Topic"])
    assert "Which bookmarks" not in browser.get("/bookmarks").text

    keep(ana, records["Workshop"])
    assert "Which bookmarks" in browser.get("/bookmarks").text
    assert titles(browser.get("/bookmarks?kind=Workshop").text) == ["Counting newcomers"]
    assert len(titles(browser.get("/bookmarks?kind=StudyVisit").text)) == 2


def test_a_long_list_goes_on_over_the_page(ana, sign_in):
    for n in range(LINES + 1):
        keep(ana, start_topic(title=f"Topic number {n}"))
    browser = sign_in(ana)
    first = browser.get("/bookmarks").text
    (way,) = re.findall(r'rel="next" href="([^"]+)"', first)

    assert titles(first)[0] == f"Topic number {LINES}"
    assert titles(browser.get(way).text) == ["Topic number 0"]


def test_an_empty_list_says_what_to_do(ana, ben, topic, sign_in):
    keep(ben, topic)
    page = sign_in(ana).get("/bookmarks").text

    assert "Nothing kept yet" in page and "Keep for later" in page
    assert topic.title not in page


def test_what_became_hidden_leaves_the_list_untold_and_comes_back_with_its_note(ana, sign_in):
    space, topic = hidden_topic(ana)
    browser = sign_in(ana)
    bookmark = db.session.scalar(db.select(Bookmark))

    page = browser.get("/bookmarks").text
    assert topic.title not in page and "Ask Ben" not in page
    assert browser.get(f"/bookmarks/{bookmark.id}/edit").status_code == 404
    assert browser.post(f"/bookmarks/{bookmark.id}/edit", data={"note": "More"}).status_code == 404

    space.admit(ana)
    page = browser.get("/bookmarks").text
    assert titles(page) == [topic.title]
    assert "Ask Ben" in page and "No longer open to you" not in page


@pytest.mark.parametrize("note", ["", "Ask Ben"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_closed_to_one_is_told_of_as_that_alone_and_can_be_dropped(ana, records, sign_in, kind, note):
    CLOSED[kind](ana, record := records[kind], note)
    browser = sign_in(ana)
    page = browser.get("/bookmarks").text
    assert "No longer open to you" in page and record.title not in page
    assert f'href="{PAGES[kind]}{record.id}"' not in page

    if note:
        question = links(browser, "/bookmarks")["Remove"]
        asked = browser.get(question).text
        assert note in asked and "No longer open to you" in asked and record.title not in asked
        (address,) = buttons(browser, question).values()
    else:
        (address,) = buttons(browser, "/bookmarks").values()
    assert browser.post(address, data={"with_note": "yes"}).location == "/bookmarks"
    assert kept_by(ana) == []
    assert browser.post(address).status_code == 404


def test_what_is_closed_to_one_cannot_be_kept_anew(ana, sign_in):
    _, topic = hidden_topic(ana)

    assert sign_in(ana).post(f"/bookmarks/Topic/{topic.id}/keep").status_code == 404


def test_a_note_is_written_changed_and_read_as_plain_text(ana, topic, sign_in):
    browser, bookmark = sign_in(ana), keep(ana, topic)
    path = f"/bookmarks/{bookmark.id}/edit"

    assert topic.title in browser.get(path).text
    saved = browser.post(path, data={"note": " <b>Ask</b> Ben\r\nin May "})
    assert (saved.status_code, saved.location) == (303, "/bookmarks")
    assert "<p>&lt;b&gt;Ask&lt;/b&gt; Ben</p><p>in May</p>" in browser.get("/bookmarks").text
    assert "&lt;b&gt;Ask" in browser.get(path).text


def test_a_note_has_at_most_500_characters_and_stays_in_the_form(ana, topic, sign_in):
    browser, bookmark = sign_in(ana), keep(ana, topic)
    path, longest = f"/bookmarks/{bookmark.id}/edit", "line\r\n" * 100

    assert browser.post(path, data={"note": longest}).status_code == 303
    refused = browser.post(path, data={"note": "x" * 501})
    assert refused.status_code == 422
    assert "1 character too many: at most 500 fit in here." in refused.text and "x" * 501 in refused.text


def test_a_note_of_somebody_else_does_not_exist(ana, ben, topic, sign_in):
    path = f"/bookmarks/{keep(ana, topic, 'Mine').id}/edit"

    assert sign_in(ben).get(path).status_code == 404
    assert sign_in(ben).post(path, data={"note": "Ours"}).status_code == 404
    assert db.session.scalar(db.select(Bookmark.note)) == "Mine"


def test_the_list_removes_and_leads_back_to_where_it_stood(ana, records, sign_in):
    for record in records.values():
        keep(ana, record)
    browser = sign_in(ana)
    (address,) = buttons(browser, "/bookmarks?kind=Topic").values()
    removed = browser.post(address)

    assert removed.location == "/bookmarks?kind=Topic"
    assert ("Topic", records["Topic"].id) not in kept_by(ana)
