"""What nobody sees is nothing written, in whatever field and script."""

import pytest
from markupsafe import escape

from cityexchange.core.fields import Shown
from cityexchange.core.text import shows_nothing
from cityexchange.core.unseen import says_nothing
from cityexchange.visits.models import APPLICATION_PARTS, OFFER_PARTS
from tests.core.all_forms import bare, forms_of_the_application, leaves
from tests.factories import MemberFactory
from tests.forums.factories import ForumFactory, newest, start_topic

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
BLANK = "\u200b"
RENDERED_TO_NOTHING = {
    "a named blank": "&nbsp;",
    "named blanks in lines": "&ensp;&emsp;\n\n&zwj; &lrm;",
    "a numbered blank": "&#8203;",
    "a blank numbered by sixteen": "&#x2800;&#x3164;",
    "bold of nothing": f"**{BLANK}**",
    "emphasis of nothing": f"~~_{BLANK}_~~",
    "code of nothing": f"`{BLANK}`",
    "an escaped end of a line": f"{BLANK}\\\n{BLANK}",
    "an empty quote": "> ",
    "an empty quote in a list": "- >",
    "an empty heading": "###",
    "a heading of a blank": "# &nbsp; #",
    "an underlined blank": "&nbsp;\n===",
    "an empty list": "-\n-\n* +",
    "an empty numbered list": "1.\n2)",
    "an empty table": "| |\n|-|\n| |",
    "a fence with its language alone": "```python\n\n```",
    "a link without words": "[](https://x.example)",
    "a link of a blank": f"[&nbsp;{BLANK}](/topics/1)",
    "a link to a file without its name": "[](/files/12/plan.pdf)",
    "a link by its name without words": "[][plan]\n\n[plan]: https://x.example",
    "a definition alone": "[plan]: https://x.example 'The plan'",
    "definitions over lines": "[plan]:\n/x\n'words\nwords'\n[خطة]: /y",
}
MARKDOWN = {"text", "goal_1", "goal_2", "goal_3", *OFFER_PARTS, *APPLICATION_PARTS}
RENDERED_TO_SOMETHING = {
    "words behind a blank": "&nbsp;x",
    "a name of no sign": "&nbs;",
    "a named sign": "&copy;",
    "a rule": "---",
    "a box": "- [ ] &nbsp;",
    "a mark alone": "**",
    "an emoji alone": "👍",
    "a mention": "@nour",
    "a bare address": "https://x.example",
    "words of a link": "[谢谢](https://x.example)",
    "a file by its name": "[plan.pdf](/files/12/plan.pdf)",
    "a picture without words": "![](/files/12/plan.webp)",
    "a picture of a blank": "![\u200b](https://x.example/plan.png)",
    "a definition and its use": "[plan]\n\n[plan]: https://x.example",
    "words behind a definition": "[plan]: https://x.example\n\nشكرا",
    "words in a fence": "```\nx\n```",
    "digits in a quote": "> 7",
    "a filler before a letter": "\u3164x",
}


@pytest.mark.parametrize("text", (NOTHING | RENDERED_TO_NOTHING).values(), ids=NOTHING | RENDERED_TO_NOTHING)
def test_what_renders_to_nothing_shows_nothing(text):
    assert shows_nothing(text)


@pytest.mark.parametrize("text", RENDERED_TO_SOMETHING.values(), ids=RENDERED_TO_SOMETHING)
def test_what_is_seen_once_it_is_rendered_shows_something(text):
    assert not shows_nothing(text)


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


@pytest.mark.parametrize("text", RENDERED_TO_NOTHING.values(), ids=RENDERED_TO_NOTHING)
def test_what_renders_to_nothing_is_no_reply_no_opening_and_no_edit_and_is_given_back(sign_in, text):
    author = MemberFactory(locale="en")
    topic, forum = start_topic(author=author), ForumFactory()
    browser = sign_in(author)
    opening = {"title": "A title", "kind": "question", "version": 1}

    for address in (
        f"/topics/{topic.id}/posts",
        f"/forums/{forum.slug}/new",
        f"/posts/{newest().id}/edit",
    ):
        answer = browser.post(address, data=opening | {"text": text})
        assert answer.status_code == 422, address
        assert "Nobody would see anything of this text." in answer.text
        assert escape(text.strip()) in answer.text
    assert topic.post_count == 1 and forum.topic_count == 0


@pytest.mark.parametrize("kind", forms_of_the_application(), ids=lambda kind: kind.__name__)
def test_each_form_of_a_text_in_markdown_asks_for_something_to_see(app, kind):
    with app.test_request_context("/"):
        texts = [one for one in leaves(bare(kind)) if one.name in MARKDOWN]
        assert all(any(isinstance(rule, Shown) for rule in text.validators) for text in texts)
