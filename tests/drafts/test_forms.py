"""With forms alone: what is kept on one device is in the form on another one, until it is sent."""

import re
from io import BytesIO

import pytest

from cityexchange.core.db import db
from cityexchange.core.once import MARKS
from cityexchange.drafts.models import MOST, Draft
from cityexchange.drafts.places import draft_places
from cityexchange.forums.limits import POSTS
from cityexchange.forums.models import Post
from tests.abuse.forms import form_of
from tests.drafts.factories import drafts_of, keep_draft
from tests.drafts.places import PLACES, TAKEN, at
from tests.forums.factories import newest, opening, start_topic

OURS = {"Origin": "http://localhost"}
LINE = "Your draft of"


def keep(browser, page, address, typed):
    """Presses the button for it in the form of the page."""
    sent = form_of(browser.get(page).text, address) | typed
    return browser.post(f"/drafts?place={address}", data=sent)


def test_each_form_whose_words_are_kept_is_tried_here(app):
    told = {at(name)[2]: name for name in PLACES}
    match = app.url_map.bind("").match

    assert {match(address, method="POST")[0] for address in told} == set(draft_places.names())


@pytest.mark.parametrize("name", PLACES)
def test_what_was_kept_on_a_desk_is_in_the_form_on_a_phone(sign_in, ana, name):
    writer, page, address, typed = at(name, ana)
    kept = keep(sign_in(writer), page, address, typed)
    assert (kept.status_code, kept.location) == (303, "/drafts")

    found = sign_in(writer).get(page).text
    shown = form_of(found, address)
    words = {field: value for field, value in typed.items() if field != "save"}
    assert {field: shown[field].replace("\r\n", "\n") for field in words} == words
    assert LINE in found
    assert found.index(LINE) < found.index(next(iter(words.values())) or "<form")


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_sent_is_no_draft_any_more(sign_in, ana, name):
    writer, page, address, typed = at(name, ana)
    browser = sign_in(writer)
    keep(browser, page, address, typed)
    sent = browser.post(address, data=form_of(browser.get(page).text, address) | typed)

    assert sent.status_code == 303
    assert drafts_of(writer) == []


@pytest.mark.parametrize("name", PLACES)
def test_a_page_without_a_draft_says_nothing_of_one_and_has_the_button(sign_in, ana, name):
    writer, page, address, _ = at(name, ana)
    shown = sign_in(writer).get(page).text

    assert LINE not in shown
    has_own_button = name in ("application", "edited_application")
    assert (f'formaction="/drafts?place={address}"' in shown) is not has_own_button


def test_nobody_else_finds_it_in_the_form(sign_in, ana, ben, topic):
    keep_draft(ana, f"/topics/{topic.id}/posts", text="Not yet")

    assert "Not yet" in sign_in(ana).get(f"/topics/{topic.id}").text
    assert "Not yet" not in sign_in(ben).get(f"/topics/{topic.id}").text


def test_a_refusal_ends_no_draft_and_keeps_none(sign_in, ana, topic):
    place, browser = f"/topics/{topic.id}/posts", sign_in(ana)
    draft = keep_draft(ana, place, text="Begun")
    refused = browser.post(place, data={"text": " ", "draft": draft.mark})

    assert refused.status_code == 422
    assert form_of(refused.text, place)["draft"] == draft.mark
    assert drafts_of(ana) == [(place, {"text": "Begun"})]


def test_what_is_too_often_ends_no_draft(sign_in, ana, topic, monkeypatch):
    place, browser = f"/topics/{topic.id}/posts", sign_in(ana)
    draft = keep_draft(ana, place, text="Begun")
    for _ in range(POSTS.allowed):
        POSTS.spend(ana.id)
    refused = browser.post(place, data={"text": "Begun", "draft": draft.mark})

    assert refused.status_code == 429
    assert len(drafts_of(ana)) == 1


def test_what_another_device_wrote_meanwhile_is_not_ended_with_what_was_sent(sign_in, ana, topic):
    place, browser = f"/topics/{topic.id}/posts", sign_in(ana)
    known = keep_draft(ana, place, text="Begun").mark
    keep_draft(ana, place, known, text="Begun, and gone on")
    sent = browser.post(place, data={"text": "Begun", "draft": known})

    assert sent.status_code == 303
    assert drafts_of(ana) == [(place, {"text": "Begun, and gone on"})]


@pytest.mark.parametrize("mark", ["", "1", "-", "1-x", "99999999999999-1", "²-1", "1-1-1"])
def test_a_mark_that_nobody_gave_out_ends_nothing(sign_in, ana, ben, topic, mark):
    place = f"/topics/{topic.id}/posts"
    keep_draft(ben, place, text="Of somebody else")
    sent = sign_in(ana).post(place, data={"text": "Sent", "draft": mark})

    assert sent.status_code == 303
    assert len(drafts_of(ben)) == 1


def test_the_draft_of_another_member_is_not_ended_by_its_mark(sign_in, ana, ben, topic):
    place = f"/topics/{topic.id}/posts"
    theirs = keep_draft(ben, place, text="Of somebody else")
    sign_in(ana).post(place, data={"text": "Sent", "draft": theirs.mark})

    assert len(drafts_of(ben)) == 1


def test_a_second_press_after_the_draft_was_kept_is_no_second_post(sign_in, ana, topic):
    """The press is known by its words, and a draft's mark is none."""
    place, browser = f"/topics/{topic.id}/posts", sign_in(ana)
    once = {"text": "Once", "nonce": "of-this-form"}
    for mark in ("", "7-1"):
        assert browser.post(place, data=once | {"draft": mark}).status_code == 303

    texts = db.session.scalars(db.select(Post.text).filter_by(topic_id=topic.id, author_id=ana.id)).all()
    assert texts == ["Once"]


def test_an_edit_that_was_begun_before_somebody_elses_hears_of_it(sign_in, ana):
    """The version that the words stand on is kept with them."""
    post = opening(start_topic(author=ana))
    page, browser = f"/posts/{post.id}/edit", sign_in(ana)
    keep(browser, page, page, {"text": "Begun on the old text"})
    post.edit(ana, text="Changed meanwhile", version=post.version)
    db.session.commit()
    shown = form_of(browser.get(page).text, page)
    refused = browser.post(page, data=shown)

    assert refused.status_code == 409
    assert form_of(refused.text, page)["text"] == "Begun on the old text"
    assert len(drafts_of(ana)) == 1


def test_what_is_of_one_press_or_secret_is_in_no_draft(sign_in, ana, topic):
    place = f"/topics/{topic.id}/posts"
    secrets = {"password": "hush", "new_password": "hush", "code": "hush", "answer": "hush", "proof": "hush"}
    marks = dict.fromkeys(MARKS, "hush")
    sign_in(ana).post(f"/drafts?place={place}", data={"text": "Begun"} | secrets | marks)

    assert drafts_of(ana) == [(place, {"text": "Begun"})]


def test_a_file_is_in_no_draft(sign_in, ana, topic):
    place = f"/topics/{topic.id}/posts"
    sent = {"text": "Begun", "file": (BytesIO(b"Notes"), "notes.txt")}
    kept = sign_in(ana).post(f"/drafts?place={place}", data=sent, content_type="multipart/form-data")

    assert kept.status_code == 303
    assert drafts_of(ana) == [(place, {"text": "Begun"})]


BEYOND = {
    "too many signs": {"text": "x" * 100_001},
    "too many fields": {f"objectives-{n}": "x" for n in range(401)},
    "too long a name": {"n" * 81: "x"},
}


@pytest.mark.parametrize("fields", BEYOND.values(), ids=BEYOND)
def test_what_is_beyond_the_bounds_is_refused_and_overwrites_nothing(sign_in, ana, topic, fields):
    place = f"/topics/{topic.id}/posts"
    keep_draft(ana, place, text="Begun")
    refused = sign_in(ana).post(f"/drafts?place={place}", data={"text": "More"} | fields)

    assert refused.status_code == 413
    assert drafts_of(ana) == [(place, {"text": "Begun"})]


def test_the_longest_text_in_a_script_of_many_bytes_is_kept(sign_in, ana, topic):
    place, words = f"/topics/{topic.id}/posts", "谢" * 20_000
    sign_in(ana).post(f"/drafts?place={place}", data={"text": words})

    assert drafts_of(ana) == [(place, {"text": words})]


def test_whoever_has_begun_too_much_hears_what_to_do_and_can_go_on_with_the_rest(sign_in, ana, topic):
    places = [f"/topics/{n}/posts" for n in range(1, MOST + 1)]
    for place in places:
        keep_draft(ana, place, text="Begun")
    db.session.commit()
    browser, mark = sign_in(ana), Draft.at(ana, places[0]).mark
    refused = browser.post("/drafts?place=/ask", data={"title": "One more"}, headers=OURS)
    went_on = browser.post(f"/drafts?place={places[0]}", data={"text": "Gone on", "draft": mark})

    assert refused.status_code == 409 and "You have too many drafts" in refused.text
    assert "One more" in refused.text
    assert went_on.status_code == 303
    assert len(drafts_of(ana)) == MOST


NOWHERE = [
    "", "/", "/ask?x=1", "/drafts", "/settings/password", "/sign-in", "/topics/1", "/topics/x/posts", "//evil.example/ask",
    "https://evil.example/ask", "/topics/99999999999/posts", "/topics/" + "9" * 300 + "/posts", "/topics/1/close", "/ask/" + "x" * 300,
]  # fmt: skip


@pytest.mark.parametrize("place", NOWHERE)
def test_nothing_is_kept_for_what_is_no_such_form(sign_in, ana, place):
    refused = sign_in(ana).post("/drafts", query_string={"place": place}, data={"text": "Begun"})

    assert refused.status_code == 404
    assert drafts_of(ana) == []


def test_whoever_takes_all_words_out_again_has_no_draft(sign_in, ana):
    mark = keep_draft(ana, "/ask", title="Begun").mark
    browser = sign_in(ana)
    browser.post("/drafts?place=/ask", data={"title": " ", "draft": "1-" + mark})
    assert len(drafts_of(ana)) == 1

    browser.post("/drafts?place=/ask", data={"title": " ", "draft": mark})
    assert drafts_of(ana) == []


@pytest.mark.parametrize("fields", [{}, {"text": " \n"}, {"kind": "question", "nonce": "n"}])
def test_a_form_in_which_nobody_wrote_is_no_draft(sign_in, ana, fields):
    refused = sign_in(ana).post("/drafts?place=/ask", data=fields)

    assert refused.status_code == 422
    assert drafts_of(ana) == []


def test_a_visitor_keeps_nothing_on_the_server(visitor):
    assert visitor.post("/drafts?place=/ask", data={"title": "Begun"}).status_code == 401
    assert visitor.get("/drafts").status_code == 302


def test_a_text_begins_what_a_list_shows_of_it(ana):
    draft = keep_draft(ana, "/ask", kind="question", title="  Wer\r\nhilft " + "mit " * 90, text="Text")

    assert draft.opening.startswith("Wer hilft mit mit") and len(draft.opening) <= 160


def test_the_draft_is_thrown_away_by_the_button_above_the_form(sign_in, ana, topic):
    page, browser = f"/topics/{topic.id}", sign_in(ana)
    keep_draft(ana, f"{page}/posts", text="Not any more")
    (action,) = re.findall(r'action="(/drafts/\d+/discard[^"]*)"', browser.get(page).text)
    gone = browser.post(action.replace("&amp;", "&"))

    assert (gone.status_code, gone.location) == (303, page)
    assert "Not any more" not in browser.get(page).text
    assert drafts_of(ana) == []
    assert newest().text != "Not any more"
