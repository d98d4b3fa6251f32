"""The table of choices: on every screen each of its words can be read."""

import pytest

CUT = """selects => selects.filter(select => {
    const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(select);
    pen.font = style.font;
    const words = Math.max(...[...select.options].map(one => pen.measureText(one.text).width));
    return words > select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16;
}).map(select => select.name)"""
"""Names of those whose longest choice has no room beside the arrow, which takes 16 pixels."""


@pytest.mark.parametrize("width", [320, 390, 700, 1280])
@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_no_choice_is_cut(visit_as, language, width):
    page = visit_as("claire", width=width)
    page.goto(f"/settings/mails?lang={language}")
    page.wait_for_selector(f"html[lang={language}] .choices")
    selects = page.locator(".choices select")
    assert selects.count() > 10 and selects.evaluate_all(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
