"""A member's page: the topics in which they wrote, as far as whoever reads it may know that."""

import pytest

from cityexchange.core.db import db
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory, newest, start_topic, titles


def wrote(browser, member):
    """Titles on the member's page."""
    return titles(browser.get(f"/members/{member.id}").text)


def forum_in(confidentiality, *people, **values):
    space = SpaceFactory(confidentiality=confidentiality, **values)
    for one in people:
        space.admit(one)
    return ForumFactory(space=space)


def test_colleagues_read_there_where_somebody_wrote_the_newest_reply_first(sign_in, ana, ben):
    begun, answered = start_topic(author=ana, title="Begun"), start_topic(author=ben, title="Answered")
    answered.post(ana, "As we did.")
    start_topic(author=ben, title="Of others")

    assert wrote(sign_in(ben), ana) == ["Answered", "Begun"]
    begun.post(ben, "Once more.")
    assert wrote(sign_in(ana), ana) == ["Begun", "Answered"]


def in_a_group(ana, ben):
    start_topic(forum_in("group", ana), ana)


def under_the_chatham_house_rule(ana, ben):
    start_topic(forum_in("chatham", ana, ben), ana)


def under_a_chosen_name(ana, ben):
    forum = forum_in("members", ana, allows_chosen_names=True)
    forum.space.role_of(ana)
    db.session.flush()
    forum.space.admit(ana).chosen_name = "Blue Bird"
    db.session.flush()
    start_topic(forum, ana)


def in_a_post_that_was_removed(ana, ben):
    start_topic(author=ben).post(ana, "A slip.")
    newest().remove(ana)


def in_a_topic_that_is_held(ana, ben):
    start_topic(author=ana).state = "held"


def who_has_left(ana, ben):
    start_topic(author=ana)
    ana.state = "anonymised"


@pytest.mark.parametrize(
    "writing",
    [
        in_a_group,
        under_the_chatham_house_rule,
        under_a_chosen_name,
        in_a_post_that_was_removed,
        in_a_topic_that_is_held,
        who_has_left,
    ],
)
def test_the_page_tells_nothing_of_what_is_hidden_or_not_under_the_name(sign_in, ana, ben, writing):
    reader = sign_in(ben)
    writing(ana, ben)
    db.session.commit()

    page = reader.get(f"/members/{ana.id}")
    assert page.status_code == 200 and 'id="wrote"' not in page.text


def test_guests_read_there_what_they_read_under_the_name_elsewhere(sign_in, ana):
    mona = guest()
    start_topic(forum_in("group", ana, mona), ana, title="Between us")
    start_topic(forum_in("public"), ana, title="Signed with the city alone")

    assert wrote(sign_in(mona), ana) == ["Between us"]
    assert wrote(sign_in(MemberFactory()), ana) == ["Signed with the city alone"]


def test_the_page_says_how_to_reach_somebody_and_leads_there(sign_in, ana, ben):
    page = sign_in(ben).get(f"/members/{ana.id}").text
    assert "How to reach them" in page and "/ask?mention=@ana-ruiz" in page
    assert ana.email not in page
    assert "How to reach them" not in sign_in(ana).get(f"/members/{ana.id}").text
