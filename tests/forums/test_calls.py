"""Whom a post calls: those it names itself, each once; not those in a quote, nor those who were called before an edit."""

import pytest

from tests.factories import MemberFactory
from tests.forums.factories import start_topic
from tests.forums.mailed import forget_mails, mail_keys

# What a reply says, and whether Ana is called by it.
CALLS = {
    "a call": ("What do you think, @ana-ruiz?", True),
    "a call in Arabic": ("ما رأيك يا @ana-ruiz؟", True),
    "a quote": ("> What do you think, @ana-ruiz?\n\nI think so too.", False),
    "a quote in a quote": ("> > 你好 @ana-ruiz\n\nYes.", False),
    "a quote in a list": ("* He wrote:\n  > Ask @ana-ruiz\n\nWell.", False),
    "a list in a quote": ("> * @ana-ruiz\n> * others\n\nWell.", False),
    "a quote and a call": ("> Ask @ana-ruiz\n\nWhat do you say, @ana-ruiz?", True),
}


@pytest.mark.parametrize("what", CALLS)
def test_a_quote_calls_nobody(ana, ben, what):
    words, is_called = CALLS[what]
    topic = start_topic(author=MemberFactory())
    reply = topic.post(ben, words)

    assert (f"mention:{reply.id}:{ana.id}" in mail_keys()) == is_called


# What a reply says before and after an edit, and whether that calls Ana.
EDITS = {
    "keeps the call": ("@ana-ruiz, see this.", "@ana-ruiz, do see this.", False),
    "keeps it in a quote": ("@ana-ruiz, see this.", "> @ana-ruiz, see this.\n\nOr not.", False),
    "brings a call": ("See this.", "@ana-ruiz, see this.", True),
    "takes it out of a quote": ("> @ana-ruiz\n\nSee this.", "@ana-ruiz\n\nSee this.", True),
}


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_calls_only_whom_the_post_did_not_call_before(ana, ben, what):
    before, after, is_called = EDITS[what]
    reply = start_topic(author=MemberFactory()).post(ben, before)
    forget_mails()  # as when it was sent long ago
    reply.edit(ben, after, version=1)

    assert mail_keys() == ([f"mention:{reply.id}:{ana.id}"] if is_called else [])
