"""Abuse case 21: whatever `next` says, nobody is led away from this site, by no door that takes it."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask_security.utils import hash_password

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.web import is_local
from cityexchange.members.models import Member
from tests.bookmarks.factories import keep
from tests.factories import MemberFactory
from tests.forums.factories import opening, start_topic

PASSWORD = "a long enough one"
ELSEWHERE = (
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example",
    "https://evil.example", "https:evil.example", "https:/evil.example", "http:///evil.example", "HTTPS://evil.example",
    "//evil.example@localhost", "https://localhost@evil.example", "//localhost:80@evil.example", "javascript:alert(1)",
    "data:text/html,x", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "/\r\n//evil.example",
    "//evil.example/%2e%2e", "/%09/evil.example", "/%5cevil.example", "//%65vil.example", "/.\\evil.example", "evil.example",
    "//evil。example", "/／evil.example", "／／evil.example", "//[::ffff:7f00:1]", "mailto:a@evil.example", "file:///etc/passwd", "?//evil.example",
    "/\u2028/evil.example", "/\x00/evil.example", "/\x0b/evil.example", "ws://evil.example", "/..//evil.example", "/./\\evil.example",
)  # fmt: skip


@pytest.fixture
def ana():
    return MemberFactory(email="ana@city.example", password=hash_password(PASSWORD))


def stays(location):
    """As a browser reads it: backslashes are slashes, tabs and ends of lines are nothing."""
    seen = "".join(sign for sign in location.replace("\\", "/") if sign not in "\t\r\n").strip()
    parts = urlsplit(seen)
    return not seen.startswith("//") and parts.scheme in ("", "http") and parts.netloc in ("", "localhost")


def by_password(browser, target):
    return browser.post(
        f"/sign-in?next={quote(target)}", data={"email": "ana@city.example", "password": PASSWORD}
    )


def by_code(browser, target):
    browser.post(f"/sign-in/code?next={quote(target)}", data={"email": "ana@city.example"})
    mail = db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    return browser.post(f"/sign-in/code/confirm?next={quote(target)}", data={"code": mail.facts["code"]})


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(app, ana, target):
    answer = by_password(app.test_client(), target)

    assert answer.status_code == 303 and stays(answer.location), answer.location


@pytest.mark.parametrize("target", ELSEWHERE[::6])
def test_a_mailed_code_leads_nowhere_else(app, ana, target):
    answer = by_code(app.test_client(), target)

    assert answer.status_code == 303 and stays(answer.location), answer.location


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_translation_leads_nowhere_else(sign_in, target):
    reader = MemberFactory()
    post = opening(start_topic())
    browser, address = sign_in(reader), f"/translations/Post/{post.id}?next={quote(target)}"
    for link in re.findall(r'href="([^"]*)"', browser.get(address).text):
        assert stays(unescape(link)), link

    answer = browser.post(address, data={"language": "fr", "text": "Bonjour"})

    assert answer.status_code == 303 and stays(answer.location), answer.location


@pytest.mark.parametrize("target", ELSEWHERE)
def test_keeping_for_later_leads_nowhere_else(sign_in, target):
    browser, topic = sign_in(MemberFactory()), start_topic()
    for verb in ("keep", "drop"):
        answer = browser.post(f"/bookmarks/Topic/{topic.id}/{verb}?next={quote(target)}")

        assert answer.status_code == 303 and stays(answer.location), answer.location


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_question_about_a_note_leads_nowhere_else(sign_in, target):
    reader = MemberFactory()
    keep(reader, topic := start_topic(), "Why")
    browser, drop = sign_in(reader), f"/bookmarks/Topic/{topic.id}/drop?next={quote(target)}"
    question = browser.post(drop).location
    assert stays(question), question
    for address in (question, f"{urlsplit(question).path}?next={quote(target)}"):
        for link in re.findall(r'(?:href|action)="([^"]*)"', browser.get(address).text):
            assert stays(unescape(link)), link
    answer = browser.post(drop, data={"with_note": "yes"})

    assert answer.status_code == 303 and stays(answer.location), answer.location


def test_one_function_alone_decides_where_one_may_be_sent(app):
    """A door of its own would have a rule of its own: the kind of this abuse, not its example."""
    places = {path.name for path in Path(app.root_path).rglob("*.py") if "is_local(" in path.read_text()}

    assert places == {"web.py"}


def test_the_ways_that_are_ours_are_taken(app, ana):
    """Or nothing would be led anywhere."""
    for target in ("/workshops/1", "/forums?page=2", "/topics/3#post-4", "/cities/%D9%84"):
        assert is_local(target)
        assert by_password(app.test_client(), target).location == target
        assert by_code(app.test_client(), target).location == target
    assert db.session.scalar(db.select(Member.id)) == ana.id
