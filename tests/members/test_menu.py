"""The pages of a member's own, in the menu beside the name."""

import re

import pytest
from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import MemberPage, member_pages
from tests.factories import MemberFactory


def own_pages(browser):
    """[(address, words)] of the menu, from the top."""
    panel = browser.get("/charter").text.split('class="own-menu__panel"')[1].split("</ul>")[0]
    return re.findall(r'<a href="([^"]+)">.*?</svg>([^<]+)</a>', panel, re.DOTALL)


@pytest.fixture
def saved_pages():
    member_pages.add("saved", MemberPage("cities.index_themes", _l("Themes"), "file-text"), order=50)
    yield
    member_pages.remove("saved")


def test_a_member_finds_the_own_page_what_is_theirs_and_the_settings(sign_in):
    ana = MemberFactory(locale="fr")

    assert own_pages(sign_in(ana)) == [
        (f"/members/{ana.id}", "Ma page"),
        ("/digest", "Votre heure"),
        ("/mine", "Mes affaires"),
        ("/translations", "Textes à traduire"),
        ("/settings", "Mes paramètres"),
    ]


def test_a_page_of_another_feature_takes_its_place_in_the_order(sign_in, saved_pages):
    ana = MemberFactory(name="Ana of the menu", locale="fr")

    words = [words for _, words in own_pages(sign_in(ana))]

    assert words == [
        "Ma page",
        "Votre heure",
        "Mes affaires",
        "Textes à traduire",
        "Thèmes",
        "Mes paramètres",
    ]


def test_a_visitor_has_no_such_menu(visitor):
    assert "own-menu" not in visitor.get("/charter").text
