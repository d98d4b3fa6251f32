"""Two devices on one draft: neither overwrites the other."""

from threading import Barrier, Thread

import pytest

from cityexchange.archive.leaving import leave
from cityexchange.archive.sections import data_of
from cityexchange.core.db import clock_at, db, unit_of_work, utcnow
from cityexchange.core.jobs import sweeps
from cityexchange.drafts.models import KEPT_FOR, ChangedElsewhere, Draft, forget_old_drafts
from cityexchange.members.models import Member
from tests.drafts.factories import drafts_of, keep_draft
from tests.forums.test_concurrency import at_once
from tests.patience import PATIENCE

PLACE = "/ask"


def test_a_version_rises_with_each_change_and_with_nothing_else(ana):
    first = keep_draft(ana, PLACE, title="One").mark
    again = keep_draft(ana, PLACE, first, title="One").mark
    second = keep_draft(ana, PLACE, first, title="Two")

    assert first == again
    assert (second.version, second.fields) == (2, [["title", "Two"]])


@pytest.mark.parametrize("known", ["", "nonsense", "of before"])
def test_words_that_stand_on_another_version_overwrite_nothing(ana, known):
    before = keep_draft(ana, PLACE, title="One").mark
    keep_draft(ana, PLACE, before, title="Two, on the desk")
    with pytest.raises(ChangedElsewhere) as refusal:
        keep_draft(ana, PLACE, before if known == "of before" else known, title="Three, on the phone")

    assert refusal.value.there.fields == [["title", "Two, on the desk"]]
    assert drafts_of(ana) == [(PLACE, {"title": "Two, on the desk"})]


def test_the_same_words_of_two_devices_are_no_conflict(ana):
    keep_draft(ana, PLACE, title="One")

    assert keep_draft(ana, PLACE, "", title="One").version == 1


def test_a_mark_of_a_draft_that_is_gone_names_no_later_one(ana):
    gone = keep_draft(ana, PLACE, title="Sent")
    mark = gone.mark
    gone.discard()
    later = keep_draft(ana, PLACE, mark, title="Begun anew")

    assert later.mark != mark


def test_words_of_the_same_copy_whose_answer_was_lost_are_no_other_devices(ana):
    keep_draft(ana, PLACE, writer="tab-one-1", title="One")
    assert keep_draft(ana, PLACE, "", "tab-one-1", title="One and two").version == 2

    with pytest.raises(ChangedElsewhere):
        keep_draft(ana, PLACE, "", "tab-two-2", title="Three")
    with pytest.raises(ChangedElsewhere):
        keep_draft(ana, PLACE, "", "", title="Three")


def test_what_a_copy_wrote_while_it_was_sent_goes_with_it(ana):
    mark = keep_draft(ana, PLACE, writer="tab-one-1", title="One").mark
    keep_draft(ana, PLACE, mark, "tab-one-1", title="One and two")
    Draft.end(ana, PLACE, mark, "tab-two-2")
    assert len(drafts_of(ana)) == 1

    Draft.end(ana, PLACE, "0-0", "tab-one-1")
    assert drafts_of(ana) == []


def test_a_script_hears_the_version_and_of_the_other_device(sign_in, ana):
    desk, phone = sign_in(ana), sign_in(ana)
    json = {"headers": {"Accept": "application/json"}}
    kept = desk.post("/drafts?place=/ask", data={"title": "One"}, **json)
    assert kept.status_code == 200 and kept.json["version"] == 1

    more = phone.post("/drafts?place=/ask", data={"title": "Two", "draft": kept.json["draft"]}, **json)
    assert more.json["version"] == 2

    late = desk.post("/drafts?place=/ask", data={"title": "Three", "draft": kept.json["draft"]}, **json)
    assert late.status_code == 409
    assert drafts_of(ana) == [(PLACE, {"title": "Two"}), (PLACE, {"title": "Three"})]


def write(app, member_id, known, words, start, heard):
    start.wait(PATIENCE)
    with app.app_context():
        try:
            with unit_of_work():
                heard.append(keep_draft(db.session.get(Member, member_id), PLACE, known, title=words).version)
        except ChangedElsewhere:
            heard.append("elsewhere")


@pytest.mark.parametrize("is_begun", [False, True], ids=["the first words", "later words"])
def test_of_two_devices_at_the_same_moment_one_is_told_of_the_other(app, ana, is_begun):
    known = keep_draft(ana, PLACE, title="Begun").mark if is_begun else ""
    start, heard, member_id = Barrier(2), [], ana.id
    values = [(app, member_id, known, words, start, heard) for words in ("desk", "phone")]
    at_once(Thread(target=write, args=one) for one in values)

    assert sorted(map(str, heard)) == [str(1 + is_begun), "elsewhere"]
    db.session.expire_all()
    assert len(drafts_of(ana)) == 1


@pytest.mark.parametrize(("days", "is_there"), [(-1, True), (1, False)])
def test_a_draft_is_kept_for_180_days_after_its_last_change(ana, days, is_there):
    assert KEPT_FOR.days == 180
    begun_at = utcnow()
    with clock_at(begun_at):
        mark = keep_draft(ana, PLACE, title="Begun").mark
    with clock_at(begun_at + KEPT_FOR / 2):
        keep_draft(ana, PLACE, mark, title="Gone on")
    db.session.commit()
    with clock_at(begun_at + KEPT_FOR * 1.5 + days * KEPT_FOR / 180):
        forget_old_drafts()
    db.session.commit()

    assert bool(drafts_of(ana)) is is_there
    assert "drafts" in sweeps.names()


def test_drafts_are_among_ones_own_data_and_go_with_the_member(ana, ben):
    keep_draft(ana, PLACE, title="Begun")
    keep_draft(ben, PLACE, title="Of somebody else")
    (row,) = data_of(ana)["sections"]["drafts"]
    assert (row["place"], row["fields"]) == (PLACE, [["title", "Begun"]])

    leave(ana)
    assert drafts_of(ana) == []
    assert Draft.at(ben, PLACE)
