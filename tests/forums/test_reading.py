import re

import pytest

from cityexchange.core.db import db
from cityexchange.forums.listing import LINES
from cityexchange.forums.models import Post, Topic
from cityexchange.languages.models import translate
from tests.factories import MemberFactory, ThemeFactory
from tests.forums.factories import ForumFactory, opening, start_topic, titles


def test_the_forums_stand_under_their_spaces_with_their_newest_topic(sign_in, topic, ben):
    page = sign_in(ben).get("/forums").text

    assert topic.forum.space.name in page and topic.forum.name in page and topic.title in page


def test_a_forum_lists_its_topics_pinned_first(sign_in, ben, ana):
    forum = ForumFactory()
    for title in ("First", "Second", "Third"):
        start_topic(forum, ana, title=title)
    db.session.scalar(db.select(Topic).filter_by(title="Second")).pin()

    assert titles(sign_in(ben).get(f"/forums/{forum.slug}").text) == ["Second", "Third", "First"]


def test_a_long_list_goes_on_where_it_ended_though_replies_arrive(sign_in, ben, ana):
    forum = ForumFactory()
    topics = [start_topic(forum, ana, title=f"Title {n}") for n in range(LINES + 5)]
    topics[20].pin()
    browser = sign_in(ben)
    first = browser.get(f"/forums/{forum.slug}").text
    topics[1].post(ana, "Back to the top.")
    further = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = browser.get(further).text

    assert len(titles(first)) == LINES and titles(first)[0] == "Title 20"
    assert titles(second) == ["Title 4", "Title 3", "Title 2", "Title 0"]
    assert 'rel="next"' not in second


@pytest.mark.parametrize("place", ["nonsense", "1-2", "1-99999999999999999999-1", "0--1-2"])
def test_a_place_that_nobody_gave_out_is_the_beginning(sign_in, ben, topic, place):
    assert titles(sign_in(ben).get(f"/forums/{topic.forum.slug}?before={place}").text) == [topic.title]


def test_twenty_posts_stand_on_a_page(sign_in, ben, topic):
    for n in range(2, 42):
        topic.post(ben, f"This is reply {n}.")
    browser = sign_in(ben)
    second = browser.get(f"/topics/{topic.id}?page=2").text

    assert re.findall(r'data-position="(\d+)"', second) == [str(n) for n in range(21, 41)]
    assert "This is reply 41." in browser.get(f"/topics/{topic.id}?page=3").text
    assert browser.get(f"/topics/{topic.id}?page=4").status_code == 404
    assert browser.get(f"/topics/{topic.id}?page=0").status_code == 404


def test_a_post_has_an_address_of_its_own(sign_in, ben, topic):
    posts = [topic.post(ben, f"Reply {n}.") for n in range(2, 23)]
    browser = sign_in(ben)

    assert browser.get(f"/posts/{posts[0].id}").location == f"/topics/{topic.id}#post-{posts[0].id}"
    assert browser.get(f"/posts/{posts[-1].id}").location == f"/topics/{topic.id}?page=2#post-{posts[-1].id}"


def test_text_stands_in_its_own_language_and_direction(sign_in, ben, topic):
    topic.post(ben, "مرحبا بكم", language="ar")

    assert (
        '<div class="written post__text" lang="ar" dir="auto">'
        in sign_in(ben).get(f"/topics/{topic.id}").text
    )


def test_a_reader_sees_text_and_title_in_the_language_they_read_best(sign_in, ben, ana):
    topic = start_topic(author=ana, title="Guichet unique", text="Par quoi commencer ?", language="fr")
    translate(topic, "title", "en", "One-stop shop")
    translate(opening(topic), "text", "en", "Where to begin?")
    english, french = sign_in(ben), sign_in(MemberFactory(locale="fr", languages_read=["fr"]))
    page = english.get(f"/topics/{topic.id}").text

    assert "Where to begin?" in page and "Translated by a person" in page and "Par quoi commencer" in page
    assert titles(english.get(f"/forums/{topic.forum.slug}").text) == ["One-stop shop"]
    assert "Where to begin?" not in french.get(f"/topics/{topic.id}").text
    assert titles(french.get(f"/forums/{topic.forum.slug}").text) == ["Guichet unique"]


def test_a_removed_post_leaves_a_tombstone_without_words(sign_in, ben, topic):
    post = topic.post(ben, "Regretted words.")
    browser = sign_in(ben)
    assert "Regretted words." in browser.get(f"/topics/{topic.id}").text

    post.remove(ben)
    page = browser.get(f"/topics/{topic.id}").text

    assert "Regretted words." not in page and "This post was removed." in page
    assert browser.get(f"/posts/{post.id}").status_code == 404


@pytest.mark.parametrize("who", ["member", "visitor"])
def test_a_long_topic_costs_no_more_queries_than_a_short_one(
    sign_in, visitor, count_queries, ben, public_topic, who
):
    browser = sign_in(ben) if who == "member" else visitor
    counts = []
    for replies in (1, 10):
        for n in range(replies):
            public_topic.post(MemberFactory(), f"Réponse numéro {n}, en français.", language="fr")
        browser.get(f"/topics/{public_topic.id}")
        with count_queries() as queries:
            assert browser.get(f"/topics/{public_topic.id}").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("topics", [1, 30])
def test_a_forum_page_costs_a_member_five_statements(sign_in, count_queries, ben, topics):
    """Who reads, the forum, its topics, their translations, and whether the community is an illustrative one."""
    forum, browser = ForumFactory(), sign_in(ben)
    for _ in range(topics):
        start_topic(forum, language="fr", themes=(ThemeFactory(),)).post(MemberFactory(), "Une réponse.")
    path = f"/forums/{forum.slug}"
    browser.get(path)
    with count_queries() as statements:
        assert len(titles(browser.get(path).text)) == topics

    assert len([one for one in statements if not one.startswith("BEGIN")]) == 5, statements


@pytest.mark.parametrize("path", ["/forums", "/topics", "/forums/{}", "/"])
def test_a_long_list_costs_no_more_queries_than_a_short_one(sign_in, count_queries, ben, path):
    forum, browser, counts = ForumFactory(), sign_in(ben), []
    for topics in (1, 6):
        for _ in range(topics):
            start_topic(forum, language="fr", themes=(ThemeFactory(),))
            start_topic(ForumFactory())
        browser.get(path.format(forum.slug))
        with count_queries() as queries:
            assert browser.get(path.format(forum.slug)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("what", ["member", "city"])
def test_a_new_name_stands_on_pages_that_were_in_memory(sign_in, visitor, public_topic, ana, ben, what):
    reader, renamed = sign_in(ben), {"member": ana, "city": ana.city}[what]
    paths = f"/topics/{public_topic.id}", "/forums"
    before = [browser.get(path).text for browser in (reader, visitor) for path in paths]
    renamed.name = "Renamed Example"
    db.session.commit()
    after = [browser.get(path).text for browser in (reader, visitor) for path in paths]

    assert not any("Renamed Example" in page for page in before)
    assert "Renamed Example" in after[0] and ("Renamed Example" in after[1]) == (what == "member")
    assert ("Renamed Example" in after[2]) == (what == "city")


def test_who_wrote_on_a_page_finds_their_own_buttons_there_and_others_do_not(sign_in, topic, ana, ben):
    post, chloe = topic.post(ben, "Ours opened in spring."), MemberFactory()
    db.session.commit()
    pages = {member: sign_in(member).get(f"/topics/{topic.id}").text for member in (chloe, ben, ana, chloe)}

    has_button = {member: f"/posts/{post.id}/edit" in page for member, page in pages.items()}
    assert has_button == {chloe: False, ben: True, ana: False}


def test_a_second_look_at_a_topic_asks_who_reads_and_what_it_is(sign_in, count_queries, topic, ben):
    browser, address = sign_in(ben), f"/topics/{topic.id}"
    browser.get(address)
    with count_queries() as statements:
        browser.get(address)

    asked = [one for one in statements if one.startswith("SELECT") and "is_illustrative" not in one]
    assert len(asked) == 2


def test_html_made_anew_by_the_command_is_what_the_next_reader_sees(app, sign_in, visitor, public_topic, ben):
    post = public_topic.post(ben, "Made by an older renderer.")
    db.session.flush()
    old = {"html": "<p>OLD HTML</p>", "render_version": 0}
    db.session.execute(db.update(Post).where(Post.id == post.id).values(old))
    browsers, path = (sign_in(ben), visitor), f"/topics/{public_topic.id}"
    before = [browser.get(path).text for browser in browsers]
    app.test_cli_runner().invoke(args=["text", "rerender"])
    after = [browser.get(path).text for browser in browsers]

    assert all("OLD HTML" in page for page in before)
    assert not any("OLD HTML" in page for page in after)


def test_a_topic_that_is_held_leaves_the_board_at_once(sign_in, topic, ben):
    browser = sign_in(ben)
    assert topic.title in browser.get("/forums").text
    topic.state = "held"
    db.session.commit()

    assert topic.title not in browser.get("/forums").text


def test_a_topic_that_is_gone_counts_no_more(sign_in, topic, ana):
    forum = topic.forum
    opening(topic).remove(ana)
    db.session.commit()

    assert (forum.topic_count, forum.post_count) == (0, 0)


@pytest.mark.parametrize(
    "path", ["/topics/{}?page=9999999", "/topics/{}?page=107374183", "/workshops?page=999999999"]
)
def test_a_page_far_beyond_the_last_is_no_page(sign_in, ben, topic, path):
    assert sign_in(ben).get(path.format(topic.id)).status_code == 404
