import pytest

from cityexchange.cities.paving import classes_of
from tests.factories import MemberFactory, SpaceFactory, ThemeFactory
from tests.forums.factories import ForumFactory, newest, opening, start_topic


def test_visitors_read_public_spaces_without_names(visitor, public_topic, ana):
    public_topic.post(ana, "Said in public.")
    page = visitor.get(f"/topics/{public_topic.id}").text

    assert "Said in public." in page and ana.city.name in page
    assert ana.name not in page and 'name="text"' not in page
    assert f'class="tile {classes_of(ana.city.paving)}"' in page
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
            f"/topics/{topic.id}/posts?after=0",
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
        data = {"text": "Hello", "position": "1", "level": "everything"}
        for kind, id in (("Topic", topic.id), ("Forum", forum.id), ("Space", forum.space_id)):
            assert browser.post(f"/follows/{kind}/{id}", data=data).status_code in (401, 404)
        for act in ("posts", "read", "close", "reopen", "pin"):
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
        f"/topics/{topic.id}/posts?after=0",
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
