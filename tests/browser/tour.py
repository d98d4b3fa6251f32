"""Walks through the running system in a real Chromium and takes the pictures of docs/tour.md afresh: `make tour`.

A stop is a picture and what there is to say about it; the walk to it is a function below, or just an address.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.hearing import HEARING
from tests.browser.journeys import JOURNEYS
from tests.browser.test_signing_in import NamedServer
from tests.browser.waiting import patient
from tests.browser.walk import (
    CLAIRE,
    COORDINATOR,
    FACILITATOR,
    NARROW,
    NOUR,
    ORGANISER,
    Stop,
    Walk,
    scroll_to,
)
from tests.services import CHROMIUM_ARGUMENTS, ROOT, find_program

FOLDER = ROOT / "docs" / "tour"
PAPER = ROOT / "docs" / "tour.md"
MOST_PICTURES = 60
MOST_BYTES = 60_000
QUALITIES = (82, 74, 66, 58, 50, 42, 34, 26)

INTRODUCTION = """# A tour in pictures

These pictures are taken from the running system by `make tour`; nobody drew them. The people and what they say are invented, and
every page says so; the cities are real. Each picture's address is given, so that you can stand in the same place after `make run`.
"""


def begin_question(walk):
    walk.page.fill('[name="title"]', "Un seul numéro de téléphone pour tous les services ?")
    walk.page.fill(
        '[name="text"]',
        "Chez nous, chaque service a le sien. **Qui a réuni les numéros**, et qui décroche ?\n\nMerci @nour-ben-salah",
    )


def reply_meanwhile(walk):
    """The page is open while a colleague answers: the new post comes by itself."""
    words = "Chez nous aussi, deux agents et un seul bureau. On vous envoie notre plan de formation demain."
    walk.with_another(CLAIRE, "/topics/11", lambda other: reply(other, words))
    walk.page.wait_for_selector("text=plan de formation demain")
    walk.page.locator(".post").last.scroll_into_view_if_needed()


def reply(walk, words):
    walk.page.locator('form [name="text"]').last.fill(words)
    walk.page.locator('form:has([name="text"]) [type="submit"]').last.click()
    walk.page.wait_for_selector(f"text={words[:30]}")


def say(walk, words):
    walk.page.locator(".composer textarea").fill(words)
    walk.page.locator(".composer [type=submit]").click()
    walk.page.wait_for_selector(f".message:not(.message--waiting) >> text={words[:20]}")


def talk(walk):
    """Claire writes in French, Nour in Arabic; each sees the other's words at once."""
    walk.with_another(
        CLAIRE,
        "/chat/rooms/1",
        lambda other: say(other, "Bonjour de Lyon ! Qui vient à l'atelier de mardi ?"),
    )
    walk.page.wait_for_selector("text=Bonjour de Lyon")
    say(walk, "مساء الخير من صفاقس، سأكون معكم.")


def show_map(walk):
    walk.page.locator(".city-map [data-open]").click()
    walk.page.wait_for_selector(".leaflet-marker-icon")


def show_filled_join_form(walk):
    walk.page.locator("input").first.focus()


STOPS = [
    Stop("landing", "The first page of a visitor: the world of the cities that take part, each answer a line, and one question with its answer.",
         "/", locale="en"),
    Stop("landing-arabic", "The same on a telephone, in Arabic: the world is not mirrored, the words are. The places stand at the lower edge.",
         "/", locale="ar", size=NARROW, act=scroll_to(".hero")),
    Stop("sign-in", "Signing in. In development six members of the community are one press away.", "/sign-in", locale="en",
         act=scroll_to("main")),
    Stop("join", "Asking for a place: an official names the city, proves the address by a typed code, and the city's focal point decides.",
         "/join", locale="es", act=show_filled_join_form),
    Stop("cities", "The cities that take part, in Russian. Each declares for itself which kind of city of migration it is.",
         "/cities", locale="ru"),
    Stop("city", "A city's page: what it needs, what it offers, its people, and what it hosts.", "/cities/lyon", CLAIRE),
    Stop("cities-map", "The map comes after a press, from our own server; each city on it is a link, and the list beside it says the same.",
         "/cities", CLAIRE, act=show_map),
    Stop("city-applies", "A city applies on one page: found in the register by any of its names, two people, the charter.",
         "/cities/apply?geonameid=2660646", locale="fr"),
    Stop("charter", "The charter, which each city accepts, in Chinese.", "/charter", locale="zh", size=NARROW),
    Stop("self-assessment", "Where do we stand, where do we want to be? Needs and offers follow from it.", "/cities/lyon/self-assessment", CLAIRE),
    Stop("city-desk", "The desk of Sfax, for those who speak for the city: people, invitations, hand-over, charter.", "/cities/sfax/desk", NOUR),
    Stop("desk", "The coordinator's desk: what waits for the team.", "/desk", COORDINATOR),
    Stop("start-french", "The start page of Claire of Lyon: what waits for her, each with why and one step; then her city, then what is new.",
         "/", CLAIRE),
    Stop("start-organiser", "The start page of an organiser: what needs a decision, since when, and one step.", "/", ORGANISER),
    Stop("start-coordinator", "The start page of the coordinator: which cities and people wait for a decision.", "/", COORDINATOR, locale="fr",
         size=NARROW),
    Stop("start-arabic", "The start page of Nour of Sfax, from right to left: not mirrored by hand, but by the way the pages are written.",
         "/", NOUR),
    Stop("forums", "The forums, space by space, for the facilitator, in Spanish, on a device that asks for dark colours.", "/forums", FACILITATOR,
         dark=True),
    Stop("topic", "A question asked in Arabic, as Claire of Lyon reads it: title and posts in colleagues' translations, each marked, "
         "with the original one press away.", "/topics/8", CLAIRE),
    Stop("topic-arabic", "The same topic on Nour's telephone: the frame runs from right to left, the French words from left to right.",
         "/topics/11", NOUR, size=NARROW),
    Stop("topic-live", "While the page is open, a colleague replies: the post appears by itself, and a lost connection asks for what it missed.",
         "/topics/11", COORDINATOR, act=reply_meanwhile),
    Stop("new-topic", "Asking a question. The text may name colleagues and cities; its language is detected and can be corrected.",
         "/ask", CLAIRE, act=begin_question),
    Stop("translate", "A discussion is translated on one page, post by post: whatever is filled in is published.",
         "/topics/8/translations/ar/1", CLAIRE),
    Stop("people", "Colleagues, found by what one wants to ask them, by city, theme and language.", "/people?q=school+enrolment", CLAIRE),
    Stop("mine", "My things: drafts, topics, what is followed and kept, registrations, applications and rooms.", "/mine", NOUR, size=NARROW),
    Stop("workshops", "Workshops: those to come, by theme, language and way of taking part.", "/workshops", ORGANISER),
    Stop("workshop", "A workshop, as Nour finds it: her place, and the times in zones that are named in words.", "/workshops/1", NOUR),
    Stop("visits", "Study visits that cities offer, for a Russian-speaking visitor without an account.", "/visits", locale="ru"),
    Stop("apply", "An application: a motivation and three learning goals, on a telephone, in Arabic.", "/visits/1/apply", NOUR, size=NARROW),
    Stop("chat", "Live: Claire wrote in French, Nour answers in Arabic. Each text keeps its language and its direction.",
         "/chat/rooms/1", NOUR, act=talk),
    Stop("spaces", "Spaces: each has a confidentiality class, in words, with technical effects.", "/spaces", FACILITATOR),
    Stop("settings", "The member's own settings: languages read, time zone, kinds of mail, and where one is signed in.", "/settings", CLAIRE),
    Stop("second-factor", "Signing in: password, a second proof by application or passkey, and where one is signed in.", "/settings/sign-in", CLAIRE,
         size=NARROW, act=scroll_to("#factors")),
    Stop("my-data", "What belongs to a member: taking it away, and leaving.", "/settings/data", NOUR, size=NARROW),
    *HEARING,
    *JOURNEYS,
    Stop("it-department", "One page for a city's IT department: what must be let through, and that nothing comes from third parties.",
         "/it-department", locale="fr"),
]  # fmt: skip


def take(stop, chromium, base_url):
    walk = Walk(chromium, base_url, stop)
    try:
        walk.go(stop.path, stop.locale)
        if stop.act:
            stop.act(walk)
        write_picture(stop.name, walk.picture())
    finally:
        walk.close()


def write_picture(name, png):
    """The best quality that stays below MOST_BYTES."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in QUALITIES:
        webp = io.BytesIO()
        picture.save(webp, "WEBP", quality=quality, method=6)
        if webp.tell() <= MOST_BYTES:
            break
    else:
        raise RuntimeError(f"{name} cannot be made smaller than {MOST_BYTES} bytes")
    (FOLDER / f"{name}.webp").write_bytes(webp.getvalue())


def paper():
    parts = [INTRODUCTION]
    for stop in STOPS:
        title = stop.name.replace("-", " ").capitalize()
        width, height = stop.size
        parts.append(
            f"## {title}\n\n{stop.words} `{stop.path}`\n\n"
            f'<img src="tour/{stop.name}.webp" alt="{title}" width="{width}" height="{height}">\n'
        )
    return "\n".join(parts)


def main():
    assert len(STOPS) <= MOST_PICTURES
    if not find_program("chromium"):
        sys.exit("The tour needs Chromium; install it (on Debian: apt-get install chromium-headless-shell).")
    only = sys.argv[1:]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tour-") as folder, sync_playwright() as playwright:
        server = NamedServer(Path(folder)).prepare()
        server.flask("demo", "load")
        chromium = patient(
            playwright.chromium.launch(executable_path=find_program("chromium"), args=CHROMIUM_ARGUMENTS)
        )
        with server, server.worker():
            for stop in STOPS:
                if not only or stop.name in only:
                    sys.stdout.write(f"{stop.name}\n")
                    take(stop, chromium, server.base_url)
        chromium.close()
    if not only:
        forget_old_pictures()
    PAPER.write_text(paper())


def forget_old_pictures():
    names = {f"{stop.name}.webp" for stop in STOPS}
    for old in FOLDER.glob("*.webp"):
        if old.name not in names:
            old.unlink()


if __name__ == "__main__":
    main()
