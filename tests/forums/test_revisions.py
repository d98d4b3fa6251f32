import pytest

from cityexchange.forums.revisions import MOST_PIECES, difference
from tests.forums.factories import opening

CASES = [
    ("We have two people.", "We have three people.", "We have <del>two </del><ins>three </ins>people."),
    ("same", "same", "same"),
    ("", "new", "<ins>new</ins>"),
    ("gone", "", "<del>gone</del>"),
    ("我们有两个人。", "我们有三个人。", "我们有<del>两</del><ins>三</ins>个人。"),
    ("لدينا موظفان فقط", "لدينا ثلاثة فقط", "لدينا <del>موظفان </del><ins>ثلاثة </ins>فقط"),
    ("<b>", "<i>", "&lt;<del>b</del><ins>i</ins>&gt;"),
]


@pytest.mark.no_app
@pytest.mark.parametrize(("old", "new", "shown"), CASES)
def test_a_change_is_shown_by_words_in_any_script(old, new, shown):
    assert difference(old, new) == shown


@pytest.mark.no_app
def test_a_change_too_big_to_compare_is_shown_as_a_whole():
    old, new = "old " * MOST_PIECES, "new <b> " * MOST_PIECES
    shown = difference(old, new)

    assert shown.startswith("<del>old ") and "<ins>new &lt;b&gt; " in shown


def test_a_post_that_nobody_changed_says_so(sign_in, ben, topic):
    assert (
        "This post has never been changed" in sign_in(ben).get(f"/posts/{opening(topic).id}/revisions").text
    )
