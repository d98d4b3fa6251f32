"""What nobody sees is nothing written, in whatever field and script."""

import pytest

from cityexchange.core.unseen import says_nothing
from tests.factories import MemberFactory
from tests.forums.factories import ForumFactory, start_topic

NOTHING = {
    "zero-width": "\u200b\u200c\u200d\ufeff",
    "fillers of Hangul": "\u3164\uffa0 \u115f\u1160",
    "the blank of Braille": "\u2800\u2800",
    "blanks of books": "\u2003\u3000\xa0\u202f",
    "directions": "\u200f\u202b\u202c\u2067\u2069",
    "variations and joiners": "\ufe0f\u034f\u2060\u180e",
    "soft hyphens between lines": "\xad\r\n\u2028\t",
}
SOMETHING = ["x", "。", "؟", "می\u200cشود", "👩\u200d💻", "\u200bи", "\u2801", "ㄱ", "0", "e\u0301", "-"]


@pytest.mark.no_app
@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_signs_that_nobody_sees_say_nothing(text):
    assert says_nothing(text)


@pytest.mark.no_app
@pytest.mark.parametrize("text", SOMETHING)
def test_one_sign_that_is_seen_says_something(text):
    assert not says_nothing(text)


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_what_nobody_sees_is_no_reply_no_title_and_no_opening(sign_in, text):
    topic, forum = start_topic(), ForumFactory()
    browser = sign_in(MemberFactory())

    def start(**given):
        values = {"title": "A title", "text": "Words.", "kind": "question", **given}
        return browser.post(f"/forums/{forum.slug}/new", data=values).status_code

    assert browser.post(f"/topics/{topic.id}/posts", data={"text": text}).status_code == 422
    assert start(title=text) == start(text=text) == 422
    assert topic.post_count == 1 and forum.topic_count == 0
    assert start(title=text + "A title") == 303
