"""Words that were refused for another device's are not lost where nobody chooses: they stand among the drafts, within the bounds."""

import pytest

from cityexchange.archive.leaving import leave
from cityexchange.archive.sections import data_of
from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.drafts.models import KEPT_FOR, MOST, Draft, forget_old_drafts
from tests.abuse.forms import form_of
from tests.drafts.factories import drafts_of, keep_draft
from tests.drafts.places import at

DESK, PHONE, LATER = "من المكتب", "Vom Telefon", "Vom Telefon, später"
JSON = {"Accept": "application/json"}


class Refused:
    """On the desk something was kept; the phone knows nothing of it."""

    def __init__(self, member, topic, sign_in):
        self.member, self.page = member, f"/topics/{topic.id}"
        self.place, self.phone = f"{self.page}/posts", sign_in(member)
        self.old = form_of(self.phone.get(self.page).text, self.place)
        self.there = keep_draft(member, self.place, text=DESK)
        db.session.commit()

    def keep(self, words=PHONE, writer="copy-on-the-phone", place=None, **more):
        said = self.old | {"text": words, "typed": writer}
        return self.phone.post(f"/drafts?place={place or self.place}", data=said, **more)

    def aside(self):
        mine = db.select(Draft).filter_by(member_id=self.member.id, is_aside=True).order_by(Draft.id)
        return [dict(one.fields)["text"] for one in db.session.scalars(mine)]


@pytest.fixture
def refused(ana, topic, sign_in):
    return Refused(ana, topic, sign_in)


@pytest.mark.parametrize("how", [{}, {"headers": JSON}], ids=["by its button", "by a script"])
def test_what_was_refused_and_left_is_among_the_drafts(refused, how):
    assert refused.keep(**how).status_code == 409

    assert drafts_of(refused.member) == [(refused.place, {"text": DESK}), (refused.place, {"text": PHONE})]
    assert form_of(refused.phone.get(refused.page).text, refused.place)["text"] == DESK
    listed = refused.phone.get("/drafts").text
    assert PHONE in listed and "Set aside" in listed


def test_of_a_question_it_says_where_it_comes_from_and_may_be_gone_on_with(ana, sign_in):
    at("question", ana)
    keep_draft(ana, "/ask", title=DESK)
    db.session.commit()
    phone = sign_in(ana)
    phone.post("/drafts?place=/ask", data={"title": PHONE})
    aside = db.session.scalar(db.select(Draft).filter_by(member_id=ana.id, is_aside=True))

    assert "From another device, " in phone.get("/drafts").text
    assert form_of(phone.get(f"/ask?draft={aside.id}").text, "/ask")["title"] == PHONE
    mark = f"{aside.id}-{aside.version}"
    assert phone.post("/drafts?place=/ask", data={"title": LATER, "draft": mark}).status_code == 303
    assert drafts_of(ana) == [("/ask", {"title": DESK}), ("/ask", {"title": LATER})]
    assert "From another device, " not in phone.get("/drafts").text


def test_what_is_written_on_without_choosing_is_the_same_one(refused):
    for words in (PHONE, LATER, LATER):
        assert refused.keep(words, headers=JSON).status_code == 409
    assert refused.aside() == [LATER]

    refused.keep(PHONE, writer="another-phone", headers=JSON)
    assert refused.aside() == [LATER, PHONE]


@pytest.mark.parametrize(("verb", "kept"), [("replace", {DESK, LATER}), ("prefer", {DESK, LATER})])
def test_a_choice_that_comes_later_finds_each_text_once(refused, verb, kept):
    refused.keep(PHONE)
    said = {"text": LATER, "there": refused.there.mark, "typed": "copy-on-the-phone"}
    chosen = refused.phone.post(f"/drafts/{refused.there.id}/{verb}", data=said)

    assert chosen.status_code == 303
    assert sorted(fields["text"] for _, fields in drafts_of(refused.member)) == sorted(kept)
    begins_with = Draft.at(refused.member, refused.place).fields
    assert begins_with == [["text", LATER if verb == "replace" else DESK]]


def test_what_was_sent_after_all_is_no_draft_and_the_other_device_keeps_its_own(refused):
    refused.keep()
    sent = refused.old | {"text": PHONE, "typed": "copy-on-the-phone", "draft": "0-0"}
    assert refused.phone.post(refused.place, data=sent).status_code == 303

    assert drafts_of(refused.member) == [(refused.place, {"text": DESK})]


def test_beyond_the_bounds_both_are_shown_and_nothing_more_is_kept(refused):
    for n in range(1, MOST):
        keep_draft(refused.member, f"/of/before/{n}", text="Begun")
    db.session.commit()
    answer = refused.keep()

    assert answer.status_code == 409 and PHONE in answer.text and DESK in answer.text
    assert refused.aside() == []


def test_what_is_too_long_is_kept_nowhere(refused):
    assert refused.keep("x" * 100_001).status_code == 413
    assert refused.aside() == []


def test_what_was_emptied_is_not_set_aside(refused):
    refused.keep(" ")
    assert refused.aside() == []


def test_it_is_kept_for_180_days_exported_and_forgotten_with_its_member(refused):
    refused.keep()
    assert [row["fields"][0][1] for row in data_of(refused.member)["sections"]["drafts"]] == [DESK, PHONE]
    with clock_at(utcnow() + KEPT_FOR * 1.01):
        forget_old_drafts()
    assert refused.aside() == []

    refused.keep()
    leave(refused.member)
    assert drafts_of(refused.member) == []


def test_nobody_else_reads_it(refused, ben, sign_in):
    refused.keep()
    aside = db.session.scalar(db.select(Draft).filter_by(member_id=refused.member.id, is_aside=True))

    assert refused.phone.get(f"/drafts/{aside.id}").status_code == 200
    assert sign_in(ben).get(f"/drafts/{aside.id}").status_code == 404
