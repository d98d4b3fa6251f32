import re

import pytest

from cityexchange.forums import revisions
from cityexchange.forums.forms import LONGEST
from cityexchange.forums.revisions import MOST_PIECES, MOST_STEPS, VERSIONS, Comparison, difference
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


@pytest.mark.no_app
def test_one_word_of_a_long_text_is_shown_alone():
    words = [f"word{number} " for number in range(3 * MOST_PIECES)]
    old, new = ("".join([*words, one, *words]) for one in ("old ", "new "))

    assert f"<del>old </del><ins>new </ins>{words[0]}" in difference(old, new)
    assert difference(old, new).count("<del>") == 1


HARD = {
    "all other words": ("a{} ", "b{} "),
    "every second word stays": ("stays{0} a{0} ", "stays{0} b{0} "),
    "one word again and again": ("a x ", "a y "),
    "one word more and more often": ("a ", "a a b "),
    "one sign again and again": ("-", "-+"),
    "without gaps": ("城x", "城y"),
    "marks alone": ("*_", "_*~"),
}


@pytest.mark.no_app
@pytest.mark.parametrize("pieces", [100, MOST_PIECES, 4 * MOST_PIECES, LONGEST])
@pytest.mark.parametrize("name", HARD)
def test_no_comparison_takes_more_steps_than_are_allowed(monkeypatch, name, pieces):
    """Counted by each search, and none that would go beyond is begun."""
    begun = []
    search = revisions.SequenceMatcher.find_longest_match
    monkeypatch.setattr(
        revisions.SequenceMatcher,
        "find_longest_match",
        lambda self, *where: (begun.append(self.steps), search(self, *where))[1],
    )
    old, new = ("".join(part.format(n) for n in range(pieces // 4))[:LONGEST] for part in HARD[name])
    shown = difference(old, new)

    assert max(begun, default=0) <= MOST_STEPS and len(begun) <= 2 * MOST_PIECES
    for gone, kept in (("ins", old), ("del", new)):
        without = re.sub(rf"<{gone}>.*?</{gone}>", "", shown, flags=re.S)
        assert re.sub(r"</?(?:ins|del)>", "", without) == kept


@pytest.mark.no_app
def test_the_steps_of_a_search_are_all_places_where_a_piece_is_found():
    comparison = Comparison(["a ", "x ", "a "], ["a ", "y ", "a "])
    comparison.find_longest_match(0, 3, 0, 3)
    assert comparison.steps == 3 + 2 + 2
    comparison.find_longest_match(1, 3, 1, 3)
    assert comparison.steps == 7 + 2 + 2


def versions_in(page):
    return [int(number) for number in re.findall(r"Reason (\d+)<", page)]


def test_a_long_history_comes_in_stretches(sign_in, ana, ben, topic):
    post, edits = opening(topic), 2 * VERSIONS + 3
    for number in range(1, edits + 1):
        post.edit(ana, f"Said {number} times.", version=number, reason=f"Reason {number}")
    browser, address, pages, texts = sign_in(ben), f"/posts/{post.id}/revisions", [], ""
    while address:
        page = browser.get(address).text
        pages.append(versions_in(page))
        texts += page
        further = re.search(r'rel="next" href="([^"]+)"', page)
        address = further and further[1]

    assert [len(page) for page in pages] == [VERSIONS, VERSIONS, 3]
    assert sum(pages, []) == [*range(edits, 0, -1)]
    for number in range(2, edits + 1):
        assert f"Said <del>{number - 1} </del><ins>{number} </ins>times." in texts


def test_a_page_compares_only_what_it_shows(sign_in, ana, ben, topic, monkeypatch):
    compared, post = [], opening(topic)
    for number in range(1, 3 * VERSIONS):
        post.edit(ana, f"Said {number} times.", version=number)
    real = revisions.difference
    monkeypatch.setattr(revisions, "difference", lambda *texts: compared.append(texts) or real(*texts))
    for after in ("", f"?after={2 * VERSIONS}", "?after=9999", "?after=x"):
        compared.clear()
        assert sign_in(ben).get(f"/posts/{post.id}/revisions{after}").status_code == 200
        assert len(compared) == VERSIONS


def test_a_post_that_nobody_changed_says_so(sign_in, ben, topic):
    assert (
        "This post has never been changed" in sign_in(ben).get(f"/posts/{opening(topic).id}/revisions").text
    )
