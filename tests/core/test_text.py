"""Markdown: what it becomes, and what it can never become."""

import re
from html.parser import HTMLParser

import pytest

from cityexchange.core.text import MAX_LENGTH, excerpt, mentioned, plain, render
from cityexchange.core.text.grammar import DEEPEST, MOST_LINKS
from tests.core.payloads import PAYLOADS

KNOWN = {"a": {"href", "rel", "class", "dir"}, "ol": {"start", "dir"}}
TAGS = {
    "a",
    "br",
    "code",
    "em",
    "s",
    "strong",
    "blockquote",
    "h4",
    "h5",
    "h6",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "td",
    "th",
    "ul",
    "hr",
    "thead",
    "tbody",
    "tr",
}


class Inspector(HTMLParser):
    """Notes each element and attribute that a browser would make of it, and how deep they go."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.elements, self.depth, self.deepest, self.words = [], 0, 0, ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in {"br", "hr"}:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag):
        self.depth -= 1

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.elements.append(("comment", {}))

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def tags(self):
        return [tag for tag, _ in self.elements]

    @property
    def addresses(self):
        return [attributes["href"] for tag, attributes in self.elements if "href" in attributes]


def dangers(markup):
    """Everything in it that is not on the short list of what a text may be made of."""
    for tag, attributes in Inspector(markup).elements:
        if tag not in TAGS:
            yield tag
        yield from (f"{tag} {name}" for name in attributes if name not in KNOWN.get(tag, {"dir"}))
        address = re.sub(r"[\x00-\x20]", "", attributes.get("href", "/")).lower()
        if not re.match(r"(https?://|mailto:|/(?![/\\]))", address):
            yield address


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("frame", ["{}", "> {}", "- {}", "[x]({})", "`{}`", "| a |\n|---|\n| {} |", "{} <b>"])
def test_no_payload_survives(payload, frame):
    assert not list(dangers(render(frame.replace("{}", payload))))


def test_the_inspector_sees_danger():
    bad = (
        '<p style="x"><script>1</script><a href="java\tscript:1" onclick="1">x</a><iframe></iframe><!-- c -->'
    )
    assert list(dangers(bad)) == ["p style", "script", "a onclick", "javascript:1", "iframe", "comment"]


def test_no_payload_survives_beyond_the_length_limit_either():
    text = "\n\n".join(PAYLOADS) + "\n" + "x" * MAX_LENGTH
    assert not list(dangers(render(text)))


def test_the_usual_marks_become_elements():
    page = Inspector(
        render("**a** *b* ~~c~~ `d`\n\n> e\n\n- f\n\n1. g\n\n| h |\n|---|\n| i |\n\n---\n\n```\nj\n```")
    )
    assert set(page.tags) >= {"strong", "em", "s", "code", "blockquote", "ul", "ol", "table", "hr", "pre"}


def test_a_line_break_stays_a_line_break():
    assert "<br>" in render("Merci\nNour")


def test_task_lists_are_signs_not_form_fields():
    assert [item in render("- [ ] ask\n- [x] answer") for item in ("☐ ask", "☑ answer", "<input")] == [
        True,
        True,
        False,
    ]


def test_each_block_finds_its_own_direction():
    page = Inspector(render("مرحبا\n\nHello\n\n> שלום\n\n- a\n\n| a |\n|---|\n| b |\n\n# T"))
    blocks = [(tag, attributes) for tag, attributes in page.elements if tag not in {"thead", "tbody", "tr"}]
    assert blocks
    found = {tag: attributes.get("dir") for tag, attributes in blocks}
    holders = {tag: found.pop(tag) for tag in ("blockquote", "ul", "table")}
    assert set(found.values()) == {"auto"}
    assert holders == {"blockquote": "rtl", "ul": "ltr", "table": "ltr"}


def test_what_holds_blocks_runs_as_its_first_letter_runs():
    page = Inspector(render("1. 12 – سلام\n   - one\n\n> 1\n\n<ul dir=rtl>"))
    directions = [(tag, at.get("dir")) for tag, at in page.elements if tag in {"ol", "ul", "blockquote"}]
    assert directions == [("ol", "rtl"), ("ul", "ltr"), ("blockquote", None)]


def test_an_image_is_a_link_with_its_description():
    page = Inspector(render("![The desk](https://elsewhere.example/desk.png)"))
    assert (page.tags, page.addresses, page.words.strip()) == (
        ["p", "a"],
        ["https://elsewhere.example/desk.png"],
        "The desk",
    )


def test_an_image_in_a_link_leaves_the_link():
    page = Inspector(render("[![Plan](https://a.example/p.png)](https://b.example/)"))
    assert (page.tags, page.addresses) == (["p", "a"], ["https://b.example/"])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://lyon.example/x", "https://lyon.example/x"),
        ("see www.lyon.example/x", "https://www.lyon.example/x"),
        ("nour@example.org", "mailto:nour@example.org"),
        ("[here](/topics/7)", "/topics/7"),
        ("<https://lyon.example>", "https://lyon.example"),
    ],
)
def test_addresses_become_links_that_give_nothing_away(text, address):
    link = next(attributes for tag, attributes in Inspector(render(text)).elements if tag == "a")
    assert (link["href"], link["rel"]) == (address, "nofollow ugc noopener")


@pytest.mark.parametrize(
    "words", ["HTTPS://A.example", "http://A.example", "WWW.A.example", "Mailto:X@A.example", "X@A.example"]
)
def test_the_short_look_overlooks_no_address(words):
    assert Inspector(render(words)).addresses
    assert not Inspector(render("Nothing here: no address, and no name.")).addresses


@pytest.mark.parametrize("address", ["//evil.example", "ftp://a.example", "data:x", "#top", "x.html"])
def test_other_addresses_stay_words(address):
    assert "<a" not in render(f"[x]({address})")


def test_headings_keep_their_order_below_the_page():
    headings = re.findall(r"<(h\d)", render("# One\n\n## Two\n\n#### Four\n\nSet\n==="))
    assert headings == ["h4", "h5", "h6", "h4"]


def test_headings_begin_where_the_page_says():
    assert re.findall(r"<(h\d)", render("## One\n\n### Two", heading_base=3)) == ["h3", "h4"]


def test_depth_has_an_end_and_no_word_is_lost():
    page = Inspector(render(">" * 300 + " innermost\n\nafter"))
    assert page.deepest <= DEEPEST + 2
    assert "innermost" in page.words
    assert "after" in page.words


def test_deep_lists_have_an_end_too():
    text = "\n".join("  " * depth + f"- level{depth}" for depth in range(60))
    page = Inspector(render(text))
    assert page.deepest <= DEEPEST + 2
    assert all(f"level{depth}" in page.words for depth in range(60))


def test_a_wide_head_does_not_multiply_its_rows():
    text = "|a" * 500 + "\n" + "|-" * 500 + "\n" + "x\n" * 20_000
    page = Inspector(render(text[:MAX_LENGTH]))
    assert "td" not in page.tags


def test_a_table_of_a_report_is_a_table():
    text = "|city|desk|\n|---|---|\n" + "|Lyon|yes|\n" * 200
    assert Inspector(render(text)).tags.count("td") == 400


def test_a_flood_of_addresses_stays_words():
    assert "<a" not in render("http://a.example " * (MOST_LINKS + 1))
    assert "<a" in render("http://a.example " * MOST_LINKS)


@pytest.mark.parametrize(
    "bomb",
    [">" * MAX_LENGTH, "[" * MAX_LENGTH, "![" * 25_000, "*a_ " * 12_500, "`" * MAX_LENGTH, "~" * MAX_LENGTH]
    + ["a**b" + "c* " * 16_000, "<" * MAX_LENGTH, "[a]: /x\n" * 6_000, "&#" * 25_000, "- " * 25_000]
    + ["http://a." * 5_500, "www." * 12_500, "a@b." * 12_500, "[a](" * 12_500, "\\" * MAX_LENGTH]
    + ["@abcd " * 10_000, "#" * MAX_LENGTH, "|" * 100_000, "x" * 200_000],
)
def test_bombs_are_only_text(bomb):
    assert not list(dangers(render(bomb)))


def test_what_is_too_long_is_shown_as_typed():
    page = Inspector(render("**no**\n\n" + "word " * MAX_LENGTH))
    assert "strong" not in page.tags
    assert page.words.startswith("**no**")


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\ud800b", "a\udfffb", "a\ufeffb", "a\u202eb", "a" + "\u0301" * 10_000 + "b"]
)
def test_strange_characters_do_no_harm(text):
    words = Inspector(render(text)).words.strip()
    assert (words[0], words[-1], "\x00" in words) == ("a", "b", False)
    assert words.encode()


def test_plain_is_the_words_on_one_line():
    assert (
        plain("# Hello\n\n**You** and [us](/x)\n\n| a | b |\n|---|---|\n| 1 | 2 & 3 |")
        == "Hello You and us a b 1 2 & 3"
    )


def test_an_excerpt_ends_at_a_word():
    assert plain("one two three four", 12) == "one two…"
    assert len(plain("字" * 100, 20)) == 20


def test_an_excerpt_comes_from_stored_html_too():
    assert excerpt(render("a **b**\n\nc")) == "a b c"


def test_mentioned_names_each_once_and_nothing_in_code_links_or_addresses():
    text = "@nour-b @Nour-B `@code` [@link](/x) mail@host.example #lyon, 谢谢@claire /path#sfax"
    assert mentioned(text) == {"members": ["nour-b", "claire"], "cities": ["lyon"]}
