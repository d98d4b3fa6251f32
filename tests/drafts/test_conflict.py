"""Two devices on one draft, with forms alone: both versions are shown, one is chosen, and the other one stays readable."""

import re

import pytest

from cityexchange.core.db import db
from cityexchange.drafts.models import MOST, Draft
from tests.abuse.forms import form_of
from tests.drafts.factories import drafts_of, keep_draft

DESK, PHONE, LATER = "من المكتب\r\n*سطران*", "Vom Telefon <b>", "Later still"
SEES_BOTH = "This draft was also changed on another device"


class Devices:
    """A desk that has written, and a phone whose page is older."""

    def __init__(self, member, topic, sign_in):
        self.member, self.page = member, f"/topics/{topic.id}"
        self.place, self.phone = f"{self.page}/posts", sign_in(member)
        old = form_of(self.phone.get(self.page).text, self.place)
        keep_draft(member, self.place, text=DESK)
        self.sent = old | {"text": PHONE}
        self.answer = self.phone.post(f"/drafts?place={self.place}", data=self.sent)

    def press(self, verb, page=None):
        """The button as a browser presses it, with all that is in its form."""
        page = page or self.answer.text
        buttons = re.findall(r'<button [^>]*name="there"[^>]*>', page)
        (button,) = [
            one for one in buttons if one.partition('formaction="')[2].partition('"')[0].endswith(verb)
        ]
        action = re.search('formaction="([^"]+)"', button)[1]
        there = re.search('value="([^"]+)"', button)[1]
        return self.phone.post(action, data=form_of(page, "/replace") | {"there": there})

    def in_form(self):
        return form_of(self.phone.get(self.page).text, self.place)["text"].replace("\r\n", "\n")

    def kept(self):
        """{whether the form begins with it: text}"""
        rows = db.session.scalars(db.select(Draft).filter_by(member_id=self.member.id))
        return {bool(row.current): dict(row.fields)["text"] for row in rows}


@pytest.fixture
def devices(ana, topic, sign_in):
    return Devices(ana, topic, sign_in)


def test_both_versions_are_shown_and_nothing_is_overwritten(devices):
    page = devices.answer.text

    assert devices.answer.status_code == 409
    assert SEES_BOTH in page
    assert "On the other device: Your reply" in page and "What you wrote here: Your reply" in page
    assert "*سطران*" in page and "Vom Telefon &lt;b&gt;" in page
    assert devices.kept() == {True: DESK, False: PHONE}


def test_what_was_written_here_is_gone_on_with_and_the_other_is_set_aside(devices):
    pressed = devices.press("replace")

    assert (pressed.status_code, pressed.location) == (303, f"{devices.page}#reply-title")
    assert devices.kept() == {True: PHONE, False: DESK}
    assert devices.in_form() == PHONE
    assert "Set aside" in devices.phone.get("/drafts").text


def test_the_other_is_gone_on_with_and_what_was_written_here_is_set_aside(devices):
    pressed = devices.press("prefer")

    assert (pressed.status_code, pressed.location) == (303, f"{devices.page}#reply-title")
    assert devices.kept() == {True: DESK, False: PHONE}
    assert devices.in_form() == DESK.replace("\r\n", "\n")


@pytest.mark.parametrize("verb", ["replace", "prefer"])
def test_what_changed_once_more_before_the_choice_is_shown_once_more(devices, verb):
    keep_draft(devices.member, devices.place, Draft.at(devices.member, devices.place).mark, text=LATER)
    again = devices.press(verb)

    assert again.status_code == 409 and LATER in again.text and SEES_BOTH in again.text
    assert devices.kept() == {True: LATER, False: PHONE}
    assert devices.press(verb, again.text).status_code == 303
    assert sorted(devices.kept().values()) == sorted([LATER, PHONE])


@pytest.mark.parametrize("verb", ["replace", "prefer"])
def test_a_second_press_of_the_choice_loses_nothing(devices, verb):
    devices.press(verb)
    kept = sorted(devices.kept().values())
    again = devices.press(verb)

    assert again.status_code in (303, 409)
    assert set(kept) <= {fields["text"] for _, fields in drafts_of(devices.member)}


@pytest.mark.parametrize("verb", ["replace", "prefer"])
def test_the_version_of_another_member_is_no_choice(devices, ben, sign_in, verb):
    theirs = Draft.at(devices.member, devices.place)
    refused = sign_in(ben).post(f"/drafts/{theirs.id}/{verb}", data={"text": "x", "there": theirs.mark})

    assert refused.status_code == 404
    assert devices.kept() == {True: DESK, False: PHONE}


@pytest.mark.parametrize("verb", ["replace", "prefer"])
def test_where_the_form_was_closed_meanwhile_the_choice_leads_to_the_list(devices, topic, verb):
    topic.close(topic.author)
    db.session.commit()

    assert devices.press(verb).location == "/drafts"
    assert sorted(devices.kept().values()) == sorted([DESK, PHONE])


@pytest.mark.parametrize("verb", ["replace", "prefer"])
def test_beyond_the_bounds_nothing_is_set_aside_and_nothing_lost(devices, verb):
    db.session.execute(db.delete(Draft).filter_by(is_aside=True))
    for n in range(1, MOST):
        keep_draft(devices.member, f"/of/before/{n}", text="Begun")
    db.session.commit()
    refused = devices.press(verb)

    assert refused.status_code == 409 and "You have too many drafts" in refused.text
    assert Draft.at(devices.member, devices.place).fields == [["text", DESK]]


def test_a_script_gets_the_other_version_for_the_page_it_is_on(devices):
    json = {"Accept": "application/json"}
    answer = devices.phone.post(f"/drafts?place={devices.place}", data=devices.sent, headers=json)

    assert answer.status_code == 409
    assert answer.json["draft"] == Draft.at(devices.member, devices.place).mark
    assert SEES_BOTH in answer.json["html"] and "*سطران*" in answer.json["html"]
    assert "<html" not in answer.json["html"]


def test_what_is_set_aside_is_read_and_thrown_away_by_itself(devices):
    devices.press("replace")
    aside = db.session.scalar(db.select(Draft).filter_by(member_id=devices.member.id, current=None))
    shown = devices.phone.get(f"/drafts/{aside.id}").text
    assert "*سطران*" in shown and "Go on" not in shown

    devices.phone.post(f"/drafts/{aside.id}/discard")
    assert devices.kept() == {True: PHONE}
