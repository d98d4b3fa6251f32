"""Where mentions, emphasis and code begin and end, in texts of all scripts."""

import re

import pytest

from cityexchange.core.text import mentioned, render
from tests.core.boundaries import BEFORE_NAMES


def words(text):
    return re.sub("<[^>]*>", "", render(text)).strip()


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
        ("**注意!**read", "注意!"),
        ("read**“注意”**", "“注意”"),
        ("**注意!?**read", "注意!?"),
        ("**مهم!**read", "مهم!"),
        ("**주의?**read", "주의?"),
        ("**გთხოვთ!**ნახეთ", "გთხოვთ!"),
        ("**Ուշադիր!**կարդա", "Ուշադիր!"),
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
        "**é!**b",
        "**да!**b",
        "**7!**b",
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


@pytest.mark.parametrize("behind", ["را", "请看", "ზე", "ը", "’s", ".", "،", "־"])
@pytest.mark.parametrize("sign", "@#")
def test_a_name_ends_there_too(sign, behind):
    assert list(filter(None, mentioned(f"{sign}lyon{behind}").values())) == [["lyon"]]


@pytest.mark.parametrize("behind", ["é", "ы", "ω", "x", "_", "-"])
@pytest.mark.parametrize("sign", "@#")
def test_a_name_does_not_end_within_a_word(sign, behind):
    assert ["lyon"] not in mentioned(f"{sign}lyon{behind}").values()
