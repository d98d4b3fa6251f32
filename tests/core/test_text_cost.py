"""What a text costs is bounded by what its signs tell, whatever it is made of: counted in calls of functions, for time is the machine's.

Beyond the bound it stands as typed. What takes long is read beside the event loop, while no transaction is open; never more of it than
the limit allows.
"""

from functools import partial
from random import Random

import pytest
from flask import g

from cityexchange.chat.models import Message
from cityexchange.core.databases.queue import Busy
from cityexchange.core.db import db
from cityexchange.core.text import grammar, heavy, mentioned, plain, render, rendering, shows_nothing
from cityexchange.core.text.cost import HEAVY, MOST_WORK, work_of
from cityexchange.core.text.heavy import MOST_TOGETHER
from cityexchange.core.text.limits import HEAVY_TEXTS
from cityexchange.forums.forms import LONGEST
from cityexchange.forums.models import Post
from cityexchange.languages.detection import ENOUGH
from tests.calls import calls_of
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory
from tests.forums.factories import opening, start_topic

PARTS = [
    "*", "*a ", "**a ", "a**b", "_a ", "~~a ", "*a_ ", "*a **b ", "***a*** ", "~~a~~ ", "谢**谢**", "ب**ب** ",
    "[", "[a ", "[a](", "[a](<", "![", "![](", "[](", "[a][", "[a](/y) ", "[[a](/b)](/c) ", "[*a*](/b) ", "[a](/b(c)) ", "[[[[a]]]] ",
    "[a]: /x\n", "[a]:\n", '[a]: /x "t\n', "[^1] ", "[^a]: b\n", "`", "`a ", "``a` ", "```\n", "```a\n\n",
    "<", "<a ", "<http://a", "<http://a.b> ", "<!--", "<b>", "&", "&amp;", "&#x41;", "\\", "\\*", "a\\\n", "a  \n",
    ">", "> a\n", ">>>>>>>>>>>> a\n", "> * a\n", "* > a\n", "> a\nb\n", "* a\n", "* * * * * * a\n", "1. a\n", "1. 1. 1. a\n",
    "* [ ] a\n", "  * a\n    * b\n", "# a\n", "a\n-\n", "---\n", "a\n", "a\n\n", "\ta\n", "\n", " ",
    "|", "|a|\n|-|\n", "a|b\n-|-\n", "|a|b|\n|-|-|\n|c|d|\n\n", "|a|b|\n|-|-|\n|c|\n",
    "http://a.b ", "http://a.b/((((", "http://a.b/_*", "http://a.b/(中", "www.a.b ", "a@b.cc ", "mailto:a@b.cc ", "a@", "@ab ", "#ab ",
    "![a](/files/1/a) ", "![a](/x) ", '"', "{{7}}", "😀",
]  # fmt: skip
BEGINNINGS = {
    "a link named again and again": ("[a]: /x\n\n", "[a] "),
    "rows under one head": ("|a|b|\n|-|-|\n", "|c|d|\n"),
    "runs of every length": ("", "".join("`" * length + " " for length in range(1, 60))),
    "links of every name": ("", "".join(f"[a{number}]: /x\n" for number in range(200))),
}
LOW = 10_000
CALLS = 24
"""Of functions, for one unit of work as it is told; libraries' own calls with ours."""
DRAWN = {
    "a table": "|City|2024|2025|\n|-|-|-|\n" + "|Lyon|12|14|\n" * 1_450,
    "a list": "* one thing we did\n" * 1_000,
    "links": "* [the plan](https://tunis.example/plan)\n" * 480,
    "prose": "We opened a desk; **many** people came.\n\n" * 450,
    "prose without gaps": "我们在市政厅为新来者开设了一个办事处；很多人来了。\n\n" * 700,
}


def mixed(number):
    """A text of many short stretches of parts, always the same for a number."""
    random = Random(number)
    return "".join(random.choice(PARTS) * random.randint(1, 40) for _ in range(400))


def shape(begin, part, length):
    return begin + (part * (length // len(part) + 1))[: length - len(begin)]


SHAPES = [("", part) for part in PARTS] + list(BEGINNINGS.values())


@pytest.mark.parametrize(("begin", "part"), SHAPES)
def test_the_work_of_a_text_is_no_more_than_its_signs_tell(monkeypatch, begin, part):
    monkeypatch.setattr(rendering, "MOST_WORK", LOW)
    counted = []
    for length in (400, 2_000):
        text = shape(begin, part, length)
        counted.append(calls_of(rendering._html, text, 4, False))
        assert counted[-1] <= CALLS * max(1_000, min(work_of(text), LOW))
    shorter, longer = counted
    assert longer < 8 * max(shorter, 1_000), "five times as long; 25 would be its square"


@pytest.mark.parametrize("number", range(12))
def test_nor_is_it_where_shapes_are_mixed(number):
    text = mixed(number)[:2_000]
    assert calls_of(rendering._html, text, 4, False) <= CALLS * work_of(text)


@pytest.mark.parametrize("name", DRAWN)
def test_what_people_fill_a_post_with_is_drawn(name):
    text = DRAWN[name][:LONGEST]
    assert len(text) > 0.9 * LONGEST or "谢" not in text
    assert work_of(text) <= MOST_WORK
    assert any(tag in rendering._html(text, 4, False) for tag in ("<td", "<li", "<strong", "市政厅"))


def test_beyond_the_bound_it_stands_as_typed(monkeypatch):
    monkeypatch.setattr(rendering, "MOST_WORK", 500)
    text = "|a|b|\n|-|-|\n|c|d|\n"
    assert "<table" in rendering.render(text)
    assert "<table" not in rendering.render(text * 3) and "|c|d|" in plain(text * 3)


HEAVY_TEXT = "@nobody\n\n" + "* one thing\n" * 600


PARSERS = rendering._parser, rendering._parser_beside


class Watching:
    """A rule of the parser that notes whether a transaction was open, in which the writer's lock may be held."""

    def __init__(self):
        self.noted = []
        for parser in PARSERS:
            parser.core.ruler.push("watching", self.note)

    def note(self, state):
        if len(state.src) > ENOUGH:  # the language is told by the beginning
            self.noted.append(db.session().in_transaction())


@pytest.fixture
def watching():
    yield Watching()
    for parser in PARSERS:
        parser.core.ruler.disable("watching")


@pytest.fixture
def topic(app):
    return start_topic(author=MemberFactory())


def reply(sign_in, topic, text):
    answer = sign_in(topic.author).post(
        f"/topics/{topic.id}/posts", data={"text": text.replace("\n", "\r\n")}
    )
    assert answer.status_code == 303
    return Post.query.order_by(Post.id.desc()).first()


@pytest.mark.parametrize(
    "text", [HEAVY_TEXT, "\n" + HEAVY_TEXT + "  \n"], ids=["as kept", "with gaps around it"]
)
def test_a_heavy_text_is_read_while_no_transaction_is_open(sign_in, topic, watching, text):
    assert work_of(text) > HEAVY
    assert "<li" in reply(sign_in, topic, text).html
    assert set(watching.noted) == {False}, "to draw it, to know whom it calls and whether anything is seen"


OURS = {"Origin": "http://localhost"}
WRITTEN = HEAVY_TEXT + "and the last of it"


def spend_all(who):
    for _ in range(HEAVY_TEXTS.most):
        HEAVY_TEXTS.spend(who)


@pytest.fixture
def addresses(topic):
    post = opening(topic)
    room = RoomFactory()
    return [
        f"/topics/{topic.id}/posts",
        f"/posts/{post.id}/edit",
        f"/forums/{topic.forum.slug}/new",
        "/ask",
        f"/chat/rooms/{room.id}/messages",
        f"/translations/Post/{post.id}",
    ]


def test_beyond_the_limit_it_is_given_back_unread(sign_in, topic, watching, addresses):
    spend_all(topic.author.id)
    browser, before = sign_in(topic.author), Post.query.count()
    for address in addresses:
        answer = browser.post(address, data={"text": WRITTEN, "title": "Long", "version": "1"}, headers=OURS)
        assert answer.status_code == 429, address
        assert 1 <= int(answer.headers["Retry-After"]) <= HEAVY_TEXTS.seconds
        assert "and the last of it</textarea>" in answer.text, address
    assert watching.noted == [] and Post.query.count() == before


def test_light_texts_and_other_members_go_on(sign_in, topic, watching):
    spend_all(MemberFactory().id)
    spend_all("127.0.0.1")
    assert "<li" in reply(sign_in, topic, HEAVY_TEXT).html
    spend_all(MemberFactory().id)
    for _ in range(HEAVY_TEXTS.most - 1):
        HEAVY_TEXTS.spend(topic.author.id)
    assert reply(sign_in, topic, "a word").text == "a word"


def test_of_visitors_nothing_is_read_that_they_may_not_send(visitor, watching, addresses):
    for address in addresses:
        assert visitor.post(address, data={"text": WRITTEN}, headers=OURS).status_code == 401
    assert watching.noted == []


def test_beyond_the_limit_a_live_line_hears_so_as_data(connect, watching):
    member, room = MemberFactory(), RoomFactory()
    text = WRITTEN
    spend_all(member.id)
    answer = connect(member).say("message:post", room_id=room.id, text=text, nonce="n1")
    assert (answer["ok"], answer["status"]) == (False, 429)
    assert 1 <= answer["retry_after"] <= HEAVY_TEXTS.seconds
    assert watching.noted == [] and Message.query.count() == 0


def test_a_light_text_is_not_read_ahead(app):
    with app.test_request_context():
        rendering.read_ahead(["a word", "a " * 5_000], 1)
        assert "read_ahead" not in g
        rendering.read_ahead([HEAVY_TEXT], 1)
        assert [*g.read_ahead] == [HEAVY_TEXT.strip()]


def test_the_next_heavy_text_is_read_when_the_request_of_the_one_before_has_ended(app, monkeypatch):
    """What was read takes megabytes: of texts that all wait for the database one at a time is there."""
    monkeypatch.setattr(heavy, "LONGEST", 0.05)
    with app.test_request_context():
        rendering.read_ahead([HEAVY_TEXT, f"{HEAVY_TEXT} too"], 1)
        with app.app_context(), pytest.raises(Busy):
            rendering.read_ahead([HEAVY_TEXT], 2)
        assert len(g.read_ahead) == 2
    with app.test_request_context():
        rendering.read_ahead([HEAVY_TEXT], 2)
        assert len(g.read_ahead) == 1


def test_of_many_heavy_texts_in_one_form_none_is_read(app, visitor, watching):
    together = MOST_TOGETHER // work_of(HEAVY_TEXT) + 1
    fields = {f"text-{number}": f"{HEAVY_TEXT} {number}" for number in range(together)}
    assert visitor.post("/sign-in", data=fields, headers=OURS).status_code == 413
    assert watching.noted == []

    with app.test_request_context():
        rendering.read_ahead([*fields.values()][:2], 1)
        assert len(g.read_ahead) == 2


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_is_read_beside_the_event_loop_is_the_same_and_rests_on_the_way(beginning):
    first, more = BEGINNINGS[beginning]
    text, rests = first + more * 40, []
    resting = grammar.make_parser(lambda: rests.append(None))
    tokens = grammar.read(resting, text)
    assert [one.as_dict() for one in tokens] == [one.as_dict() for one in rendering._read(text)]
    assert len(rests) > 10


KINDS_OF_HEAVY = {
    "plain marks": "**a** *b* `c` [d](https://e.example/) > f\n\n- g\n",
    "a table": "| a | b |\n|---|---|\n| c | d |\n\n",
    "headings": "# a\n\n## b\n\n* c\n\n",
    "names": "* @ana and @nobody\n\n> @quoted [x](/y)\n\n",
    "pictures": "* ![@ana](/files/1/a.png) and ![](/x)\n\n",
    "nothing to see": "[](/x) * \n\n",
    "a rule": "---\n\n[](/x)\n\n",
}


@pytest.mark.parametrize("kind", KINDS_OF_HEAVY)
def test_what_is_found_beside_the_event_loop_is_what_is_found_without(app, kind):
    MemberFactory(handle="ana")
    db.session.commit()
    part = KINDS_OF_HEAVY[kind]
    text = (part * (2 * HEAVY // work_of(part) + 1)).strip()
    assert HEAVY < work_of(text) <= MOST_WORK
    uses = [
        lambda: mentioned(text),
        lambda: shows_nothing(text),
        *(partial(render, text, base) for base in (4, 3)),
    ]
    for use in uses:
        expected = use()
        with app.test_request_context():
            rendering.read_ahead([text], kind)
            assert use() == expected, "each alone, for who draws a text draws it once"
