"""Abuse case 29: numbers that no table holds, NUL, halves of characters. Refused or cleaned, never an error of ours."""

import re

import pytest

from cityexchange.core.db import db
from cityexchange.forums.models import Post
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import opening, start_topic
from tests.visits.factories import application_fields, coordinator, open_visit
from tests.visits.test_offers import offer_fields
from tests.workshops.factories import WorkshopFactory, organiser
from tests.workshops.test_writing import whole_form

NUMBERS = [str(n) for n in (0, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**30)] + ["9" * 5000, "-1", "1e9"]
WORDS = ["%00", "a%00b", "%ED%A0%80", "a%ff%fe", "%F0%9F", "%E2%80%AE", "x" * 3000]
TEXTS = ["a\0b", "a\ud800b", "\u202e" * 20, "9" * 5000, str(2**63), "-1"]


def rules(app, method):
    return [
        r for r in app.url_map.iter_rules() if method in r.methods and not r.endpoint.startswith("static")
    ]


def addresses(rule, number):
    """The path of a rule, each of its numbers in turn this one; words of it lead nowhere."""
    return re.sub(r"<int:\w+>", number, re.sub(r"<(path:)?\w+>", "nobody", rule))


SECRETIVE = "/place-offers/<int:id>"
"""Says the same whether or not there is such an offer: tests/membership/test_seats.py."""


def numbered(app):
    return sorted(
        {r.rule for r in rules(app, "GET") if "<int:" in r.rule and not r.rule.startswith(SECRETIVE)}
    )


def test_numbers_beyond_any_row_lead_nowhere(app, sign_in, visitor):
    member = sign_in(coordinator())
    assert len(numbered(app)) > 20
    for rule in numbered(app):
        for number in NUMBERS:
            path = addresses(rule, number)
            assert member.get(path).status_code == 404, path[:80]
            assert visitor.get(path).status_code in {302, 404}, path[:80]


def test_numbers_beyond_any_row_are_refused_to_writers_too(app, sign_in):
    member = sign_in(coordinator())
    for rule in rules(app, "POST"):
        is_tried = "<int:" in rule.rule and (not rule.rule.startswith(SECRETIVE) or "withdraw" in rule.rule)
        for number in NUMBERS if is_tried else ():
            path = addresses(rule.rule, number)
            assert member.post(path).status_code == 404, path[:80]


def test_a_page_that_keeps_a_secret_is_no_error_for_any_number(app, visitor):
    secretive = [r for r in rules(app, "POST") if r.rule.startswith(SECRETIVE) and "withdraw" not in r.rule]
    assert len(secretive) == 2
    for rule in secretive:
        for number in NUMBERS:
            assert visitor.post(addresses(rule.rule, number), data={"code": "000000"}).status_code < 500


def test_a_number_that_is_there_leads_to_its_page(sign_in):
    topic = start_topic()
    assert sign_in(topic.author).get(f"/topics/{topic.id}").status_code == 200


def test_words_in_an_address_that_no_database_holds_lead_nowhere(app, sign_in, visitor):
    for browser in (sign_in(coordinator()), visitor):
        for rule in rules(app, "GET"):
            for word in WORDS if re.search(r"<(?!int:)", rule.rule) else ():
                path = re.sub(r"<(path:)?\w+>", word, rule.rule.replace("<int:id>", "1"))
                assert browser.get(path).status_code in {302, 404}, path


@pytest.fixture
def places():
    """The pages that take questions in their address, with the names of those."""
    topic, workshop, room = start_topic(), WorkshopFactory(is_open=True), RoomFactory(space=members_space())
    return {
        "/": "lang",
        "/cities": "q kind region offer need",
        f"/forums/{topic.forum.slug}": "before",
        "/topics": "before filter",
        f"/topics/{topic.id}": "page",
        "/workshops": "page theme language mode region past",
        f"/workshops/{workshop.id}/registrations": "page",
        "/visits": "page",
        f"/chat/rooms/{room.id}": "before reply_to refresh",
        f"/chat/rooms/{room.id}/messages": "after",
        "/chat/rooms/new": "space",
        f"/translations/Post/{opening(topic).id}": "language next",
        "/mentions": "q",
        "/sign-in": "next",
    }


def members_space():
    return SpaceFactory(confidentiality="members")


@pytest.mark.parametrize("value", NUMBERS + WORDS)
def test_no_question_in_an_address_is_an_error_of_ours(sign_in, visitor, places, value):
    member = sign_in(coordinator())
    for path, names in places.items():
        for name in names.split():
            assert member.get(f"{path}?{name}={value}").status_code < 500, (path, name)
    for sign in ("@", "%23"):
        assert member.get(f"/mentions?q={sign}{value}").status_code < 500
    assert visitor.get(f"/cities?{value}={value}&q={value}").status_code == 200


def test_bytes_that_are_no_text_are_no_error_either(visitor):
    for query in ("q=\xff\xfe", "q=\xed\xa0\x80", "\xff=\xff"):
        assert visitor.get("/cities", environ_overrides={"QUERY_STRING": query}).status_code < 500
    assert visitor.get("/x", environ_overrides={"PATH_INFO": "/cities/\xff\xed\xa0\x80"}).status_code in {
        302,
        404,
    }


def reply(member):
    topic = start_topic()
    return f"/topics/{topic.id}/posts", {"text": "a reply", "nonce": "n"}


def reading(member):
    return f"/topics/{start_topic().id}/read", {"position": "1"}


def following(member):
    return f"/follows/Topic/{start_topic().id}", {"level": "following"}


def topic(member):
    form = {"kind": "question", "title": "A title", "text": "Words", "themes": "reception", "language": "en"}
    return f"/forums/{start_topic().forum.slug}/new", form | {"nonce": "n"}


def edit(member):
    post = opening(start_topic(author=member))
    return f"/posts/{post.id}/edit", {
        "title": "Title",
        "text": "b",
        "version": "1",
        "reason": "r",
        "language": "en",
    }


def message(member):
    room = RoomFactory(space=members_space())
    return f"/chat/rooms/{room.id}/messages", {"text": "hello", "nonce": "n", "reply_to": "1"}


def room(member):
    space = members_space()
    return f"/chat/rooms/new?space={space.slug}", {"name": "Room", "description": "d", "language": "en"}


def translation(member):
    post = opening(start_topic())
    return f"/translations/Post/{post.id}", {"language": "fr", "text": "Mots"}


def language(member):
    return f"/translations/Post/{opening(start_topic(author=member)).id}/language", {"language": "fr"}


def registration(member):
    workshop = WorkshopFactory(is_open=True)
    return f"/workshops/{workshop.id}/registrations", {"mode": "online", "language": "en", "nonce": "n"}


def application(member):
    return f"/visits/{open_visit().id}/applications", application_fields(save="draft", language="en")


def offer(member):
    return "/visits", offer_fields(language="en", theme="x")


def workshop(member):
    return "/workshops/new", whole_form(**{"sessions-0-id": "1", "max_per_city": "2"})


def settings(member):
    form = {
        "name": "N",
        "job_title": "J",
        "locale": "en",
        "languages-0-code": "en",
        "languages-0-level": "reads",
        "timezone": "UTC",
    }
    return "/settings", form


def mails(member):
    return "/settings/mails", {"reply-mailing": "daily"}


def password(member):
    return "/settings/password", {
        "current": "x",
        "password": "a long new password",
        "again": "a long new password",
    }


def sign_in_form(member):
    return "/sign-in", {"email": "a@b.example", "password": "x"}


def demo_sign_in(member):
    return "/sign-in/demo", {"email": "a@b.example"}


def join(member):
    form = {"name": "N", "email": "a@b.example", "job_title": "J", "city_name": "Lyon", "why": "Because"}
    return "/join", form | {"password": "a long new password", "password_again": "a long new password"}


def code(member):
    return "/join/code", {"code": "123456"}


FORMS = [reply, reading, following, topic, edit, message, room, translation, language, registration, application, offer,
         workshop, settings, mails, password, sign_in_form, demo_sign_in, join, code]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_no_text_in_a_form_is_an_error_of_ours(app, monkeypatch, sign_in, form):
    monkeypatch.setitem(app.config, "WRITE_LIMIT_FACTOR", 1000)
    member = organiser() if form in (workshop, room) else MemberFactory()
    if form is room:
        member.team_role = "facilitator"
    path, fields = form(member)
    browser = sign_in(member)
    for text in TEXTS:
        for name in fields:
            answer = browser.post(path, data=fields | {name: percent(text)})
            assert answer.status_code < 500, (name, text[:20])
        assert browser.post(path, data=dict.fromkeys(fields, percent(text))).status_code < 500


def percent(text):
    """As a program could send it: halves of characters in the bytes that UTF-8 forbids."""
    return text.encode("utf-8", "surrogatepass")


def test_what_was_cleaned_is_stored_without_it(sign_in):
    topic = start_topic()
    sign_in(topic.author).post(f"/topics/{topic.id}/posts", data={"text": "a\0b"})
    assert db.session.scalar(db.select(Post.text).where(Post.position == 2)) == "ab"
