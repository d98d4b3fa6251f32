"""What the control asks of the database: nothing for visitors, and of members what is asked for the page anyway."""

import pytest

from tests.follows.factories import page_of

BESIDE = {
    "Topic": "topics.post_count",
    "Forum": "forums.slug",
    "Space": "spaces.joining",
    "Room": "rooms.newest",
}
"""What the same statement asks for."""


def asked_for_follows(count_queries, browser, path):
    """The statements of the second time, when all that many readers share is in memory."""
    assert browser.get(path).status_code == 200
    with count_queries() as statements:
        browser.get(path)
    return [one for one in statements if "follows" in one]


@pytest.mark.parametrize("kind", BESIDE)
def test_a_statement_that_is_there_already_tells_a_member(ana, records, sign_in, count_queries, kind):
    found = asked_for_follows(count_queries, sign_in(ana), page_of(kind, records[kind]))

    assert len(found) == 1 and BESIDE[kind] in found[0]


def test_a_theme_lies_below_and_is_asked_about_once(ana, records, sign_in, count_queries):
    assert len(asked_for_follows(count_queries, sign_in(ana), page_of("Theme", records["Theme"]))) == 1


@pytest.mark.parametrize("kind", ["Topic", "Forum", "Theme", "Space"])
def test_a_page_kept_for_visitors_asks_nothing_and_that_of_a_space_nothing_more(
    records, visitor, count_queries, kind
):
    records["Space"].confidentiality = "public"
    found = asked_for_follows(count_queries, visitor, page_of(kind, records[kind]))

    assert len(found) == (kind == "Space")
