import re
from contextlib import nullcontext

import pytest
from sqlalchemy import event

from cityexchange.core.db import db
from cityexchange.core.text import render
from cityexchange.core.text.mentions import MOST
from tests.factories import CityFactory, MemberFactory


@pytest.fixture
def nour():
    return MemberFactory(
        name="Nour Ben Salah",
        handle="nour-ben-salah",
        city=CityFactory(slug="sfax", name="Sfax", country="TN"),
    )


def test_a_member_and_a_city_become_links(nour):
    html = render("Merci @Nour-Ben-Salah, à #sfax !")
    assert (
        f'<a href="/members/{nour.id}" class="mention" rel="nofollow ugc noopener">@nour-ben-salah</a>'
        in html
    )
    assert '<a href="/cities/sfax" class="mention" rel="nofollow ugc noopener">Sfax</a>' in html


@pytest.mark.parametrize(
    "asked_below", [None, "/", "/elsewhere/"], ids=["a command", "a request", "another way in"]
)
@pytest.mark.parametrize(
    ("base", "before"),
    [(None, ""), ("https://exchange.example", ""), ("https://city.example/exchange", "/exchange")],
)
def test_a_stored_mention_leads_to_its_page_whoever_writes_it_and_from_where(
    app, nour, monkeypatch, base, before, asked_below
):
    monkeypatch.setitem(app.config, "BASE_URL", base)
    within = app.test_request_context("/", base_url=f"http://localhost{asked_below}") if asked_below else None
    with within or nullcontext():
        html = render("@nour-ben-salah #sfax")

    paths = re.findall(r'href="([^"]+)"', html)
    assert paths == [f"{before}/members/{nour.id}", f"{before}/cities/sfax"]
    router = app.url_map.bind("localhost")
    pages = [router.match(path.removeprefix(before)) for path in paths]
    assert pages == [("members.show_member", {"id": nour.id}), ("cities.show_city", {"slug": "sfax"})]


def test_a_stored_mention_does_not_tell_visitors_the_name(nour):
    assert "Nour Ben" not in render("Merci @nour-ben-salah")


@pytest.mark.parametrize("state", ["invited", "pending", "locked", "deactivated", "anonymised"])
def test_who_is_not_active_is_not_linked(state):
    MemberFactory(handle="gone", state=state)
    MemberFactory(handle="here")
    assert ("@gone" in render("@gone @here"), render("@gone @here").count("<a ")) == (True, 1)


@pytest.mark.parametrize("state", ["draft", "applied", "suspended", "left"])
def test_a_city_that_is_not_shown_is_not_linked(state):
    CityFactory(slug="hidden", name="Hidden Name", state=state)
    CityFactory(slug="shown")
    html = render("#hidden #shown")
    assert ("Hidden Name" in html, html.count("<a ")) == (False, 1)


@pytest.mark.parametrize(
    "text",
    [
        "`@nour-ben-salah`",
        "~~~\n    @nour-ben-salah\n~~~",
        "[@nour-ben-salah](/x)",
        "a@nour-ben-salah",
        "/@nour-ben-salah",
        "```\n@nour-ben-salah\n```",
    ],
)
def test_code_links_and_addresses_are_left_alone(nour, text):
    assert 'class="mention"' not in render(text)


def test_a_name_of_a_city_is_only_words():
    CityFactory(slug="odd", name="<img src=x onerror=alert(1)>")
    assert "<img" not in render("#odd")


def test_ten_thousand_mentions_cost_two_queries_of_fifty_names():
    asked = []

    def note(conn, cursor, statement, parameters, context, executemany):
        asked.append(parameters)

    members = [MemberFactory(handle=f"h{number}", city=None) for number in range(MOST + 10)]
    db.session.flush()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        html = render(" ".join(f"@h{number} #c{number}" for number in range(3_000)))
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(asked) == 2
    assert html.count('class="mention"') == MOST < len(members)


# ---- completion ----


def offered(browser, begun):
    return browser.get("/mentions", query_string={"q": begun}).json


def test_members_are_offered_by_any_part_of_their_name(sign_in, nour):
    browser = sign_in(MemberFactory(name="Someone Else", handle="someone-else"))
    offer = [{"insert": "@nour-ben-salah", "name": "Nour Ben Salah", "label": "Nour Ben Salah, Sfax"}]
    for begun in ("@no", "@NOUR", "@ben", "@sal", "@nour-b"):
        assert offered(browser, begun) == offer


def test_names_in_any_script_are_found(sign_in):
    MemberFactory(name="نور بن صالح", handle="member-x", city=None)
    MemberFactory(name="Étienne Müller", handle="etienne-muller", city=None)
    browser = sign_in(MemberFactory(name="Zed", handle="zed"))
    assert [one["insert"] for one in offered(browser, "@نو")] == ["@member-x"]
    assert [one["insert"] for one in offered(browser, "@éti")] == ["@etienne-muller"]
    assert [one["insert"] for one in offered(browser, "@mul")] == ["@etienne-muller"]


@pytest.mark.parametrize(
    ("begun", "name"),
    [
        ("احمد", "أحمد المنصوري"),
        ("أحم", "احمد المنصوري"),
        ("منص", "أحمد منصوري"),
        ("فاطمه", "فاطِمة الزهراء"),
        ("هدي", "هدى شعراوي"),
        ("علا", "علاء الدين"),
        ("كريم", "کریم رضایی"),
        ("علیرضا", "علی\u200cرضا رضایی"),
        ("luk", "Łukasz Nowak"),
        ("ŁUK", "łukasz nowak"),
        ("nowak", "Łukasz Nowak"),
        ("isik", "Işık Yılmaz"),
        ("ışı", "Işık Yılmaz"),
        ("ilk", "İlknur Şahin"),
        ("sahin", "İlknur Şahin"),
        ("nguyen d", "Nguyễn Đình Phương"),
        ("phuong", "Nguyễn Đình Phương"),
        ("weiss", "Anna Weiß"),
        ("weiß", "Anna Weiss"),
        ("семен", "Семён Пётров"),
        ("пётр", "Семен Петров"),
        ("obrien", "Róisín O’Brien"),
        ("o'b", "Róisín OʼBrien"),
        ("ana mar", "Ana-María Núñez"),
        ("nunez", "Ana-María Núñez"),
        ("τασος", "Τάσος Παπάς"),
        ("שלום", "שָׁלוֹם עליכם"),
        ("王", "王小明"),
        ("小明", "王小明"),
        ("娜娜", "欧阳娜娜"),
        ("明", "王明"),
        ("철수", "김철수"),
        ("علی\u200cر", "علی\u200cرضا رضایی"),
        ("علی\u200cرضا", "علی رضا رضایی"),
        ("علي رضا", "علیرضا رضایی"),
        ("می\u200cنا", "مینا"),
        ("क्\u200dष", "क्षमा"),
        ("\u200fنور", "نور بن صالح"),
        ("نور\u200e", "نور بن صالح"),
        ("ｌｕｋ", "Łukasz Nowak"),
        ("ngugi", "Ngũgĩ wa Thiong’o"),
    ],
)
def test_a_name_is_found_as_people_type_it(sign_in, begun, name):
    MemberFactory(name=name, handle="wanted", city=None)
    MemberFactory(name="Zed Other", handle="zed-other", city=None)
    browser = sign_in(MemberFactory(name="Quill", handle="quill"))
    assert [one["insert"] for one in offered(browser, f"@{begun}")] == ["@wanted"]


@pytest.mark.parametrize("sign", ["＠", "﹫", "\u200f@", "\u2067＠"])
def test_the_sign_of_wide_keyboards_begins_a_name_too(sign_in, nour, sign):
    browser = sign_in(MemberFactory(name="Quill", handle="quill"))
    assert [one["insert"] for one in offered(browser, f"{sign}nou")] == ["@nour-ben-salah"]
    assert [one["insert"] for one in offered(browser, "＃sf")] == ["#sfax"]


@pytest.mark.parametrize(
    "typed", ["＠nour-ben-salah", "﹫Nour-Ben-Salah", "谢谢＠nour-ben-salah，", "＠ｎｏｕｒ-ben-salah"]
)
def test_and_a_mention(nour, typed):
    assert f'<a href="/members/{nour.id}"' in render(typed) and ">@nour-ben-salah</a>" in render(typed)


@pytest.mark.parametrize(
    "text", ["mail＠nour-ben-salah", "a.＠nour-ben-salah", "＠＠nour-ben-salah", "`＠nour-ben-salah`"]
)
def test_but_none_within_what_is_something_else(nour, text):
    assert 'class="mention"' not in render(text)


@pytest.mark.parametrize("begun", ["小明天", "明小", "王明", "小明 王"])
def test_signs_of_a_name_in_another_order_are_another_name(sign_in, begun):
    MemberFactory(name="王小明", handle="wanted", city=None)
    assert offered(sign_in(MemberFactory(name="Quill", handle="quill")), f"@{begun}") == []


def test_a_renamed_member_is_found_by_the_new_name_alone(sign_in):
    member = MemberFactory(name="Łukasz Nowak", handle="somebody", city=None)
    member.name = "Andrzej Wójcik"
    browser = sign_in(MemberFactory(name="Quill", handle="quill"))
    assert (offered(browser, "@luk"), len(offered(browser, "@wojc"))) == ([], 1)


@pytest.mark.parametrize(
    ("begun", "name"),
    [("#montr", "Montréal"), ("#medellin", "Medellín"), ("#sao p", "São Paulo"), ("#الكوي", "الكُوَيْت")],
)
def test_so_is_a_city(sign_in, begun, name):
    CityFactory(name=name, slug="wanted")
    assert [one["insert"] for one in offered(sign_in(MemberFactory()), begun)] == ["#wanted"]


def test_cities_are_offered_with_their_country(sign_in, nour):
    offer = [{"insert": "#sfax", "name": "Sfax", "label": "Sfax, Tunisia"}]
    assert offered(sign_in(nour), "#sf") == offer


def test_at_most_eight_are_offered(sign_in):
    members = [MemberFactory(name=f"Anna {number}") for number in range(12)]
    assert len(offered(sign_in(members[0]), "@anna")) == 8


def test_who_may_not_be_seen_is_not_offered(sign_in, nour):
    MemberFactory(name="Nour Pending", handle="nour-pending", state="pending")
    MemberFactory(name="Nour Locked", handle="nour-locked", state="locked")
    CityFactory(slug="sfax-applied", name="Sfax Two", state="applied")
    browser = sign_in(MemberFactory(team_role="admin"))
    assert [one["insert"] for one in offered(browser, "@nour")] == ["@nour-ben-salah"]
    assert [one["insert"] for one in offered(browser, "#sfax")] == ["#sfax"]


@pytest.mark.parametrize(
    "begun", ["", "@", "#", "no", "@%", "@_", "#%", "@ ", "@" + "x" * 500, "@\x00", "@-", "@💥"]
)
def test_nothing_begun_offers_nothing(sign_in, nour, begun):
    assert offered(sign_in(nour), begun) == []


def test_visitors_are_told_nothing(visitor, nour):
    db.session.commit()
    assert visitor.get("/mentions?q=@no", headers={"Accept": "application/json"}).status_code == 401
