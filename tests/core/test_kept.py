"""What was typed is given back by every refusal, to whoever typed it and to nobody else; of what was taken the browser hears."""

import re
from html import unescape

import pytest
from flask_security.utils import hash_password
from wtforms import PasswordField

from cityexchange.core.fields import SECRET, WRITTEN, Form
from cityexchange.forums.limits import POSTS
from tests.factories import MemberFactory
from tests.forums.factories import opening, start_topic

OURS = {"Origin": "http://localhost", "Referer": "http://localhost/forums?lang=fr"}
WORDS = {
    "a word": "Merci",
    "Arabic": "شكرا جزيلا",
    "Chinese, with marks": '谢谢 <b>&"大家',
    "several lines": "One.\r\n\r\nTwo.",
    "a long one": "words " * 400,
}
SECRETS = {
    "signing in": ("/sign-in", {"email": "a@city.example", "password": "hush-hush"}),
    "asking for a place": ("/join", {"why": "To learn.", "password": "hush-hush", "again": "hush-hush"}),
    "a code": ("/join/code", {"code": "hush-hush"}),
    "a second step": ("/sign-in/second", {"code": "hush-hush", "answer": "hush-hush"}),
    "a new password": ("/settings/password", {"current": "hush-hush", "password": "hush-hush"}),
    "proof of who one is": ("/settings/leave", {"proof": "hush-hush"}),
    "a city's own sign-in": ("/cities/lyon/sign-in", {"issuer": "https://a.example", "secret": "hush-hush"}),
}


@pytest.fixture
def with_tokens(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def topic():
    return start_topic()


def forms(topic):
    """Where words are sent, and under which name."""
    return {
        "a reply": (f"/topics/{topic.id}/posts", "text"),
        "a title": (f"/forums/{topic.forum.slug}/new", "title"),
        "an edit": (f"/posts/{opening(topic).id}/edit", "reason"),
        "a note": ("/bookmarks/1/edit", "note"),
        "a translation": (f"/translations/Post/{opening(topic).id}", "text"),
        "a row of a workshop": ("/workshops/new", "sessions-0-title"),
        "a line of a list": ("/workshops/new", "objectives-2"),
        "an offer": ("/visits", "question"),
    }


def given_back(page):
    return [unescape(area) for area in re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.S)]


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize(
    "form",
    [
        "a reply",
        "a title",
        "an edit",
        "a note",
        "a translation",
        "a row of a workshop",
        "a line of a list",
        "an offer",
    ],
)
def test_after_a_sign_in_that_ended_the_words_are_there_to_be_copied(visitor, topic, form, words):
    path, name = forms(topic)[form]
    page = visitor.post(path, data={name: words, "kind": "question"}, headers=OURS)
    assert page.status_code == 401
    assert given_back(page) == [words] and "question" not in given_back(page)
    assert 'href="/sign-in?next=/forums?lang%3Dfr"' in page.text.replace("%2F", "/").replace("%3F", "?")


@pytest.mark.parametrize("form", ["a reply", "a title", "an edit", "a note", "a row of a workshop"])
def test_a_token_that_aged_costs_no_words_and_they_can_be_sent_again(with_tokens, sign_in, topic, form):
    path, name = forms(topic)[form]
    page = sign_in(topic.author).post(
        path, data={name: "谢谢", "kind": "question", "csrf_token": "old"}, headers=OURS
    )
    assert page.status_code == 400
    assert given_back(page) == ["谢谢"] and 'name="kind" value="question"' in page.text
    assert f'<textarea id="typed-1" name="{name}"' in page.text and f'action="{path}"' in page.text


def test_who_was_too_fast_may_send_the_words_again(sign_in, topic):
    browser = sign_in(topic.author)
    for _ in range(POSTS.most):
        POSTS.spend(topic.author.id)
    page = browser.post(f"/topics/{topic.id}/posts", data={"text": "Merci"}, headers=OURS)
    assert page.status_code == 429 and given_back(page) == ["Merci"]


LETTER = '谢谢 <b>&"大家\n' * 30
CUT = "The beginning is here"


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_what_was_too_large_to_be_read_is_refused_as_anything_else(
    app, monkeypatch, visitor, sign_in, topic, who
):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    browser = visitor if who == "visitor" else sign_in(topic.author)
    page = browser.post(f"/topics/{topic.id}/posts", data={"text": "x" * 2000}, headers=OURS)
    assert page.status_code == (401 if who == "visitor" else 413)
    (text,) = given_back(page)
    assert "<h1" in page.text and text == "x" * (1000 - len("text=")) and CUT in page.text


# The limits of the whole and of its text, what is sent, what is given back, whether of the last there was more.
LARGE = {
    "a letter before a file": (9_000, 5_000, [("text", LETTER), ("files", b"x" * 20_000)], [LETTER], False),
    "two texts before a file": (9_000, 5_000, [("title", "One"), ("text", "Two"), ("files", b"x" * 20_000)], ["One", "Two"], False),
    "a letter behind a file": (9_000, 5_000, [("files", b"x" * 200_000), ("text", LETTER)], [], False),
    "a letter without a file": (100, 90_000, [("text", "ab " * 90)], [("ab " * 90)[: 100 - len("text=")]], True),
    "whole, then too much": (100, 90_000, [("title", "One"), ("text", "y" * 900)], ["One", "y" * (100 - len("title=One&text="))], True),
    "signs of many bytes": (20, 90_000, [("text", "谢谢大家")], ["谢"], True),
    "nothing but a file": (9_000, 5_000, [("files", b"x" * 20_000)], [], False),
    "a secret": (100, 90_000, [("password", "z" * 900)], [], False),
    "a long file and a long text": (9_000, 100, [("text", "x" * 500), ("files", b"x" * 20_000)], ["x" * 100], True),
}  # fmt: skip


def in_parts(fields):
    """As a browser sends them, in the order of the form."""
    for name, said in fields:
        is_file = isinstance(said, bytes)
        file = '; filename="a.pdf"' if is_file else ""
        yield f'--x\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()
        yield (said if is_file else said.encode()) + b"\r\n"
    yield b"--x--\r\n"


@pytest.mark.parametrize(("whole", "most", "sent", "back", "is_cut"), LARGE.values(), ids=LARGE)
def test_of_what_was_too_large_the_words_are_given_back(
    app, monkeypatch, sign_in, topic, whole, most, sent, back, is_cut
):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", whole)
    monkeypatch.setitem(app.config, "MAX_FORM_MEMORY_SIZE", most)
    path, has_file = f"/topics/{topic.id}/posts", any(isinstance(said, bytes) for _, said in sent)
    form = (
        {"data": b"".join(in_parts(sent)), "content_type": "multipart/form-data; boundary=x"}
        if has_file
        else {"data": dict(sent)}
    )
    page = sign_in(topic.author).post(path, headers=OURS, **form)
    assert page.status_code == 413 and "That is too big" in page.text
    assert given_back(page) == back and (CUT in page.text) == is_cut


def test_what_another_site_sent_is_not_given_back_however_large(app, monkeypatch, sign_in, topic):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100)
    browser = sign_in(topic.author)
    page = browser.post(
        f"/topics/{topic.id}/posts", data={"text": "x" * 900}, headers={"Origin": "https://evil.example"}
    )
    assert page.status_code in (403, 413) and not given_back(page)


@pytest.mark.parametrize(
    "body", [b"--x\r\n", b"", b"--x\r\nContent-Disposition: form-data\r\n\r\n" + b"y" * 9_999]
)
def test_a_broken_form_that_is_too_large_is_no_crash(app, monkeypatch, sign_in, topic, body):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1)
    kinds = ("multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/plain")
    for kind in kinds:
        page = sign_in(topic.author).post(
            f"/topics/{topic.id}/posts", data=body + b"ab", content_type=kind, headers=OURS
        )
        assert page.status_code in (400, 413, 422) and not given_back(page)


@pytest.mark.parametrize(("path", "data"), SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("who", ["visitor", "member"])
def test_passwords_and_codes_stand_on_no_page_of_a_refusal(with_tokens, visitor, sign_in, path, data, who):
    browser = visitor if who == "visitor" else sign_in(MemberFactory())
    page = browser.post(path, data=data | {"csrf_token": "old"}, headers=OURS)
    assert page.status_code in (400, 401)
    assert "hush-hush" not in page.text and "Send it again" not in page.text
    assert ("To learn." in page.text) == ("why" in data)


def test_a_form_has_no_password_whose_name_is_not_known_to_be_one(app):
    def all_below(kind):
        return {kind}.union(*map(all_below, kind.__subclasses__()))

    fields = [
        field for form in all_below(Form) for field in vars(form).items() if hasattr(field[1], "field_class")
    ]
    secrets = {name for name, field in fields if issubclass(field.field_class, PasswordField)}
    assert {"password", "again", "current", "proof", "secret"} <= secrets <= SECRET
    assert not {"password", "proof", "secret"} & WRITTEN and {"text", "title", "note", "reason"} <= WRITTEN


def test_what_one_member_wrote_is_not_shown_to_the_next_at_the_same_computer(app, with_tokens, topic):
    browser = app.test_client()
    ana, ben = topic.author, MemberFactory()
    ana.password = ben.password = hash_password("cityexchange")

    def enter(member):
        page = browser.get("/sign-in").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        sent = {"email": member.email, "password": "cityexchange", "csrf_token": token}
        assert browser.post("/sign-in", data=sent, headers=OURS).status_code == 303

    def write(token):
        return browser.post(
            f"/topics/{topic.id}/posts", data={"text": "Only mine", "csrf_token": token}, headers=OURS
        )

    def token():
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(f"/topics/{topic.id}").text)[1]

    enter(ana)
    of_ana = token()
    browser.post("/sign-out", data={"csrf_token": of_ana}, headers=OURS)
    enter(ben)
    page = write(of_ana)
    assert page.status_code == 400 and "Only mine" not in page.text

    browser.post("/sign-out", data={"csrf_token": token()}, headers=OURS)
    enter(ana)
    page = write(of_ana)
    assert page.status_code == 400 and given_back(page) == ["Only mine"], "the same member, signed in again"


ID = "0b9c2c52-5a5a-4a7e-9d5f-0c7d1c4b6a10"


def taken(answer):
    return re.findall(r"taken=([^;]*);", " ".join(answer.headers.getlist("Set-Cookie")))


@pytest.mark.parametrize(
    ("text", "id", "heard"),
    [
        ("Good.", ID, [ID]),
        ("", ID, []),
        ("Good.", "", []),
        ("Good.", "a;b=c<script>", []),
        ("Good.", "x" * 90, []),
    ],
)
def test_the_browser_hears_of_what_was_taken_and_of_nothing_else(sign_in, topic, text, id, heard):
    answer = sign_in(topic.author).post(f"/topics/{topic.id}/posts", data={"text": text, "typed": id})
    assert answer.status_code == (303 if text else 422)
    assert taken(answer) == heard


def test_two_forms_taken_one_after_the_other_are_both_heard_of(sign_in, topic):
    browser = sign_in(topic.author)
    for number in "12":
        answer = browser.post(
            f"/topics/{topic.id}/posts", data={"text": number, "typed": f"form-number-{number}"}
        )
    assert taken(answer) == ["form-number-1.form-number-2"]


def test_signing_out_takes_along_what_the_browser_kept(sign_in):
    answer = sign_in(MemberFactory()).post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"storage"'


def test_pages_say_whose_they_are_and_whether_they_answer_a_form(visitor, sign_in, topic):
    page = visitor.get("/about").text
    assert 'data-member=""' in page and "data-answer" not in page
    browser = sign_in(topic.author)
    assert f'data-member="{topic.author_id}"' in browser.get(f"/topics/{topic.id}").text
    assert "data-answer" in browser.post(f"/topics/{topic.id}/posts", data={"text": ""}).text
