"""Where addresses, mentions and emphasis begin and end, in texts of all scripts."""

import re
import sys
from collections import Counter

import pytest

from cityexchange.core.text import mentioned, render
from cityexchange.core.text.grammar import make_parser
from tests.core.boundaries import BEFORE_NAMES

PLAN = "https://tunis.example/plan"


def links(text):
    """[(target, words)]"""
    return re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', render(text))


def words(text):
    return re.sub("<[^>]*>", "", render(text)).strip()


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", "،"),
        ("", "؟ نعم"),
        ("", "؛"),
        ("", "."),
        ("", "…"),
        ("", "!»"),
        ("", "、东京"),
        ("", "。请看"),
        ("", "，请看"),
        ("", "请看"),
        ("", "——请看"),
        ("", "—请看"),
        ("", "에서 보세요"),
        ("", "ครับ"),
        ("", "を見て"),
        ("", "।"),
        ("", "։"),
        ("", "።"),
        ("", "\u200f"),
        ("", "\u2069"),
        ("", "\u3000请看"),
        ("", "👍"),
        ("", "'"),
        ("", "(voir annexe)"),
        ("请看", "谢谢"),
        ("见：", "；"),
        ("（", "）。"),
        ("「", "」"),
        ("《", "》"),
        ("“", "”"),
        ("«", "»"),
        ("‘", "’"),
        ("(", ")."),
        ("[", "]"),
        ("{", "}"),
        ("انظر:", "،شكرا"),
        ("(انظر ", ")؟"),
        ("ดูที่", " ค่ะ"),
    ],
)
def test_an_address_ends_where_what_is_around_it_begins(before, behind):
    assert (PLAN, PLAN) in links(f"{before}{PLAN}{behind}")
    assert words(f"{before}{PLAN}{behind}") == f"{before}{PLAN}{behind}".strip()


@pytest.mark.parametrize(
    "address",
    [
        "https://contoso.sharepoint.com/_forms/default_.aspx",
        "https://a.example/x_y_z/__init__.py",
        "https://a.example/a*b*c",
        "https://a.example/~~old~~/x",
        "https://a.example/~nour/",
        "https://a.example/x(1)",
        "https://a.example/?q=1,2;3&r=a.b!c#d-e",
        "https://a.example:8443/x",
        "http://localhost/x",
        "HTTPS://A.example/X",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "请看{}，谢谢", "**{}**", "*{}*", "_{}_", "~~{}~~", "> - ({})"])
def test_marks_inside_an_address_do_not_cut_it(address, frame):
    assert links(frame.replace("{}", address)) == [
        (address.replace("&", "&amp;"), address.replace("&", "&amp;"))
    ]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://zh.wikipedia.org/wiki/北京", "https://zh.wikipedia.org/wiki/%E5%8C%97%E4%BA%AC"),
        ("https://a.example/?q=难民，谢谢", "https://a.example/?q=%E9%9A%BE%E6%B0%91"),
        ("https://fr.example/L’Équipe’", "https://fr.example/L%E2%80%99%C3%89quipe"),
        ("https://a.example/خطة، شكرا", "https://a.example/%D8%AE%D8%B7%D8%A9"),
        ("https://ja.example/ア・ア・", "https://ja.example/%E3%82%A2%E3%83%BB%E3%82%A2"),
        ("https://fa.example/می\u200cخوا", "https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7"),
        ("https://例え.テスト/x", "https://xn--r8jz45g.xn--zckzah/x"),
        ("https://abc中文.example/x", "https://xn--abc-x68do18h.example/x"),
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&amp;b=2"),
        (r"https://a.example/x\_y", "https://a.example/x_y"),
        ("请看www.lyon.example/x。", "https://www.lyon.example/x"),
        ("https://tunis.example。", "https://tunis.example"),
        ("https://tunis.example请看", "https://tunis.example"),
    ],
)
def test_letters_of_all_scripts_are_part_of_an_address_where_it_has_them(text, target):
    assert [found for found, _ in links(text)] == [target]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{}،",
        "（{}）",
        "请联系{}谢谢",
        "البريد:{}؟",
        "_{}_",
        "**{}**",
        "«{}»",
        "mailto:{}",
        "Mailto:{}.",
        "'{}'",
    ],
)
@pytest.mark.parametrize("address", ["nour@sfax.example", "first_last_x@a-b.example", "x.y+z@sub.a.example"])
def test_mail_addresses_end_there_too(text, address):
    assert links(text.replace("{}", address)) == [(f"mailto:{address}", address)]


@pytest.mark.parametrize(
    "text",
    [
        "xhttps://a.example",
        "éhttps://a.example",
        "https://",
        "http://。",
        "www.",
        "www.x",
        "@",
        "a@b",
        "@x.example",
    ]
    + [
        "x@",
        "__@a.example",
        "a@b@c.example",
        "`https://a.example`",
        "ftp://a.example",
        "javascript://a.example",
    ]
    + ["josé@a.example", "почта@a.example", f"https://{'a' * 70}.example"],
)
def test_what_is_no_address_stays_words(text):
    assert links(text) == []


def test_an_address_within_a_link_is_its_words():
    assert links("[https://a.example/_x_](https://b.example/_y_)") == [
        ("https://b.example/_y_", "https://a.example/_x_")
    ]


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("**重要，**请看", "重要，"),
        ("**重要**请看", "重要"),
        ("请看**“重要”**请看", "“重要”"),
        ("请看**（重要）**请看", "（重要）"),
        ("请看**(important)**请看", "(important)"),
        ("**重要：**Please", "重要："),
        ("Please**，重要**", "，重要"),
        ("**완료(100%)**입니다", "완료(100%)"),
        ("**この[x](/y)**を", "このx"),
        ("**สำคัญ!**ดู", "สำคัญ!"),
        ("**مهم،**شكرا", "مهم،"),
        ("و**(مهم)** ثم", "(مهم)"),
        ("**महत्वपूर्ण।**देखें", "महत्वपूर्ण।"),
        ("**חשוב!**ראו", "חשוב!"),
        ("**important,** see", "important,"),
        ("a**b**c", "b"),
    ],
)
@pytest.mark.parametrize(("sign", "tag"), [("**", "strong"), ("*", "em"), ("~~", "s")])
def test_emphasis_holds_beside_the_marks_and_letters_of_every_script(text, strong, sign, tag):
    found = re.findall(f"<{tag}>(.*)</{tag}>", render(text.replace("**", sign)))
    assert [re.sub("<[^>]*>", "", one) for one in found] == [strong]


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "snake_case_word",
        "看_重要_请",
        "a ** b ** c",
        "** a**",
        "5*6",
        "e**(x)**",
        "“a”_b_c",
        "**a,**b",
    ],
)
def test_signs_that_mean_themselves_stay_in_words_with_gaps(text):
    assert words(text) == text


@pytest.mark.parametrize(("text", "tag"), [("_重要_，请", "em"), ("，_重要_。", "em"), ("(_x_)", "em")])
def test_underscores_hold_beside_marks(text, tag):
    assert f"<{tag}>" in render(text)


@pytest.mark.parametrize("indent", ["\t", "    ", "\t\t", "\u3000\u3000", "      "])
@pytest.mark.parametrize("frame", ["{}", "> {}", "- first\n\n  {}"])
def test_a_letter_with_a_gap_before_each_paragraph_is_no_code(indent, frame):
    letter = f"{indent}Dear colleagues,\n\n{indent}we **met** you.\n{indent}Yours"
    html = render(frame.replace("{}", letter))
    assert "<pre" not in html and "<strong>met</strong>" in html


def test_code_stands_between_fences():
    assert "<pre" in render("```\n\tx = 1\n```") and "<pre" in render("    ~~~\n    y\n    ~~~")


@pytest.mark.parametrize(("before", "is_begin"), BEFORE_NAMES)
@pytest.mark.parametrize("sign", "@#＠＃﹫﹟")
def test_a_name_begins_behind_letters_of_scripts_without_gaps_alone(before, is_begin, sign):
    called = mentioned(f"{before}{sign}lyon")
    assert called["members" if sign in "@＠﹫" else "cities"] == (["lyon"] if is_begin else [])


def calls_of(deed, *values):
    """How many functions it calls, those of libraries too: a measure of work that no machine changes."""
    counted = Counter()
    sys.setprofile(lambda _frame, event, _value: counted.update([event]))
    try:
        deed(*values)
    finally:
        sys.setprofile(None)
    return counted["call"] + counted["c_call"]


@pytest.mark.parametrize(
    ("begin", "part"),
    [
        ("", "https://a.example/"),
        ("https://", "中"),
        ("", "www.中"),
        ("", "a@b."),
        ("", "a_"),
        ("", "a'"),
        ("https://a.example/", "("),
        ("https://a.example/", "中a"),
        ("", "_a@"),
        ("", "https://中"),
    ],
)
def test_addresses_cost_in_proportion_to_their_length(begin, part):
    short, long = (calls_of(make_parser().render, begin + part * times) for times in (40, 160))
    assert long < 8 * short  # four times as long; sixteen would be its square
