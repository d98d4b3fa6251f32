"""A member's own list: found again, gone on with, thrown away, and silent about what is not theirs to see."""

import re
from html import unescape

import pytest

from cityexchange.core.db import db
from cityexchange.core.policy import can, visible_to
from cityexchange.drafts.listing import LINES
from cityexchange.drafts.models import Draft
from cityexchange.members.models import Visitor
from tests.drafts.factories import drafts_of, keep_draft
from tests.drafts.places import PLACES, at
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.visits.factories import host_team, offered_visit
from tests.workshops.factories import WorkshopFactory, organiser

CLOSED = "You cannot write there at present"
CHOSEN = {"forum", "save", "sessions-1-starts"}
WORDS = "Merci — شكرا 谢谢"


@pytest.mark.parametrize("name", PLACES)
def test_a_draft_is_listed_with_its_words_and_leads_to_its_form(sign_in, ana, name):
    writer, page, address, _ = at(name, ana)
    keep_draft(writer, address, text=WORDS)
    browser = sign_in(writer)
    shown = browser.get("/drafts").text

    assert WORDS in shown and CLOSED not in shown
    assert f'href="{page}"' in shown or f'href="{page}#reply-title"' in shown
    assert WORDS in browser.get(f"/drafts/{Draft.at(writer, address).id}").text


ROWS = {
    "objectives-1": "Learning objectives, row 2",
    "sessions-1-title": "Sessions, row 2, What happens",
}
OF_PAGE = re.compile(r'<label class="field__label[^"]*" for="([^"]+)">\s*([^<]*?)\s*(?:<|$)')


def labels_on(page):
    return {name: unescape(label) for name, label in OF_PAGE.findall(page)}


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", PLACES)
def test_each_text_of_a_draft_has_the_name_that_the_form_gives_it(sign_in, ana, name, lang):
    """Where it is read, and where two versions of it stand beside each other."""
    writer, page, address, typed = at(name, ana)
    texts = {field: f"{value}\n" for field, value in typed.items() if value and field not in CHOSEN}
    mine, browser = keep_draft(writer, address, **texts), sign_in(writer)
    shown = labels_on(browser.get(f"{page}?lang={lang}").text)
    names = [ROWS[field] if field in ROWS and lang == "en" else shown.get(field) for field in texts]
    wanted = {label for field, label in zip(texts, names, strict=True) if field not in ROWS or lang == "en"}
    read = browser.get(f"/drafts/{mine.id}?lang={lang}").text
    torn = browser.post(f"/drafts?place={address}&lang={lang}", data=dict.fromkeys(texts, "x\n")).text

    assert None not in wanted and wanted <= set(labels_on(read).values())
    for label in wanted:
        assert sum(label in one for one in labels_on(torn).values()) >= 2


def test_a_text_that_no_form_has_any_more_is_named_by_its_number(sign_in, ana):
    draft = keep_draft(ana, "/ask", title="One", of_before="Two\n", **{"gone-0-x": "Three\n"})
    shown = labels_on(sign_in(ana).get(f"/drafts/{draft.id}").text)

    assert list(shown.values()) == ["What do you ask, or tell?", "Text 2", "Text 3"]


def close_topic(topic):
    topic.close(topic.author)


def leave_space(topic):
    topic.forum.space.confidentiality = "group"


LOST = {"the topic was closed": (close_topic, True), "the space was closed": (leave_space, False)}


@pytest.mark.parametrize("name", LOST)
def test_where_one_may_no_longer_write_the_words_are_left_and_no_more_is_told(sign_in, ana, topic, name):
    lose, is_seen = LOST[name]
    draft, browser = keep_draft(ana, f"/topics/{topic.id}/posts", text=WORDS), sign_in(ana)
    assert topic.title in browser.get("/drafts").text

    lose(topic)
    db.session.commit()
    for page in (browser.get("/drafts").text, browser.get(f"/drafts/{draft.id}").text):
        assert WORDS in page and CLOSED in page
        assert topic.title not in page
        assert f"/topics/{topic.id}" not in page
    assert (browser.get(f"/topics/{topic.id}").status_code == 200) is is_seen
    assert browser.post(f"/drafts/{draft.id}/discard").status_code == 303
    assert drafts_of(ana) == []


def test_words_are_kept_where_the_right_was_lost_while_they_were_typed(sign_in, ana, topic):
    place = f"/topics/{topic.id}/posts"
    leave_space(topic)
    db.session.commit()
    kept = sign_in(ana).post(f"/drafts?place={place}", data={"text": WORDS})

    assert kept.status_code == 303
    assert drafts_of(ana) == [(place, {"text": WORDS})]


def test_whether_a_record_is_there_is_not_told_by_keeping(sign_in, ana, topic):
    leave_space(topic)
    db.session.commit()
    browser, pages = sign_in(ana), []
    for id in (topic.id, topic.id + 1000):
        browser.post(f"/drafts?place=/topics/{id}/posts", data={"text": WORDS})
        pages.append(browser.get(f"/drafts/{Draft.at(ana, f'/topics/{id}/posts').id}"))

    one, other = ([line for line in page.text.splitlines() if "/drafts/" not in line] for page in pages)
    assert [page.status_code for page in pages] == [200, 200]
    assert len(one) == len(other)


HIDDEN = {
    "an edit of another member's post": lambda: f"/posts/{opening(start_topic()).id}/edit",
    "an offer of another city": lambda: (
        f"/visits/{offered_visit(host_team()[0], title='Hidden name').id}/edit"
    ),
    "a workshop in draft": lambda: f"/workshops/{WorkshopFactory(title='Hidden name').id}/edit",
    "a forum of a closed space": lambda: f"/forums/{closed_forum().slug}/new",
    "a topic of a closed space": lambda: (
        f"/topics/{start_topic(closed_forum(), title='Hidden name').id}/posts"
    ),
}


def closed_forum():
    return ForumFactory(
        name="Hidden name", space=SpaceFactory(confidentiality="chatham", joining="invitation")
    )


@pytest.mark.parametrize("place", HIDDEN.values(), ids=HIDDEN)
def test_an_address_that_was_made_up_tells_no_name(sign_in, ana, place):
    draft = keep_draft(ana, place(), text=WORDS)
    browser = sign_in(ana)

    for page in (browser.get("/drafts").text, browser.get(f"/drafts/{draft.id}").text):
        assert WORDS in page and CLOSED in page and "Hidden name" not in page


def test_an_address_that_no_form_has_any_more_is_still_read(sign_in, ana):
    draft = keep_draft(ana, "/of/before", text=WORDS)
    browser = sign_in(ana)

    assert WORDS in browser.get("/drafts").text
    assert WORDS in browser.get(f"/drafts/{draft.id}").text


def test_a_draft_of_a_chatham_space_is_its_owners_alone(sign_in, ana, ben):
    space = SpaceFactory(confidentiality="chatham", joining="invitation")
    for member in (ana, ben):
        space.admit(member, "facilitator")
    topic = start_topic(ForumFactory(space=space))
    draft = keep_draft(ana, f"/topics/{topic.id}/posts", text=WORDS)

    assert WORDS in sign_in(ana).get("/drafts").text
    assert WORDS not in sign_in(ben).get("/drafts").text
    assert sign_in(ben).get(f"/drafts/{draft.id}").status_code == 404


OTHERS = {
    "a member": lambda: MemberFactory(),
    "an administrator": lambda: MemberFactory(team_role="admin", city=None),
    "a facilitator": lambda: MemberFactory(team_role="facilitator", city=None),
    "an organiser": organiser,
}


@pytest.mark.parametrize("who", OTHERS.values(), ids=OTHERS)
def test_nobody_else_reads_or_changes_a_draft(sign_in, ana, who):
    draft, other = keep_draft(ana, "/ask", title=WORDS), who()
    browser = sign_in(other)

    assert list(db.session.scalars(visible_to(other, Draft))) == []
    assert [can(other, verb, draft) for verb in ("keep", "discard")] == [False, False]
    assert WORDS not in browser.get("/drafts").text
    assert browser.get(f"/drafts/{draft.id}").status_code == 404
    assert browser.post(f"/drafts/{draft.id}/discard").status_code == 404
    assert [can(ana, verb, draft) for verb in ("keep", "discard")] == [True, True]
    assert not can(Visitor(), "keep", Draft.of(Visitor(), "/ask"))


def test_a_long_list_costs_no_more_than_a_short_one_and_goes_on(sign_in, ana, count_queries):
    browser, numbers = sign_in(ana), []
    for name in PLACES:
        writer, _, address, _ = at(name, ana)
        keep_draft(ana, address, text=WORDS)
    for _ in range(2):
        browser.get("/drafts")
        with count_queries() as statements:
            page = browser.get("/drafts").text
        numbers.append(len(statements))
        for n in range(LINES):
            keep_draft(ana, f"/topics/{start_topic(title=f'Topic {n}').id}/posts", text=f"Words {n}")

    assert numbers[1] <= numbers[0] + 1
    assert 'rel="next"' in page


def test_who_has_begun_nothing_reads_what_will_stand_here(sign_in, ana):
    assert "Nothing begun" in sign_in(ana).get("/drafts").text
