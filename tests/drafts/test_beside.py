"""Several texts of one kind: each has a draft of its own, none takes the place of another one, and each leads on to its form."""

import re

import pytest

from cityexchange.core.db import db
from cityexchange.drafts.models import Draft
from tests.abuse.forms import form_of
from tests.drafts.factories import drafts_of, keep_draft
from tests.drafts.places import at
from tests.factories import ThemeFactory

FIRST, SECOND, MORE = "School places in August", "غرفة للأطفال", "School places, and buses"
BESIDE = "stands beside it"
SEVERAL = {"question": "title", "question_in_forum": "title", "offer": "title", "workshop": "title"}
JSON = {"Accept": "application/json"}


class Desk:
    def __init__(self, name, writer, sign_in):
        self.writer, self.page, self.address, _ = at(name, writer)
        self.browser = sign_in(self.writer)
        self.first = keep_draft(self.writer, self.address, writer="tab-of-the-first", title=FIRST)
        db.session.commit()

    def open(self, query=""):
        return self.browser.get(f"{self.page}{query}").text

    def form(self, query=""):
        page = self.open(query)
        suffix = re.search(rf'action="{self.address}(\?beside=\d+)?"', page)[1] or ""
        return form_of(page, self.address + suffix), suffix.replace("?", "&")

    def keep(self, typed, query="", **more):
        fields, suffix = self.form(query)
        return self.browser.post(f"/drafts?place={self.address}{suffix}", data=fields | typed, **more)

    def titles(self):
        """{title: whether the form begins with it}"""
        rows = db.session.scalars(db.select(Draft).filter_by(member_id=self.writer.id))
        return {dict(row.fields)["title"]: bool(row.current) for row in rows}

    def begin_another(self):
        self.keep({"title": SECOND}, f"?beside={self.first.id}")
        return Draft.at(self.writer, self.address)


@pytest.fixture(params=SEVERAL)
def desk(request, ana, sign_in):
    return Desk(request.param, ana, sign_in)


@pytest.fixture
def asking(ana, sign_in):
    ThemeFactory(key="education")
    return Desk("question", ana, sign_in)


def test_the_form_leads_to_another_one_beside_its_draft_which_says_so(desk):
    page = desk.open()
    assert f'href="{desk.page}?beside={desk.first.id}"' in page and BESIDE not in page

    fresh = desk.open(f"?beside={desk.first.id}")
    assert BESIDE in fresh and FIRST in fresh and f'href="{desk.page}?draft={desk.first.id}"' in fresh
    assert desk.form(f"?beside={desk.first.id}")[0]["title"] == ""


def test_both_are_kept_listed_and_gone_on_with(desk):
    second = desk.begin_another()

    assert desk.titles() == {FIRST: False, SECOND: True}
    listed = desk.browser.get("/drafts").text
    assert FIRST in listed and SECOND in listed
    assert f'href="{desk.page}?draft={desk.first.id}"' in listed and f'href="{desk.page}"' in listed
    assert desk.form()[0]["title"] == SECOND
    named, _ = desk.form(f"?draft={desk.first.id}")
    assert (named["title"], named["draft"]) == (FIRST, f"{desk.first.id}-1")

    desk.keep({"title": MORE}, f"?draft={desk.first.id}")
    assert desk.titles() == {MORE: False, SECOND: True}
    assert second.version == 1


def test_each_has_a_version_so_that_two_devices_see_both_of_the_one_that_made_way(desk):
    form, _ = desk.form()
    desk.begin_another()
    keep_draft(desk.writer, desk.address, f"{desk.first.id}-1", title=MORE)
    db.session.commit()
    sent = form | {"title": "From a phone"}
    refused = desk.browser.post(f"/drafts?place={desk.address}", data=sent, headers=JSON)

    assert refused.status_code == 409 and MORE in refused.json["html"] and SECOND not in refused.json["html"]
    assert desk.titles()[MORE] is False and desk.titles()[SECOND]


def test_the_old_tab_goes_on_with_the_draft_that_made_way_and_ends_no_other(desk):
    old, _ = desk.form()
    second = desk.begin_another()
    kept = desk.browser.post(f"/drafts?place={desk.address}", data=old | {"title": MORE}, headers=JSON)

    assert kept.status_code == 200 and kept.json["draft"] == f"{desk.first.id}-2"
    assert desk.titles() == {MORE: False, SECOND: True}
    assert Draft.end(desk.writer, desk.address, kept.json["draft"], "tab-of-the-first") == desk.first.id
    assert Draft.at(desk.writer, desk.address).id == second.id


def test_the_copy_that_wrote_the_first_is_not_taken_for_the_writer_of_the_first_when_it_begins_another(desk):
    """The same tab, which gave its copy no new name."""
    typed = {"title": SECOND, "typed": "tab-of-the-first"}
    for words in (SECOND, "Still the second"):
        assert desk.keep(typed | {"title": words}, f"?beside={desk.first.id}").status_code == 303

    assert FIRST in desk.titles()


def test_an_answer_that_was_lost_makes_no_third_one(desk):
    form, suffix = desk.form(f"?beside={desk.first.id}")
    for words in ("", " and on", " and on and on"):
        sent = form | {"title": SECOND + words, "typed": "tab-of-the-second", "draft": "0-0"}
        kept = desk.browser.post(f"/drafts?place={desk.address}{suffix}", data=sent, headers=JSON)
        assert kept.status_code == 200

    assert desk.titles() == {FIRST: False, f"{SECOND} and on and on": True}


def test_a_second_press_of_the_button_makes_no_third_one(desk):
    form, suffix = desk.form(f"?beside={desk.first.id}")
    for _ in range(2):
        desk.browser.post(f"/drafts?place={desk.address}{suffix}", data=form | {"title": SECOND})

    assert desk.titles() == {FIRST: False, SECOND: True}


def test_the_first_keeps_the_day_on_which_it_was_changed(desk):
    before = desk.first.updated_at
    desk.begin_another()
    db.session.refresh(desk.first)

    assert desk.first.updated_at == before


def test_a_page_that_knew_of_no_draft_is_still_another_version_of_it(desk):
    refused = desk.browser.post(f"/drafts?place={desk.address}", data={"title": "Of an older page"})

    assert refused.status_code == 409
    assert desk.titles()[FIRST]


BROUGHT = {"title=Who+helps%3F": ("title", "Who helps?"), "theme=education": ("themes", "education"), "mention=%40ben-okoro": ("text", "@ben-okoro:")}  # fmt: skip


@pytest.mark.parametrize("query", BROUGHT)
def test_who_comes_to_ask_something_else_begins_it_beside_the_old_draft(asking, query):
    name, words = BROUGHT[query]
    form, suffix = asking.form(f"?{query}")

    assert words in form[name] and form["title"] != FIRST
    assert suffix == f"&beside={asking.first.id}"
    assert FIRST in asking.open(f"?{query}")


@pytest.mark.parametrize("query", BROUGHT)
def test_who_comes_again_to_ask_the_same_goes_on_with_it(asking, query):
    name, words = BROUGHT[query]
    fields = {"title": "Who helps?", "text": "@ben-okoro: Hello", "themes": "education"}
    keep_draft(asking.writer, asking.address, asking.first.mark, **fields)
    form, suffix = asking.form(f"?{query}")

    assert form["text"] == fields["text"] and suffix == ""


def test_what_is_refused_is_still_begun_beside_the_other(asking):
    form, suffix = asking.form(f"?beside={asking.first.id}")
    refused = asking.browser.post(f"/ask?{suffix[1:]}", data=form | {"title": SECOND})

    assert refused.status_code == 422
    assert f"/drafts?place=/ask&amp;beside={asking.first.id}" in refused.text.replace(
        "&beside", "&amp;beside"
    )


def test_what_was_sent_meanwhile_and_is_written_on_leaves_the_other_question_alone(asking, sign_in):
    second = asking.begin_another()
    form, _ = asking.form()
    Draft.end(asking.writer, asking.address, second.mark)
    db.session.commit()
    asking.browser.post("/drafts?place=/ask", data=form | {"title": MORE})

    assert asking.titles() == {FIRST: False, MORE: True}


def test_the_draft_of_another_member_is_in_no_form_by_its_number(asking, ben, sign_in):
    page = sign_in(ben).get(f"/ask?draft={asking.first.id}").text

    assert FIRST not in page and BESIDE not in page


@pytest.mark.parametrize("number", ["", "x", "²", "-1", "99999999999999999999", "0"])
@pytest.mark.parametrize("name", ["draft", "beside"])
def test_a_number_that_nobody_gave_out_changes_nothing(asking, name, number):
    assert asking.form(f"?{name}={number}")[0]["title"] == FIRST


def test_of_a_reply_there_is_one(ana, topic, sign_in):
    place = f"/topics/{topic.id}/posts"
    first = keep_draft(ana, place, text=FIRST)
    refused = sign_in(ana).post(f"/drafts?place={place}&beside={first.id}", data={"text": SECOND})

    assert refused.status_code == 409
    assert drafts_of(ana) == [(place, {"text": FIRST}), (place, {"text": SECOND})], "refused, and set aside"
    assert FIRST in sign_in(ana).get(f"/topics/{topic.id}").text
    assert "beside=" not in sign_in(ana).get(f"/topics/{topic.id}").text
