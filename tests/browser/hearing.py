"""Asking and hearing, as stops of the tour: what was begun on one device, and what reaches whom it concerns."""

from tests.browser.walk import CLAIRE, NARROW, NOUR, Stop, scroll_to

BEGUN = "Nous avons réuni les numéros il y a deux ans. Trois agents décrochent, et"
CALL = "@claire-vasseur, could you tell us on Thursday how Lyon began?"


def find_what_was_begun(walk):
    """Written on a desk and left in the middle; found on the telephone."""
    walk.with_another(CLAIRE, "/topics/8", begin_reply)
    walk.page.reload()
    scroll_to("#reply")(walk)


def begin_reply(other):
    with other.page.expect_response("**/drafts?**"):
        other.page.locator('#reply [name="text"]').fill(BEGUN)


def hear_of_a_call(walk):
    """Claire reads something else; Nour names her in the chat."""
    walk.with_another(NOUR, "/chat/rooms/1", call)
    walk.page.wait_for_selector(".masthead [data-unread] .counter:not([hidden])")
    walk.page.goto("/notifications")


def call(other):
    other.page.locator(".composer textarea").fill(CALL)
    other.page.locator(".composer [type=submit]").click()
    other.page.wait_for_selector(".message:not(.message--waiting) >> text=how Lyon began")


HEARING = [
    Stop("draft", "Begun on a desk, left in the middle: the draft waits on the telephone, whoever is in between.", "/topics/8", CLAIRE, locale="ar",
         size=NARROW, act=find_what_was_begun),
    Stop("notifications", "What concerns Claire, by day: she was named in the chat a moment ago, and the bell said so in her other tab.",
         "/cities/lyon", CLAIRE, act=hear_of_a_call),
    Stop("choices", "One table says what a member hears of, here and by mail, and when there is to be no mail.", "/settings/mails", NOUR, size=NARROW),
    Stop("your-hour", "The weekly page: at most seven things, each with the reason why it is there and an answer of one press. It comes by mail, too.",
         "/digest", CLAIRE),
    Stop("theme", "Who solved it? A theme's page says which cities can share, which look for help, and what was asked and answered.",
         "/themes/education", NOUR, size=NARROW),
]  # fmt: skip
