"""One form of each address: what is two for its owners is two here, what is one for them is one."""

import pytest

from cityexchange.core.addresses import (
    LONGEST_TYPED,
    NoAddress,
    ascii_domain,
    compared_address,
    normal_address,
)
from tests.calls import calls_of

SAME = {
    # as its owner writes it: (as servers take it, as people may type it)
    "x@faß.example": (
        "x@xn--fa-hia.example",
        [
            "X@FAẞ.example",
            "x@faß.example.",
            "x@XN--FA-HIA.example",
            "ｘ＠ｆａß．ｅｘａｍｐｌｅ",
            " x@faß.Example\n",
            "\u200fx@faß.example\u200f",
            "\u202dx@faß.example\u202c",
            "\u2066x@faß.example\u2069 ",
            "\ufeff\u2067 x@faß.example\u200b",
            "x\u200e@\u200efaß.example",
            "\u202ax@faß.\u202cexample",
        ],
    ),
    "ana@fass.example": (
        "ana@fass.example",
        ["Ana@FASS.EXAMPLE", "ana@fass.example.", "ana@ｆａｓｓ。example"],
    ),
    "m@zürich.example": ("m@xn--zrich-kva.example", ["m@zu\u0308rich.example", "M@ZÜRICH.example"]),
    "n@βόλος.example": ("n@xn--nxasmm1c.example", ["n@ΒΌΛΟς.example", "n@βο\u0301λος.example"]),
    "h@هران\u200cای.example": (
        "h@xn--mgba2a4fc61f060k.example",
        ["H@هران\u200cای.EXAMPLE", "\u200fh@هران\u200cای.example\u200c"],
    ),
    "s@ශ්\u200dරී.example": ("s@xn--10cl1a0b660p.example", ["s@xn--10cl1a0b660p.example"]),
    "a@تونس.example": ("a@xn--pgbs0dh.example", ["a@تونس．example"]),
    "w@上海.example": ("w@xn--fhqz97e.example", ["w@上海。example", "Ｗ＠上海．ＥＸＡＭＰＬＥ"]),
    "i@мэрия.example": ("i@xn--h1ahm5cm.example", ["I@МЭРИЯ.example"]),
    "o'neil+x@town.example": ("o'neil+x@town.example", ["O'Neil+X@Town.example"]),
}
WRITTEN = [(typed, form) for form, (_, others) in SAME.items() for typed in (form, *others)]


@pytest.mark.parametrize(("typed", "form"), WRITTEN)
def test_however_it_is_typed_it_comes_to_one_form(typed, form):
    assert normal_address(typed) == form
    assert normal_address(form) == form
    assert compared_address(typed) == form


@pytest.mark.parametrize(("form", "wire"), [(form, wire) for form, (wire, _) in SAME.items()])
def test_servers_get_it_in_ascii_and_it_comes_back_the_same(form, wire):
    local, _, domain = form.rpartition("@")

    assert f"{local}@{ascii_domain(domain)}" == wire
    assert normal_address(wire) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("faß.example", "fass.example"),
        ("straße.example", "strasse.example"),
        ("βόλος.example", "βόλοσ.example"),
        ("هران\u200cای.example", "هرانای.example"),
        ("ශ්\u200dරී.example", "ශ්රී.example"),
        ("zürich.example", "zurich.example"),
        ("рим.example", "pим.example"),
    ],
)
def test_domains_of_two_owners_stay_two(one, other):
    assert ascii_domain(one) != ascii_domain(other)


@pytest.mark.parametrize(
    "typed",
    [
        "", "x", "@", "x@", "@town.example", "x@localhost", "x@town..example", "x@.example", "x y@town.example",
        "x@to wn.example", "x@a_b.example", "x@-town.example", "x@☃.example", "x@xn--zzzzzz.example", "x@[127.0.0.1]",
        "x@y@town.example", "x＠y@town.example", "x,y@town.example", "x@town.example,y@town.example", "josé@town.example",
        "名@town.example", "x@\u202etown.example", "x@town.example\r\nBcc: y@town.example", "x@" + "a" * 64 + ".example",
        "x@" + "a.b" * 120 + ".example", "a" * 65 + "@town.example", "x@ا.b1.example\u0661b",
    ],
)  # fmt: skip
def test_what_mail_cannot_be_sent_to_is_none(typed):
    with pytest.raises(NoAddress):
        normal_address(typed)


def test_to_look_up_what_is_none_is_no_error():
    assert compared_address(" José@Town.example ") == "josé@town.example"


@pytest.mark.parametrize("sign", [" ", "\u0301", "\u200b", "\u0316\u0301", "x", "．", "@"])
def test_what_is_longer_than_any_address_is_not_looked_at_sign_by_sign(sign):
    typed = f"a{sign * 20_000}b@x.example"

    with pytest.raises(NoAddress):
        normal_address(typed)
    assert ascii_domain(typed) == ""
    assert len(compared_address(typed)) <= LONGEST_TYPED
    assert calls_of(lambda: compared_address(typed)) < 20 and calls_of(lambda: ascii_domain(typed)) < 20


@pytest.mark.parametrize("around", [" ", "\u200b", "\u2060\u00a0", "\n", "\u202c", "\u2800", "\u3164"])
def test_what_comes_along_when_an_address_is_copied_is_left_out(around):
    assert normal_address(f"{around * 50}x@faß.example{around * 50}") == "x@faß.example"
