import re

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.forums.listing import LINES
from cityexchange.forums.models import Follow, Post, ReadPosition, Revision, Topic
from cityexchange.languages.models import translate
from tests.factories import MemberFactory, SpaceFactory, ThemeFactory
from tests.forums.factories import ForumFactory, start_topic


def newest():
    return db.session.scalar(db.select(Post).order_by(Post.id.desc()))


def opening(topic):
    return db.session.scalar(db.select(Post).filter_by(topic_id=topic.id, position=1))


def titles(page):
    return re.findall(r'class="row__title"><a [^>]*>([^<]*)</a>', page)


@pytest.fixture
def topic(ana):
    return start_topic(author=ana)


@pytest.fixture
def public_topic(ana):
    return start_topic(ForumFactory(space=SpaceFactory(confidentiality="public")), ana)


# Reading


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


# The wall


def test_visitors_read_public_spaces_without_names(visitor, public_topic, ana):
    public_topic.post(ana, "Said in public.")
    page = visitor.get(f"/topics/{public_topic.id}").text

    assert "Said in public." in page and ana.city.name in page
    assert ana.name not in page and 'name="text"' not in page
    assert public_topic.title in visitor.get(f"/forums/{public_topic.forum.slug}").text
    assert public_topic.title in visitor.get("/forums").text
    assert visitor.get(f"/posts/{newest().id}").status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/topics/{}",
        "/posts/{}",
        "/forums/{}",
        "/forums/{}/new",
        "/topics",
        "/posts/{}/edit",
        "/posts/{}/revisions",
    ],
)
def test_at_the_wall_hidden_and_missing_look_the_same(visitor, topic, path):
    ids = {"/forums/": topic.forum.slug, "/topics/": topic.id, "/posts/": opening(topic).id}
    hidden = path.format(next((id for start, id in ids.items() if path.startswith(start)), ""))
    answers = [visitor.get(place) for place in (hidden, path.format(999_999))]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer.location.startswith("/sign-in?next=") for answer in answers)


def test_a_visitor_writes_nothing(visitor, public_topic):
    for path in (
        f"/topics/{public_topic.id}/posts",
        f"/forums/{public_topic.forum.slug}/new",
        f"/topics/{public_topic.id}/read",
    ):
        assert visitor.post(path, data={"text": "Hello", "title": "Hello"}).status_code == 401
    assert public_topic.post_count == 1


def test_a_closed_space_does_not_exist_for_outsiders_anywhere(sign_in, visitor, ana):
    canary = "zanzibar-seventeen"
    forum = ForumFactory(space=SpaceFactory(confidentiality="group"), name=f"Forum {canary}")
    forum.space.admit(ana)
    topic = start_topic(
        forum, ana, title=f"Title {canary}", text=f"Text {canary}", themes=(ThemeFactory(key="housing"),)
    )
    post = opening(topic)
    post.edit(ana, f"Again {canary}", version=1)
    pages = [
        *(
            "/",
            "/forums",
            "/topics",
            f"/forums/{forum.slug}",
            f"/topics/{topic.id}",
            f"/topics/{topic.id}?page=1",
        ),
        *(f"/topics?filter={name}" for name in ("latest", "new", "unread", "unanswered", "mine")),
        *(
            f"/posts/{post.id}",
            f"/posts/{post.id}/edit",
            f"/posts/{post.id}/revisions",
            f"/posts/{post.id}/remove",
        ),
        *(
            f"/spaces/{forum.space.slug}",
            "/spaces",
            f"/cities/{ana.city.slug}",
            f"/members/{ana.id}",
            "/themes/housing",
        ),
        *(f"/forums/{forum.slug}/new", f"/translations/Post/{post.id}", f"/translations/Topic/{topic.id}"),
    ]
    insider = sign_in(ana)
    assert sum(canary in insider.get(page).text for page in pages) > 8
    outsiders = [sign_in(MemberFactory()), sign_in(MemberFactory(team_role="admin", city=None)), visitor]

    for browser in outsiders:
        for page in pages:
            for accept in ("text/html", "application/json"):
                answer = browser.get(page, headers={"Accept": accept}, follow_redirects=False)
                assert canary not in answer.text, page
        for act in ("posts", "read", "follow", "close", "reopen", "pin"):
            data = {"text": "Hello", "position": "1"}
            assert browser.post(f"/topics/{topic.id}/{act}", data=data).status_code in (401, 404)
        for act in ("edit", "remove", "mark", "unmark"):
            assert browser.post(
                f"/posts/{post.id}/{act}", data={"text": "x", "version": "2"}
            ).status_code in (401, 404)


def test_under_the_chatham_house_rule_nobody_is_named(sign_in, ana, ben):
    forum = ForumFactory(space=SpaceFactory(confidentiality="chatham"))
    forum.space.admit(ana)
    forum.space.admit(ben)
    topic = start_topic(forum, ana, title="Frankly", kind="question")
    reply = topic.post(ana, "Frank words.")
    reply.edit(ana, "Franker words.", version=1)
    browser = sign_in(ben)

    for path in (
        f"/topics/{topic.id}",
        f"/forums/{forum.slug}",
        "/forums",
        "/topics",
        "/",
        f"/posts/{reply.id}/revisions",
    ):
        page = browser.get(path).text
        assert "Frank" in page, path
        assert ana.name not in page and ana.city.name not in page and f"/members/{ana.id}" not in page, path
    assert "Frankly" not in browser.get(f"/cities/{ana.city.slug}").text


# Writing


def test_a_member_starts_a_topic(sign_in, ana):
    forum, housing = ForumFactory(), ThemeFactory(key="housing")
    facts = {
        "title": " How? ",
        "text": "What **works**?",
        "kind": "question",
        "language": "en",
        "themes": ["housing"],
    }
    answer = sign_in(ana).post(f"/forums/{forum.slug}/new", data=facts)
    topic = db.session.scalar(db.select(Topic))

    assert (answer.status_code, answer.location) == (303, f"/topics/{topic.id}")
    assert (topic.title, topic.kind, topic.language, topic.themes) == ("How?", "question", "en", [housing])
    assert (topic.author, topic.author_city) == (ana, ana.city)
    assert "<strong>works</strong>" in opening(topic).html


WRONG = [
    {"title": ""},
    {"title": "Hm"},
    {"title": "x" * 201},
    {"text": ""},
    {"text": " \x00 "},
    {"text": "x" * 20_001},
    {"kind": "rumour"},
    {"kind": "announcement"},
    {"language": "klingon"},
    {"themes": ["nonsense"]},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_topic_with_something_wrong_comes_back_with_what_was_typed(sign_in, ana, wrong):
    forum = ForumFactory()
    facts = {"title": "A good title", "text": "A good text.", "kind": "story"} | wrong
    answer = sign_in(ana).post(f"/forums/{forum.slug}/new", data=facts)

    assert answer.status_code == 422
    assert all(facts[name].strip(" \x00") in answer.text for name in ("title", "text"))
    assert db.session.scalar(db.select(Topic)) is None


def test_nobody_writes_who_they_are_not(sign_in, ana, ben, topic):
    facts = {
        "text": "Mine.",
        "author_id": ben.id,
        "author_city_id": ben.city.id,
        "position": 99,
        "posted_at": "2001-01-01",
        "is_pinned": "1",
    }
    sign_in(ana).post(f"/topics/{topic.id}/posts", data=facts)

    assert (newest().author, newest().author_city, newest().position) == (ana, ana.city, 2)
    assert newest().posted_at.year > 2001


def test_a_reply_stands_at_the_end(sign_in, ben, topic):
    answer = sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "Bonjour à toutes"})

    assert (answer.status_code, answer.location) == (303, f"/topics/{topic.id}#post-{newest().id}")
    assert newest().text == "Bonjour à toutes"


@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001])
def test_a_reply_that_cannot_be_taken_keeps_what_was_typed(sign_in, ben, topic, text):
    answer = sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": text})

    assert answer.status_code == 422 and text.strip() in answer.text
    assert topic.post_count == 1


def test_pressing_twice_leads_to_the_same_post(sign_in, ben, topic):
    browser = sign_in(ben)
    nonce = re.search(r'name="nonce" type="hidden" value="([^"]+)"', browser.get(f"/topics/{topic.id}").text)[
        1
    ]
    first, second = (
        browser.post(f"/topics/{topic.id}/posts", data={"text": "Once.", "nonce": nonce}) for _ in range(2)
    )

    assert first.location == second.location and second.status_code == 303
    assert topic.post_count == 2


def test_a_closed_topic_takes_no_replies(sign_in, ben, topic, ana):
    topic.close(ana)

    assert sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "Late."}).status_code == 403
    assert topic.post_count == 1


def test_what_people_write_does_nothing_in_a_browser(sign_in, ben, ana):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
    topic = start_topic(author=ana, title=evil, text=evil)
    opening(topic).edit(ana, evil * 2, version=1, reason=evil)
    browser = sign_in(ben)

    for path in (
        f"/topics/{topic.id}",
        f"/forums/{topic.forum.slug}",
        "/topics",
        "/forums",
        f"/posts/{opening(topic).id}/revisions",
    ):
        page = browser.get(path).text
        assert "<script>alert" not in page and "<img src=x" not in page, path


# Editing


def test_a_writer_edits_their_post_and_others_see_how(sign_in, ana, ben, topic):
    post = opening(topic)
    browser = sign_in(ana)
    form = browser.get(f"/posts/{post.id}/edit").text
    assert post.text in form and topic.title in form
    facts = {
        "title": "How to start?",
        "text": "We have three people.",
        "reason": "Counted again",
        "version": "1",
    }
    answer = browser.post(f"/posts/{post.id}/edit", data=facts)
    page = sign_in(ben).get(f"/posts/{post.id}/revisions").text

    assert answer.status_code == 303 and topic.title == "How to start?"
    assert "<del>two " in page and "<ins>three " in page and "Counted again" in page and ana.name in page


def test_an_edit_of_an_old_version_answers_409_and_keeps_what_was_typed(sign_in, ana, topic):
    post = opening(topic)
    post.edit(ana, "From my telephone.", version=1)
    facts = {"title": topic.title, "text": "From my desk.", "version": "1"}
    browser = sign_in(ana)
    answer = browser.post(f"/posts/{post.id}/edit", data=facts)

    assert (
        answer.status_code == 409 and "From my desk." in answer.text and "From my telephone." in answer.text
    )
    assert post.text == "From my telephone."
    assert re.search(r'name="version" value="2"', answer.text)
    assert browser.post(f"/posts/{post.id}/edit", data=facts | {"version": "2"}).status_code == 303


def test_an_edit_that_cannot_be_taken_keeps_what_was_typed(sign_in, ana, topic):
    post = opening(topic)
    answer = sign_in(ana).post(
        f"/posts/{post.id}/edit", data={"title": "No", "text": "Typed with care.", "version": "1"}
    )

    assert answer.status_code == 422 and "Typed with care." in answer.text
    assert db.session.scalar(db.select(Revision)) is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_edits_what_others_wrote(sign_in, ben, facilitator, topic, method):
    for member in (ben, facilitator):
        answer = getattr(sign_in(member), method)(
            f"/posts/{opening(topic).id}/edit", data={"text": "Ha.", "version": "1"}
        )
        assert answer.status_code == 403
    assert opening(topic).text != "Ha."


def test_a_writer_removes_their_reply_after_a_second_look(sign_in, ben, topic):
    post = topic.post(ben, "Regretted.")
    browser = sign_in(ben)
    assert "Regretted." in browser.get(f"/posts/{post.id}/remove").text
    answer = browser.post(f"/posts/{post.id}/remove")

    assert answer.status_code == 303 and post.is_removed


def test_whoever_started_a_topic_that_nobody_answered_takes_it_back(sign_in, ana, topic):
    browser = sign_in(ana)
    answer = browser.post(f"/posts/{opening(topic).id}/remove")

    assert answer.location == f"/forums/{topic.forum.slug}"
    assert browser.get(f"/topics/{topic.id}").status_code == 404
    assert topic.title not in browser.get(f"/forums/{topic.forum.slug}").text


# Acts


def test_the_asker_marks_what_helped_and_takes_it_back(sign_in, ana, ben, topic):
    reply = topic.post(ben, "Try this.")
    browser = sign_in(ana)
    browser.post(f"/posts/{reply.id}/mark")
    assert topic.state == "answered" and "The answer that helped" in browser.get(f"/topics/{topic.id}").text

    browser.post(f"/posts/{reply.id}/unmark")
    assert topic.state == "open"
    assert sign_in(ben).post(f"/posts/{reply.id}/mark").status_code == 403


def test_acts_of_state_are_refused_to_strangers_and_written_down(sign_in, ana, ben, facilitator, topic):
    for act in ("close", "pin", "reopen"):
        assert sign_in(ben).post(f"/topics/{topic.id}/{act}").status_code == 403
    assert sign_in(ana).post(f"/topics/{topic.id}/close").status_code == 303
    assert topic.state == "closed"
    team = sign_in(facilitator)
    for act in ("reopen", "pin", "unpin"):
        assert team.post(f"/topics/{topic.id}/{act}").status_code == 303

    acts = db.session.execute(
        db.select(AuditEntry.verb, AuditEntry.outcome).where(AuditEntry.record_type == "Topic")
    )
    assert sorted(acts) == sorted(
        [
            ("close", "done"),
            ("pin", "done"),
            ("reopen", "done"),
            ("unpin", "done"),
            ("close", "refused"),
            ("pin", "refused"),
            ("reopen", "refused"),
        ]
    )


def test_a_member_follows_and_stops(sign_in, ben, topic):
    browser = sign_in(ben)
    for level in ("following", "normal"):
        assert browser.post(f"/topics/{topic.id}/follow", data={"level": level}).status_code == 303
        assert db.session.scalar(db.select(Follow.level).filter_by(member_id=ben.id)) == level
    assert browser.post(f"/topics/{topic.id}/follow", data={"level": "shouting"}).status_code == 422


def test_reading_moves_the_position_and_looking_does_not(sign_in, ana, ben, topic):
    for n in range(24):
        topic.post(ana, f"Reply {n}.")
    browser = sign_in(ben)
    browser.get(f"/topics/{topic.id}")
    assert db.session.scalar(db.select(ReadPosition).filter_by(member_id=ben.id)) is None

    assert browser.post(f"/topics/{topic.id}/read", data={"position": "21"}).status_code == 204
    page = browser.get("/topics?filter=unread").text
    assert "4 new" in page and f"/topics/{topic.id}?page=2#n22" in page

    assert browser.post(f"/topics/{topic.id}/read").status_code == 303
    assert titles(browser.get("/topics?filter=unread").text) == []


@pytest.mark.parametrize("position", ["-5", "x", "99999999999999999999"])
def test_nonsense_for_a_position_is_harmless(sign_in, ben, topic, position):
    assert sign_in(ben).post(f"/topics/{topic.id}/read", data={"position": position}).status_code in (
        204,
        422,
    )


def test_lists_across_forums_answer_what_is_asked(sign_in, ana, ben):
    open_one = start_topic(author=ana, title="Open question")
    answered = start_topic(author=ana, title="Answered question")
    answered.mark_answer(answered.post(ben, "So."), ana)
    start_topic(author=ana, title="A discussion", kind="discussion")
    open_one.post(ben, "Me too.")
    open_one.post(ana, "Anybody?")
    browser = sign_in(ben)
    lists = {
        name: titles(browser.get(f"/topics?filter={name}").text)
        for name in ("latest", "new", "unread", "unanswered", "mine")
    }

    assert lists == {
        "latest": ["Open question", "A discussion", "Answered question"],
        "new": ["A discussion"],
        "unread": ["Open question"],
        "unanswered": ["Open question"],
        "mine": ["Open question", "Answered question"],
    }
    assert browser.get("/topics?filter=all").status_code == 404


# What pages cost


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
