"""What one prints: A4 without menus, with the address it came from and numbers on its pages."""

import re

import pytest
from playwright.sync_api import expect

PRINTED = ["/topics/1", "/workshops/1", "/visits/1", "/cities/lyon", "/people"]
MENUS = ".masthead, .breadcrumb, .footer, .skip-link, .tabs, .filters"
PAPER = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")
A4 = (595, 842)
"""Points."""


@pytest.mark.parametrize("address", PRINTED)
def test_a_print_is_a4_with_its_address_and_without_menus(visit, signed_in, live_server, address):
    page = visit(storage_state=signed_in("claire"))
    page.goto(address)
    source = page.locator(".printed-from")
    expect(source).to_be_hidden()

    page.emulate_media(media="print")
    expect(source).to_be_visible()
    expect(source).to_have_text(live_server.base_url + address)
    assert page.locator(MENUS).filter(visible=True).count() == 0

    sizes = {
        (round(float(wide)), round(float(high)))
        for wide, high in PAPER.findall(page.pdf(prefer_css_page_size=True))
    }
    assert sizes == {A4}
