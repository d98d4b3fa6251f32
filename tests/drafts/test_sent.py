"""What one page has sent another one still has in its form: it hears where that stands, makes no second one unknowingly, and loses no word."""

from datetime import timedelta

import pytest

from cityexchange.archive.leaving import leave
from cityexchange.archive.sections import data_of
from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.core.jobs import sweeps
from cityexchange.drafts.models import Draft
from cityexchange.drafts.sent import KEPT_FOR, SentDraft, forget_sent_drafts
from cityexchange.forums.models import Post
from tests.abuse.forms import form_of
from tests.drafts.factories import drafts_of
from tests.drafts.places import TAKEN, at

TOLD = "was sent meanwhile, from another page or device"
JSON = {"Accept": "application/json"}
MORE = " Und mehr — شكرا 谢谢"
WRITER = "tab-of-the-desk"


class Pages:
    """A phone that opened the form with its draft in it, and a desk that has sent that."""

    def __init__(self, name, writer, sign_in, **said):
        self.writer, self.page, self.address, self.typed = at(name, writer)
        self.desk, self.phone = sign_in(self.writer), sign_in(self.writer)
        self.keep(self.desk, self.form(self.desk) | self.typed)
        self.on_phone, self.sent = self.form(self.phone), self.form(self.desk) | self.typed | said
        self.answer = self.desk.post(self.address, data=self.sent)
        self.number = int(self.on_phone["draft"].split("-")[0])

    def form(self, browser):
        return form_of(browser.get(self.page).text, self.address)

    def keep(self, browser, fields, **more):
        return browser.post(f"/drafts?place={self.address}", data=fields, **more)

    @property
    def gone_on(self):
        name = next(name for name in self.typed if name not in ("forum", "save"))
        return self.on_phone | self.typed | {name: self.typed[name] + MORE}

    def kept(self):
        return [fields for place, fields in drafts_of(self.writer) if place == self.address]


@pytest.fixture
def reply(ana, sign_in):
    return Pages("reply", ana, sign_in, typed=WRITER)


def posts_of(member):
    return db.session.scalars(db.select(Post.text).filter_by(author_id=member.id).order_by(Post.id)).all()


@pytest.mark.parametrize("how", ["by a script", "by its button"])
@pytest.mark.parametrize("name", TAKEN)
def test_what_is_written_on_elsewhere_is_a_new_draft_and_its_writer_hears_what_was_sent(
    sign_in, ana, name, how
):
    pages = Pages(name, ana, sign_in)
    assert pages.answer.status_code == 303 and pages.kept() == []
    kept = pages.keep(pages.phone, pages.gone_on, headers=JSON if how == "by a script" else {})
    told = kept.json["sent"] if how == "by a script" else pages.phone.get("/drafts").text

    assert TOLD in told and f'href="{pages.answer.location}"' in told
    (fields,) = pages.kept()
    assert any(MORE in value for value in fields.values())
    assert Draft.at(pages.writer, pages.address).id != pages.number


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_sent_elsewhere_once_more_is_held_until_its_writer_has_heard(sign_in, ana, name):
    pages = Pages(name, ana, sign_in)
    held = pages.phone.post(pages.address, data=pages.gone_on)

    assert held.status_code == 303 and held.location.partition("#")[0] in (pages.page, "/drafts")
    page = pages.phone.get(held.location)
    told = page.text if page.status_code == 200 else pages.phone.get(page.location).text
    assert TOLD in told and f'href="{pages.answer.location}"' in told
    (fields,) = pages.kept()
    assert any(MORE in value for value in fields.values())


@pytest.mark.parametrize("name", TAKEN)
def test_the_same_words_of_two_pages_are_sent_once(sign_in, ana, name):
    pages = Pages(name, ana, sign_in)
    again = pages.phone.post(pages.address, data=pages.on_phone | pages.typed)

    assert (again.status_code, again.location) == (303, pages.answer.location)
    assert pages.kept() == []


def test_who_has_heard_of_it_may_say_more(reply, ana):
    reply.phone.post(reply.address, data=reply.gone_on)
    sent = reply.phone.post(reply.address, data=reply.form(reply.phone))

    assert sent.status_code == 303
    assert posts_of(ana) == [reply.typed["text"], reply.typed["text"] + MORE]
    assert drafts_of(ana) == []


def test_told_once_the_next_words_are_words_as_any(reply):
    first = reply.keep(reply.phone, reply.gone_on, headers=JSON).json
    again = reply.keep(reply.phone, reply.gone_on | {"draft": first["draft"], "text": "Later"}, headers=JSON)

    assert again.status_code == 200 and "sent" not in again.json
    assert reply.kept() == [{"text": "Later"}]


LATE = {
    "all of it": ("{text}", {"nonce", "typed"}),
    "its beginning, by the nonce": ("Beg", {"nonce"}),
    "its beginning, by the browser's name for it": ("Beg", {"typed"}),
}


@pytest.mark.parametrize("case", LATE)
@pytest.mark.parametrize("mark", ["", "0-0", "of the draft"])
def test_a_copy_that_comes_when_its_form_was_sent_long_ago_is_no_draft(reply, ana, case, mark):
    words, known = LATE[case]
    fields = {
        "text": words.format(**reply.typed),
        "draft": reply.sent["draft"] if mark[1:3] == "f " else mark,
    }
    late = reply.keep(reply.desk, fields | {name: reply.sent[name] for name in known}, headers=JSON)

    assert late.status_code == 409
    assert late.json["draft"] == "" and TOLD in late.json["sent"]
    assert drafts_of(ana) == []


def test_a_form_that_was_sent_before_any_answer_came_is_known_by_itself(sign_in, ana, topic):
    """The first words were still on their way: the form says so, and names no draft."""
    place, browser = f"/topics/{topic.id}/posts", sign_in(ana)
    form = form_of(browser.get(f"/topics/{topic.id}").text, place) | {"text": "Begun", "typed": WRITER}
    browser.post(place, data=form | {"draft": "0-0"})
    late = browser.post(f"/drafts?place={place}", data=form | {"text": "Beg"}, headers=JSON)

    assert late.status_code == 409 and drafts_of(ana) == []


def test_whoever_presses_the_button_of_a_form_that_was_sent_keeps_what_is_in_it(reply, ana):
    """By hand, after Back: nothing of it is late."""
    kept = reply.keep(reply.desk, reply.sent | {"text": "And more"})

    assert kept.status_code == 303 and reply.kept() == [{"text": "And more"}]


def test_a_second_press_of_the_form_itself_leads_to_what_the_first_one_made(reply, ana):
    again = reply.desk.post(reply.address, data=reply.sent)

    assert again.status_code == 303 and again.location == reply.answer.location
    assert posts_of(ana) == [reply.typed["text"]] and drafts_of(ana) == []


@pytest.mark.parametrize("button", [{"preview": "text"}, {"quote": "1"}])
def test_a_look_at_it_sends_nothing_and_is_not_held(reply, button):
    shown = reply.phone.post(reply.address, data=reply.gone_on | button)

    assert shown.status_code == 200 and form_of(shown.text, reply.address)["text"].startswith("谢谢")


@pytest.mark.parametrize(
    ("draft", "status"), [("{number}-1", 200), ("{number}-7", 200), ("0-0", 204), ("", 204), ("x", 204)]
)
def test_a_page_that_comes_back_into_view_asks_and_hears(reply, ben, sign_in, draft, status):
    query = f"place={reply.address}&draft={draft.format(number=reply.number)}"
    answer = reply.phone.get(f"/drafts/sent?{query}")

    assert answer.status_code == status
    assert (TOLD in answer.text) is (status == 200)
    assert sign_in(ben).get(f"/drafts/sent?{query}").status_code == 204
    assert reply.phone.get(f"/drafts/sent?place=/nowhere&draft={draft}").status_code == 404


def test_a_draft_that_nobody_sent_is_told_to_be_sent_by_nobody(sign_in, ana, topic):
    place, browser = f"/topics/{topic.id}/posts", sign_in(ana)
    kept = browser.post(f"/drafts?place={place}", data={"text": "Begun"}, headers=JSON).json
    Draft.at(ana, place).discard()
    db.session.commit()
    more = browser.post(f"/drafts?place={place}", data={"text": "More", "draft": kept["draft"]}, headers=JSON)

    assert more.status_code == 200 and "sent" not in more.json
    assert browser.get(f"/drafts/sent?place={place}&draft={kept['draft']}").status_code == 204


def test_what_the_phone_wrote_before_the_desk_sent_an_older_version_stays_a_draft(sign_in, ana, topic):
    place, desk, phone = f"/topics/{topic.id}/posts", sign_in(ana), sign_in(ana)
    form = form_of(desk.get(f"/topics/{topic.id}").text, place)
    begun = desk.post(f"/drafts?place={place}", data=form | {"text": "Begun"}, headers=JSON).json["draft"]
    on_phone = form_of(phone.get(f"/topics/{topic.id}").text, place) | {"text": "Begun, gone on"}
    on_phone["draft"] = phone.post(f"/drafts?place={place}", data=on_phone, headers=JSON).json["draft"]
    desk.post(place, data=form | {"text": "Begun", "draft": begun})
    held = phone.post(place, data=on_phone)

    assert held.status_code == 303
    assert posts_of(ana) == ["Begun"]
    assert drafts_of(ana) == [(place, {"text": "Begun, gone on"})]
    assert TOLD in phone.get(f"/topics/{topic.id}").text


def test_it_is_known_for_thirty_days_and_is_among_ones_own_data(reply, ana):
    (row,) = data_of(ana)["sections"]["sent_drafts"]
    assert (row["place"], row["location"]) == (reply.address, reply.answer.location)
    assert KEPT_FOR.days == 30 and "sent_drafts" in sweeps.names()

    for days, is_there in ((29, True), (31, False)):
        with clock_at(utcnow() + timedelta(days=days)):
            forget_sent_drafts()
        db.session.commit()
        assert bool(db.session.scalar(db.select(SentDraft.id))) is is_there


def test_it_goes_with_the_member(reply, ana):
    leave(ana)
    assert db.session.scalar(db.select(SentDraft.id)) is None
