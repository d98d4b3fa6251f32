"""Who writes a long text on a small screen sees where they write and how much room is left, wherever in the text they are."""

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import until

FIELDS = {
    "a reply": ("claire", "/topics/11?lang=en", "main form[action$='/posts'] [name=text]"),
    "a new topic": ("claire", "/forums/housing/new?lang=en", "[name=text]"),
    "a workshop": ("organiser", "/workshops/new?lang=ar", "[name=text]"),
    "a message": ("claire", "/chat/rooms/2?lang=fr", ".composer textarea"),
}
SCREENS = {"a phone": (390, 844), "a phone with its keyboard": (390, 420), "a small phone": (320, 568)}
IN_SIGHT = """element => {
  const { top, bottom } = element.getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight
}"""


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("field", FIELDS)
def test_the_count_of_a_long_field_is_in_sight_where_one_types(visit_as, field, screen):
    member, path, selector = FIELDS[field]
    width, height = SCREENS[screen]
    page = visit_as(member, width=width, height=height, has_touch=True)
    page.goto(path)
    text = page.locator(selector).first
    text.focus()
    expect(page.locator("textarea:focus[data-alive~=autosize][data-alive~=character-count]")).to_be_attached()
    most = int(text.get_attribute("data-most"))
    words = ("A line of words.\n" * (most // 17 + 1))[: most - 30]
    text.fill(words)
    for place in ("Control+Home", "Control+End"):
        text.press(place)
        page.keyboard.type("é")
        count = page.locator(".counted__left:visible")
        expect(count).to_have_count(1)
        assert until(page, lambda count=count: count.evaluate(IN_SIGHT)), place
