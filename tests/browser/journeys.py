"""The journeys of people and cities, as stops of the tour: each goes on where the one before has left the house."""

from tests.browser.test_cities_join import GENEVA, apply, code_for, in_mail, press, sign_in_by_code, verify
from tests.browser.test_signing_in import with_authenticator
from tests.browser.waiting import until_at_work
from tests.browser.walk import CLAIRE, COORDINATOR, FACILITATOR, NARROW, NOUR, Stop, Walk, scroll_to

ASKER = {"name": "سلمى الطرابلسي", "job_title": "موظفة استقبال", "email": "salma@sfax.example"}
CALLED = {"name": "Karim Haddad", "job_title": "Agent d'accueil", "email": "karim@sfax.example"}
LONG_PASSWORD = "a long enough one"
TABLE = """city,name,function,email,role
Lyon,Paul Martin,Head of unit,paul@lyon.example,
Sfax,Mona Ben Ali,Officer,mona@sfax.example,city_deputy
Atlantis,Nobody Known,Officer,x@atlantis.example,
Lyon,Claire Vasseur,Officer,claire@lyon.example,"""


def meanwhile(walk, act, locale="en", who=None):
    """Somebody else, in a browser of their own."""
    other = Walk(walk.chromium, walk.base_url, Stop("another", "", "/", who, locale))
    act(other.page)
    other.close()


def fill(page, values):
    for name, value in values.items():
        page.fill(f"main form.form--card [name={name}]", value)


def geneva_has_applied(walk):
    meanwhile(walk, lambda page: apply(page, GENEVA), "fr")
    walk.page.goto("/desk")
    walk.page.locator("#applications a").filter(has_text="Geneva").click()


def geneva_takes_part(walk):
    meanwhile(walk, lambda page: verify(page, GENEVA), who=COORDINATOR)
    meanwhile(walk, lambda page: sign_in_by_code(page, GENEVA["deputy_email"], "fr"), "fr")
    sign_in_by_code(walk.page, GENEVA["email"], "fr")
    walk.page.goto("/cities/geneva/desk")


def somebody_asks(page):
    page.goto("/join?lang=ar")
    fill(page, ASKER | {"password": LONG_PASSWORD, "again": LONG_PASSWORD})
    press(page)
    page.wait_for_url("**/join/code")
    page.fill("[name=code]", code_for(page, ASKER["email"]))
    press(page)
    page.wait_for_url(lambda url: "/join/code" not in url)


def a_request_waits(walk):
    meanwhile(walk, somebody_asks, "ar")
    walk.page.reload()
    walk.page.locator("#requests a").first.click()


def karim_is_invited(page):
    page.goto("/cities/sfax/desk")
    page.locator("a[href$='/invitations/new']").click()
    fill(page, CALLED)
    press(page)
    page.wait_for_url("**/desk")


def a_place_is_taken(walk):
    meanwhile(walk, karim_is_invited, who=NOUR)
    walk.page.goto(in_mail(walk.page, CALLED["email"], r"/place-offers/\d+") + "?lang=fr")
    walk.page.locator("form[action$='/code'] button").click()
    walk.page.fill("[name=code]", code_for(walk.page, CALLED["email"]))


def hand_over(walk):
    row = walk.page.locator("#people .row").filter(has_text="Nour")
    row.locator("summary").click()
    row.locator("a[href$='/hand-over']").click()


def make_passkey(walk):
    page = with_authenticator(walk.page)
    page.fill("#passkey-name", "هاتفي")
    page.locator("form[data-act=make] button[type=submit]").click()
    page.wait_for_selector(".code-list code")


def julien_leaves(page):
    page.goto("/topics/8")
    page.locator('form [name="text"]').last.fill(
        "Chez nous, un registre commun a suffi. Je change de poste, bonne suite à toutes et à tous."
    )
    page.locator('form:has([name="text"]) [type="submit"]').last.click()
    page.wait_for_selector("text=Chez nous, un registre")
    page.goto("/settings/data")
    until_at_work(page)  # until then nobody asks
    page.fill("#leave [name=proof]", "cityexchange")
    page.locator("#leave button[type=submit]").click()
    page.locator("dialog button[value=yes]").click()
    page.wait_for_url("**/")


def somebody_has_left(walk):
    meanwhile(walk, julien_leaves, who="julien@montreal.example")
    walk.page.reload()
    walk.page.locator(".post").last.scroll_into_view_if_needed()


def look_at_a_table(walk):
    walk.page.fill("[name=table]", TABLE)
    walk.page.locator("[name=check]").click()
    walk.page.wait_for_selector("table")


JOURNEYS = [
    Stop("city-decision", "Geneva has applied; the coordination team makes sure and says what the decision rests on.", "/desk", COORDINATOR,
         act=geneva_has_applied),
    Stop("city-takes-part", "Both people of Geneva have signed in with mailed codes: the city takes part, and this is its desk, in French.",
         "/cities/geneva", locale="fr", act=geneva_takes_part),
    Stop("request", "A colleague asked for a place with an address of the city: one press of Nour's gives it.", "/cities/sfax/desk", NOUR,
         size=NARROW, act=a_request_waits),
    Stop("place-taken", "Another was invited, and takes the place with a code from the mail, in French.", "/about", locale="fr", size=NARROW,
         act=a_place_is_taken),
    Stop("hand-over", "Nour hands her place over: what is open stands there, and the new holder accepts by a typed code.", "/cities/sfax/desk", NOUR,
         act=hand_over),
    Stop("passkey", "A passkey is made on Nour's telephone; ten recovery codes are shown once.", "/settings/sign-in", NOUR, size=NARROW,
         act=make_passkey),
    Stop("sign-ins", "Where one is signed in: each browser with one press to end it, pages and live lines at once.", "/settings/sign-in", CLAIRE,
         size=NARROW, act=scroll_to("#sign-ins")),
    Stop("former-member", "Julien has left: what he wrote stays, by a former member of Montreal.", "/topics/8", CLAIRE, act=somebody_has_left),
    Stop("city-sign-in", "A city's own sign-in: what its IT department needs, and whether its people have to use it.", "/cities/lyon/sign-in", CLAIRE),
    Stop("people-from-a-table", "Many people invited from a table: what becomes of each line is said before anybody gets a mail.", "/invitations/new",
         COORDINATOR, act=look_at_a_table),
    Stop("space-people", "Who is in a closed space, who asks to come in, and who writes there under a chosen name.", "/spaces/first-weeks/people",
         FACILITATOR),
    Stop("chosen-name", "Words under a chosen name: neither name nor city of who wrote them leaves the server.", "/topics/12", CLAIRE),
]  # fmt: skip
