"""Mails are of the house: their colours are those of the pages, and each can be told from afar to be ours."""

import re

import pytest

from tests.services import ROOT

pytestmark = pytest.mark.no_app
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
LAYOUT = (ROOT / "templates/mail/layout.html").read_text()
TOKENS = (ROOT / "static/css/tokens.css").read_text()


def tokens(style):
    """{name: value} of the colours in a piece of style"""
    return dict(re.findall(r"--([\w-]+): (#\w+);", style))


def test_a_mail_has_no_colour_of_its_own():
    ours = {colour.lower() for colour in COLOUR.findall(TOKENS)}
    assert {colour.lower() for colour in COLOUR.findall(LAYOUT)} <= ours


def test_the_paper_of_a_mail_is_that_of_the_pages_by_day_and_by_night():
    by_day, by_night = TOKENS.split("prefers-color-scheme: dark", 1)
    light, dark = LAYOUT.split("prefers-color-scheme: dark", 1)
    for style, of_pages in ((light, tokens(by_day)), (dark, tokens(by_night))):
        assert f"background: {of_pages['paper']}" in style
        assert f"color: {of_pages['ink']}" in style
        assert f"background: {of_pages['enamel']}" in style
