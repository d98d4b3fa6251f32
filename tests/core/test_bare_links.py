"""Where an address that stands in a text begins and ends, among the words and marks of all scripts."""

import re

import pytest

from cityexchange.core.text import render
from cityexchange.core.text.grammar import make_parser
from tests.calls import calls_of

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
        ("", "را ببینید"),
        ("", "\u200cرا"),
        ("", "ים"),
        ("", "־הזה"),
        ("", "״"),
        ("", "־"),
        ("", "को देखें"),
        ("", "ზე"),
        ("", "ը"),
        ("", "ን"),
        ("", "দেখুন"),
        ("", "பார்க்க"),
        ("", "²"),
        ("", "’s"),
        ("", "'s"),
        ("", "’s."),
        ("", "’da"),
        ("", "’ndeki,"),
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
        ("ב־", "."),
        ("տես", "։"),
        ("იხ.", "…"),
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
        ("https://例子。公司/路", "https://xn--fsqu00a.xn--55qx5d/%E8%B7%AF"),
        ("https://例え．テスト。", "https://xn--r8jz45g.xn--zckzah"),
        ("https://tunis。example/plan", "https://tunis.example/plan"),
        ("https://例子.公司。请看", "https://xn--fsqu00a.xn--55qx5d"),
        ("http://localhost。请看", "http://localhost"),
        ("https://中文.example请看", "https://xn--fiq228c.example"),
        ("https://a.example/北京/plan请看", "https://a.example/%E5%8C%97%E4%BA%AC/plan"),
        ("https://a.example/東京2020年", "https://a.example/%E6%9D%B1%E4%BA%AC2020%E5%B9%B4"),
        ("https://a.example/בית־ספר־", "https://a.example/%D7%91%D7%99%D7%AA%D6%BE%D7%A1%D7%A4%D7%A8"),
        ("https://a.example/צה״ל", "https://a.example/%D7%A6%D7%94%D7%B4%D7%9C"),
        ("https://a.example/Aujourd’hui", "https://a.example/Aujourd%E2%80%99hui"),
        ("https://a.example/L'Équipe", "https://a.example/L'%C3%89quipe"),
        ("https://a.example/планы", "https://a.example/%D0%BF%D0%BB%D0%B0%D0%BD%D1%8B"),
        ("https://tunis.example’s", "https://tunis.example"),
        ("https://tunis.example\u200cرا", "https://tunis.example"),
        ("https://MÜNCHEN.example/X", "https://xn--mnchen-3ya.example/X"),
        ("https://mu\u0308nchen.example/", "https://xn--mnchen-3ya.example/"),
        ("[x](https://MÜNCHEN.example/)", "https://xn--mnchen-3ya.example/"),
        ("http://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
        ("见http://[::1]:8080/x。", "http://[::1]:8080/x"),
        ("(http://[2001:db8::1])", "http://[2001:db8::1]"),
        ("https://a.example:65535/x", "https://a.example:65535/x"),
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
        "{}را",
        "{}\u200cرا",
        "{}־הזה",
        "{}ზე",
        "{}’s",
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
    + ["https://a.example:65536/x", "https://a.example:123456/x_y_z", "https://256.1.1.1/", "https://xn--a/x"]
    + ["[x](https://a.example:99999/)", "<https://a.example:99999>", "![x](http://a.example:70000/x.png)"]
    + ["http://[2001:db8::zz]/x", "http://[1.2.3.4]/", "http://[::1", "http://[]/"]
    + ["josé@a.example", "почта@a.example", f"https://{'a' * 70}.example"],
)
def test_what_is_no_address_stays_words(text):
    assert links(text) == []
    assert "<a" not in render(text)


def test_an_address_within_a_link_is_its_words():
    assert links("[https://a.example/_x_](https://b.example/_y_)") == [
        ("https://b.example/_y_", "https://a.example/_x_")
    ]


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
