"""What is said live is in nobody's language alone: cities bear each reader's names, and what cannot be read can be asked for."""

from playwright.sync_api import expect

from tests.browser.conftest import say
from tests.browser.pages import SEND
from tests.browser.test_chat import open_room


def test_a_message_edited_live_into_another_language_can_be_asked_for(visit_as):
    nour, claire = open_room(visit_as("nour", locale="fr")), open_room(visit_as("claire"))
    say(nour, "Bonjour à toutes et à tous, où nous retrouvons-nous demain matin ?")
    said = claire.locator(".message", has_text="où nous retrouvons-nous demain matin")
    expect(said).to_have_count(1)
    expect(said.locator("[data-part=ask]")).to_have_count(0)
    mark = claire.evaluate("window.stays = 1")

    own = nour.locator(".message", has_text="où nous retrouvons-nous demain matin")
    nour.goto(own.locator("a[href$='/edit']").get_attribute("href"))
    nour.fill("textarea#text", "صباح الخير جميعا، أين نلتقي صباح الغد؟")
    nour.locator(f"main form.form button{SEND}").first.click()
    said = claire.locator(".message", has_text="أين نلتقي صباح الغد")
    said.locator(".message__more summary").click()
    ask = said.locator("[data-part=ask]")
    expect(ask).to_be_visible()
    assert claire.evaluate("window.stays") == mark
    number = said.get_attribute("id")
    ask.click()
    claire.wait_for_url(f"**#{number}")
    expect(
        claire.locator(".notice, .flash, [role=status]").filter(has_text="collègues").first
    ).to_be_visible()


def test_a_city_named_live_bears_its_name_in_each_readers_language(visit_as):
    nour, claire = open_room(visit_as("nour", locale="ar")), open_room(visit_as("claire"))
    say(claire, "Nous écrivons à #tangier ce soir.")
    for page, name in ((nour, "طنجة"), (claire, "Tanger")):
        link = page.locator(".message", has_text="Nous écrivons à").locator("a.mention")
        expect(link).to_have_text(name)
        page.reload()
        expect(page.locator(".message", has_text="Nous écrivons à").locator("a.mention")).to_have_text(name)
