"""Each form with a text in Markdown shows it as it will be read, keeps all that was typed, and stores nothing."""

import re
from html import unescape

import pytest

from cityexchange.core.db import db
from cityexchange.core.previews import PREVIEWS
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.visits.factories import application_fields, host_team, open_visit
from tests.visits.test_offers import offer_fields
from tests.workshops.factories import organiser
from tests.workshops.test_writing import whole_form

TEXT = "We have **two** desks.\n\n> Who asks?\n\n<script>alert(1)</script>"
SEEN = '<p dir="auto">We have <strong>two</strong> desks.</p>'
OURS = {"Origin": "http://localhost"}
DOORS = {}


def door(prepare):
    """(member, address, what is typed, the field that is looked at)"""
    DOORS[prepare.__name__.replace("_", " ")] = prepare
    return prepare


@door
def a_reply():
    topic = start_topic()
    return MemberFactory(), f"/topics/{topic.id}/posts", {"nonce": "n" * 20}, "text"


@door
def a_topic():
    forum = ForumFactory()
    typed = {"title": "Desks for all", "kind": "question", "forum": forum.slug, "nonce": "n" * 20}
    return MemberFactory(), "/ask", typed, "text"


@door
def a_topic_that_has_no_title_yet():
    return MemberFactory(), f"/forums/{ForumFactory().slug}/new", {"kind": "question"}, "text"


@door
def an_edit():
    author = MemberFactory()
    post = opening(start_topic(author=author))
    typed = {"title": "Changed title", "version": str(post.version), "reason": "Clearer"}
    return author, f"/posts/{post.id}/edit", typed, "text"


@door
def a_translation():
    post = opening(start_topic(text="Nous avons ouvert un guichet pour tous.", language="fr"))
    return MemberFactory(), f"/translations/Post/{post.id}", {"language": "en"}, "text"


@door
def a_chat_message_that_is_edited():
    speaker = MemberFactory()
    message = RoomFactory().post(speaker, "Good morning")
    db.session.flush()
    return speaker, f"/chat/messages/{message.id}/edit", {"language": "en"}, "text"


@door
def a_visit_offer():
    official, _focal_point = host_team()
    return official, "/visits", offer_fields(title="Desks", weight_goals="99"), "shown"


@door
def an_application():
    return (
        MemberFactory(),
        f"/visits/{open_visit().id}/applications",
        application_fields(goal_2=""),
        "motivation",
    )


@door
def a_workshop():
    return organiser(), "/workshops/new", whole_form(max_per_city="", title="Desks"), "text"


@pytest.fixture(params=DOORS)
def form(request):
    member, address, typed, name = DOORS[request.param]()
    db.session.commit()
    return member, address, {**typed, name: TEXT, "preview": name}


def contents():
    """Every row, but of what each request notes of who asks."""
    tables = [
        table for table in db.metadata.sorted_tables if table.name not in ("members", "sign_in_sessions")
    ]
    return {table.name: sorted(map(repr, db.session.execute(table.select()))) for table in tables}


def values_on(page):
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    inputs = re.findall(
        r'<input (?!.*type="(?:radio|checkbox)")[^>]*name="([^"]+)"[^>]* value="([^"]*)"', page
    )
    return {name: unescape(value).strip() for name, value in [*inputs, *areas]}


def test_it_stands_above_the_form_and_nothing_is_stored(form, sign_in):
    member, address, typed = form
    browser = sign_in(member)
    before = contents()

    answer = browser.post(address, data=typed)

    assert answer.status_code == 200
    preview = answer.text[answer.text.index('class="writing__preview"') : answer.text.index("<textarea")]
    assert SEEN in preview and "<blockquote" in preview and "<script>alert" not in preview
    assert "field__error" not in answer.text and "look at these points" not in answer.text
    assert contents() == before


def test_all_that_was_typed_is_still_there_and_can_be_sent(form, sign_in):
    member, address, typed = form
    browser = sign_in(member)

    kept = values_on(browser.post(address, data=typed).text)

    texts = {name: value.strip() for name, value in typed.items() if isinstance(value, str) and name in kept}
    assert TEXT in texts.values() and {name: kept[name] for name in texts} == texts


def test_what_was_looked_at_is_then_taken_once(sign_in):
    member, address, typed, _name = a_topic()
    browser = sign_in(member)
    assert browser.post(address, data={**typed, "text": TEXT, "preview": "text"}).status_code == 200
    answers = [browser.post(address, data={**typed, "text": TEXT}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Please write something first."),
        ("x" * 20_001, "1 character too many"),
        ("&nbsp;", "Nobody would see anything"),
    ],
)
def test_what_no_form_would_take_is_refused_as_ever(sign_in, text, said):
    member, address, typed, name = a_reply()
    answer = sign_in(member).post(address, data={**typed, name: text, "preview": name})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert "writing__preview" not in answer.text


@pytest.mark.parametrize("name", ["nonce", "title", "csrf_token", "nothing", "<b>", ""])
def test_another_field_is_no_preview(sign_in, name):
    member, address, typed, _name = a_topic()
    answer = sign_in(member).post(address, data={**typed, "text": TEXT, "preview": name})
    assert answer.status_code == 303


def test_who_may_not_write_here_looks_at_nothing(sign_in, visitor):
    author, address, typed, name = an_edit()
    db.session.commit()
    data = {**typed, name: TEXT, "preview": name}
    assert sign_in(MemberFactory()).post(address, data=data).status_code == 403
    assert visitor.post(address, data=data).status_code in (302, 303, 401)
    assert sign_in(author).post(address, data=data).status_code == 200


def test_a_script_asks_for_the_text_alone(sign_in, visitor):
    nour = MemberFactory(name="Nour Ben Salah", handle="nour-ben-salah")
    browser = sign_in(MemberFactory())
    answer = browser.post("/preview", data={"text": f"{TEXT}\n\nThanks @nour-ben-salah"})
    assert answer.status_code == 200 and "<html" not in answer.text
    assert SEEN in answer.text and "<script>" not in answer.text
    assert f'href="/members/{nour.id}"' in answer.text and "@Nour Ben Salah" in answer.text
    assert "There is nothing to see yet." in browser.post("/preview", data={"text": " \n"}).text
    assert visitor.post("/preview", data={"text": TEXT}).status_code in (302, 303, 401)


@pytest.mark.parametrize("address", ["/preview", "the form"])
def test_looks_are_counted_and_beyond_nothing_typed_is_lost(sign_in, address):
    member, form_address, typed, name = a_reply()
    browser = sign_in(member)
    data = {"text": TEXT} if address == "/preview" else {**typed, name: TEXT, "preview": name}
    for _ in range(PREVIEWS.most):
        PREVIEWS.spend(member.id)

    answer = browser.post(form_address if address == "the form" else address, data=data, headers=OURS)

    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
    assert "We have **two** desks." in answer.text
