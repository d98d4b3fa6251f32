from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.forums.mailed import letters


def test_a_reply_reaches_the_asker_with_its_words_and_a_way_to_answer(topic, ben):
    reply = topic.post(ben, "Begin with **two** days a week.")
    [letter] = letters()

    assert topic.title in letter.subject
    for part in (letter.text, letter.html):
        assert ben.name in part and ben.city.name in part and "Begin with two days a week." in part
        assert f"/posts/{reply.id}" in part
    assert "List-Unsubscribe" in letter.headers


def test_replies_of_one_topic_are_one_conversation(topic, ben):
    topic.post(ben, "One.")
    letters()
    topic.post(MemberFactory(), "Two.")
    mine = letters(topic.author)

    assert len(mine) == 2
    assert mine[0].headers["References"] == mine[1].headers["References"]
    assert mine[0].headers["Message-ID"] != mine[1].headers["Message-ID"]


def test_a_mail_from_a_closed_space_tells_neither_who_nor_what(ana, ben):
    for confidentiality in ("group", "chatham"):
        forum = ForumFactory(space=SpaceFactory(confidentiality=confidentiality, name="Quiet room"))
        chi = MemberFactory(name="Chi Secret")
        for member in (ana, ben, chi):
            forum.space.admit(member)
        topic = start_topic(forum, ana, title="Secret title", text="Secret text, @ben-okoro.")
        topic.post(chi, "Secret reply, @ana-ruiz.")
        topic.post(chi, "Another secret reply.")

    written = letters()
    assert len(written) == 4  # one of a conversation
    for letter in written:
        assert not any(
            word in letter.subject + letter.text + letter.html for word in ("ecret", "Quiet", ben.city.name)
        )
        assert (
            letter.recipient == ana.email
            and ben.name not in letter.text + letter.html
            or letter.recipient == ben.email
        )
        assert "/posts/" in letter.text


def test_a_mail_says_names_and_titles_plainly(ana):
    trickster = MemberFactory(name="<b>Bold</b> {{7*7}}\nBcc: all@example.org")
    start_topic(author=ana, title="<i>Title</i>\r\nBcc: x").post(trickster, "Hello.")
    [letter] = letters()

    assert "\n" not in letter.subject and "<b>" not in letter.html and "<i>" not in letter.html
    assert "{{7*7}}" in letter.text and "{{7*7}}" in letter.html
