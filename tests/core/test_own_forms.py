"""Abuse case 14: what changes something comes from a form of ours, of this sign-in, and from nowhere else."""

import re

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.mail.tokens import token_for
from cityexchange.core.origins import origin_of
from cityexchange.forums.models import Post
from cityexchange.notifications.choices import choices_of
from tests.factories import MemberFactory
from tests.forums.factories import start_topic

OURS = "http://localhost"
FOREIGN = {
    "another site": {"Origin": "https://evil.example"},
    "a look-alike": {"Origin": "http://localhost.evil.example"},
    "another scheme": {"Origin": "https://localhost"},
    "another port": {"Origin": "http://localhost:8000"},
    "a sandbox": {"Origin": "null"},
    "nonsense": {"Origin": "http://[::1"},
    "an older browser": {"Referer": "https://evil.example/page"},
    "a browser that hides the page": {"Sec-Fetch-Site": "cross-site"},
    "a sister site": {"Sec-Fetch-Site": "same-site"},
}
OWN = {
    "a browser": {"Origin": OURS, "Sec-Fetch-Site": "same-origin"},
    "an older browser": {"Referer": f"{OURS}/topics/1"},
    "a reload": {"Sec-Fetch-Site": "none"},
    "a program": {},
}


@pytest.fixture(autouse=True)
def with_tokens(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def topic():
    return start_topic()


def token(browser, path):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(path).text)[1]


def reply(browser, topic, headers=None, **form):
    form = {"text": "a good reply", "csrf_token": token(browser, f"/topics/{topic.id}")} | form
    return browser.post(f"/topics/{topic.id}/posts", data=form, headers=headers or {})


def replies():
    return db.session.scalar(db.select(db.func.count(Post.id)).where(Post.text == "a good reply"))


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_a_form_of_another_site_changes_nothing_although_token_and_cookie_are_right(sign_in, topic, headers):
    browser = sign_in(topic.author)
    assert reply(browser, topic).status_code == 303

    answer = reply(browser, topic, headers)

    assert answer.status_code == 403
    assert "from another website" in answer.text
    assert replies() == 1
    entry = db.session.scalars(db.select(AuditEntry).filter_by(status=403)).one()
    assert (entry.verb, entry.actor_id) == ("forums.create_post", topic.author_id)


@pytest.mark.parametrize("headers", OWN.values(), ids=OWN)
def test_a_form_of_ours_is_taken(sign_in, topic, headers):
    assert reply(sign_in(topic.author), topic, headers).status_code == 303
    assert replies() == 1


def test_public_forms_are_not_taken_from_elsewhere_either(visitor):
    form = {"email": "a@b.example", "password": "x", "csrf_token": token(visitor, "/sign-in")}
    assert visitor.post("/sign-in", data=form, headers={"Origin": OURS}).status_code == 422
    assert visitor.post("/sign-in", data=form, headers=FOREIGN["another site"]).status_code == 403
    assert visitor.post("/sign-in", data=form | {"csrf_token": ""}).status_code == 400
    assert visitor.post("/join", data={}).status_code == 400


def test_without_a_public_address_the_requests_own_host_decides(app, monkeypatch, sign_in, topic):
    monkeypatch.setitem(app.config, "BASE_URL", "")
    browser = sign_in(topic.author)
    assert reply(browser, topic, {"Origin": "https://localhost"}).status_code == 303
    assert reply(browser, topic, {"Origin": "https://evil.example"}).status_code == 403


def test_a_visitor_meets_the_wall_before_the_token_is_asked_for(app, visitor, sign_in, topic):
    unsafe = [rule for rule in app.url_map.iter_rules() if rule.methods & {"POST", "PUT", "PATCH", "DELETE"}]
    closed = [rule for rule in unsafe if not getattr(app.view_functions[rule.endpoint], "is_public", False)]
    assert len(closed) > 40
    for rule in closed:
        _, path = rule.build(dict.fromkeys(rule.arguments, "1"))
        PROCESS.tries.clear()  # they are more than a stranger may ask for in a moment
        assert visitor.post(path).status_code == 401, rule
        assert visitor.post(path, headers={"Origin": "https://evil.example"}).status_code == 401, rule
    path = f"/topics/{topic.id}/posts"
    assert sign_in(topic.author).post(path, data={"text": "x"}).status_code == 400


def test_a_member_with_an_old_form_gets_back_what_was_typed_and_may_send_it_again(sign_in, topic):
    browser = sign_in(topic.author)
    answer = reply(browser, topic, {"Origin": OURS}, text="a good reply <b>&", csrf_token="old")
    assert answer.status_code == 400
    assert "a good reply &lt;b&gt;&amp;" in answer.text and replies() == 0
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    action = re.search(r'<form class="form" method="post" action="([^"]+)"', answer.text)[1]

    again = browser.post(action, data=form | {"text": "a good reply"}, headers={"Origin": OURS})

    assert again.status_code == 303
    assert replies() == 1


def test_who_wrote_while_the_topic_was_closed_keeps_the_words(sign_in, topic):
    browser, other = sign_in(MemberFactory()), {"Origin": "https://evil.example"}
    topic.close(topic.author)
    answers = [reply(browser, topic, headers, text="Dear Sfax, <b>") for headers in ({"Origin": OURS}, other)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Dear Sfax, &lt;b&gt;" in answers[0].text and "Send it again" not in answers[0].text
    assert "Dear Sfax" not in answers[1].text and replies() == 0


def test_nothing_is_given_back_that_no_page_of_ours_is_known_to_have_sent(sign_in, topic):
    browser = sign_in(topic.author)
    answer = reply(browser, topic, csrf_token="made up")
    assert answer.status_code == 400
    assert "a good reply" not in answer.text and "open for too long" in answer.text


def test_passwords_are_never_given_back(visitor):
    form = {"email": "somebody@city.example", "password": "secret-of-mine", "csrf_token": "old"}
    answer = visitor.post("/sign-in", data=form, headers={"Origin": OURS})
    assert answer.status_code == 400
    assert "secret-of-mine" not in answer.text


@pytest.mark.parametrize("headers", [{}, *FOREIGN.values()])
def test_a_mail_program_switches_mails_off_without_page_and_cookie(visitor, headers):
    member = MemberFactory()
    path = f"/mail/unsubscribe/{token_for(member.id, 'reply')}"
    answer = visitor.post(path, data={"List-Unsubscribe": "One-Click"}, headers=headers)
    assert answer.status_code == 200
    assert choices_of(member)["reply"].mailing == "never"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://exchange.example.org", "https://exchange.example.org"),
        ("https://Exchange.Example.org/", "https://exchange.example.org"),
        ("https://exchange.example.org:443/a", "https://exchange.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("null", None),
        ("", None),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url, origin):
    assert origin_of(url) == origin
