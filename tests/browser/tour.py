"""Walks through the running system in a real Chromium and takes the pictures of docs/tour.md afresh: `make tour`.

A stop is a picture and what there is to say about it; the walk to it is a function below, or just an address.
"""

import io
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.services import CHROMIUM_ARGUMENTS, ROOT, LiveServer, find_program

FOLDER = ROOT / "docs" / "tour"
PAPER = ROOT / "docs" / "tour.md"
PASSWORD = "cityexchange"
MOST_PICTURES = 40
MOST_BYTES = 60_000
QUALITIES = (82, 74, 66, 58, 50, 42, 34, 26)
WIDE, NARROW = (1280, 860), (390, 844)

CLAIRE, NOUR = "claire@lyon.example", "nour@sfax.example"
ORGANISER, FACILITATOR = "organiser@cityexchange.example", "facilitator@cityexchange.example"
COORDINATOR, ADMIN = "coordinator@cityexchange.example", "admin@cityexchange.example"

INTRODUCTION = """# A tour in pictures

These pictures are taken from the running system by `make tour`; nobody drew them. The people and what they say are invented, and
every page says so; the cities are real. Each picture's address is given, so that you can stand in the same place after `make run`.
"""


@dataclass(frozen=True)
class Stop:
    """One picture. `who` is a member's address or None for a visitor; `locale` the language of that visit, None for their own."""

    name: str
    words: str
    path: str
    who: str | None = None
    locale: str | None = None
    size: tuple[int, int] = WIDE
    act: Callable[["Walk"], object] | None = None
    dark: bool = False
    scripts: bool = True


class Walk:
    """One browser profile on its way: who it is, and the page it looks at."""

    def __init__(self, chromium, base_url, stop):
        width, height = stop.size
        self.chromium, self.base_url = chromium, base_url
        self.profile = chromium.new_context(
            base_url=base_url, viewport={"width": width, "height": height}, locale=stop.locale or "en",
            color_scheme="dark" if stop.dark else "light", java_script_enabled=stop.scripts,
        )  # fmt: skip
        self.profile.set_default_timeout(15_000)
        self.page = self.profile.new_page()
        if stop.who:
            self.sign_in(stop.who)

    def sign_in(self, email):
        self.page.goto("/sign-in")
        self.page.fill('[name="email"]', email)
        self.page.fill('[name="password"]', PASSWORD)
        self.page.press('[name="password"]', "Enter")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def go(self, path, locale=None):
        """Fails where the page is not there: a tour with an error page in it would be worse than none."""
        joined = "&" if "?" in path else "?"
        answer = self.page.goto(f"{path}{joined}lang={locale}" if locale else path)
        if answer.status >= 400 and "no-such" not in path:
            raise RuntimeError(f"{path} answered {answer.status}")
        self.page.wait_for_load_state("load")

    def picture(self):
        self.page.wait_for_timeout(400)  # lines connect, fonts settle
        return self.page.screenshot(animations="disabled", caret="hide")

    def with_another(self, email, path, act):
        """Another member, in a browser of their own, does something meanwhile."""
        other = Walk(self.chromium, self.base_url, Stop("another", "", path, email))
        other.go(path)
        act(other)
        other.close()

    def close(self):
        self.profile.close()


def scroll_to(selector):
    return lambda walk: walk.page.locator(selector).first.evaluate(
        "element => element.scrollIntoView({block: 'start'})"
    )


def wrong_password(walk):
    walk.page.fill('[name="email"]', "somebody@city.example")
    walk.page.fill('[name="password"]', "not this one")
    walk.page.press('[name="password"]', "Enter")
    walk.page.wait_for_selector("[aria-invalid], .error-summary, .field__error")


def begin_question(walk):
    walk.page.fill('[name="title"]', "Un seul numéro de téléphone pour tous les services ?")
    walk.page.fill(
        '[name="text"]',
        "Chez nous, chaque service a le sien. **Qui a réuni les numéros**, et qui décroche ?\n\nMerci @nour-ben-salah",
    )


def reply_meanwhile(walk):
    """The page is open while a colleague answers: the new post comes by itself."""
    words = "Chez nous aussi, deux agents et un seul bureau. On vous envoie notre plan de formation demain."
    walk.page.wait_for_timeout(1500)
    walk.with_another(CLAIRE, "/topics/11", lambda other: reply(other, words))
    walk.page.wait_for_selector("text=plan de formation demain")
    walk.page.locator(".post").last.scroll_into_view_if_needed()


def reply(walk, words):
    walk.page.locator('form [name="text"]').last.fill(words)
    walk.page.locator('form:has([name="text"]) [type="submit"]').last.click()
    walk.page.wait_for_selector(f"text={words[:30]}")


def register(walk):
    walk.page.locator("#registration form [type=submit]").first.click()
    walk.page.wait_for_load_state("load")
    scroll_to("#registration")(walk)


def say(walk, words):
    walk.page.locator(".composer textarea").fill(words)
    walk.page.locator(".composer [type=submit]").click()
    walk.page.wait_for_selector(f".message:not(.message--waiting) >> text={words[:20]}")
    walk.page.wait_for_timeout(300)


def talk(walk):
    """Claire writes in French, Nour in Arabic; each sees the other's words at once."""
    walk.page.wait_for_timeout(1500)
    walk.with_another(
        CLAIRE,
        "/chat/rooms/1",
        lambda other: say(other, "Bonjour de Lyon ! Qui vient à l'atelier de mardi ?"),
    )
    walk.page.wait_for_selector("text=Bonjour de Lyon")
    say(walk, "مساء الخير من صفاقس، سأكون معكم.")


def show_filled_join_form(walk):
    walk.page.locator("input").first.focus()


STOPS = [
    Stop("landing", "The first page of a visitor: what this is, and that the community in it is illustrative.", "/", locale="en"),
    Stop("landing-chinese", "The same page on a telephone, in Chinese. Six languages: the visitor's browser chooses, one press changes it.",
         "/", locale="zh", size=NARROW),
    Stop("sign-in", "Signing in. In development six members of the community are one press away.", "/sign-in", locale="en",
         act=scroll_to("main")),
    Stop("sign-in-refused", "A wrong password says what to do next, and never whether the address is known.", "/sign-in", locale="es",
         size=NARROW, act=wrong_password),
    Stop("join", "Asking for a place: an official names the city, proves the address by a typed code, and the city's focal point decides.",
         "/join", locale="es", act=show_filled_join_form),
    Stop("cities", "The cities that take part, in Russian. Each declares for itself which kind of city of migration it is.",
         "/cities", locale="ru"),
    Stop("city", "A city's page: what it needs, what it offers, its people, and what it hosts.", "/cities/lyon", CLAIRE),
    Stop("start-french", "The start page of Claire of Lyon: new since the last visit, questions she could answer, what comes next.", "/", CLAIRE),
    Stop("start-arabic", "The start page of Nour of Sfax, from right to left: not mirrored by hand, but by the way the pages are written.",
         "/", NOUR),
    Stop("start-arabic-narrow", "The same on a telephone.", "/", NOUR, size=NARROW),
    Stop("start-dark", "The coordinator's start page, on a device that asks for dark colours.", "/", COORDINATOR, dark=True),
    Stop("forums", "The forums, space by space, for the facilitator, in Spanish.", "/forums", FACILITATOR),
    Stop("forum", "One forum: who asked, in which language, and what has an answer.", "/forums/reception", COORDINATOR),
    Stop("topic", "A question asked in Arabic, as Claire of Lyon finds it: the title in a colleague's translation, the original below it, and "
         "each post in its own language and direction.", "/topics/8", CLAIRE),
    Stop("topic-answered", "A question from Tangier, and the answer that helped.", "/topics/11", COORDINATOR),
    Stop("topic-arabic", "The same topic on Nour's telephone: the frame runs from right to left, the French words from left to right.",
         "/topics/11", NOUR, size=NARROW),
    Stop("topic-live", "While the page is open, a colleague replies: the post appears by itself, and a lost connection asks for what it missed.",
         "/topics/11", COORDINATOR, act=reply_meanwhile),
    Stop("new-topic", "Asking a question. The text may name colleagues and cities; its language is detected and can be corrected.",
         "/forums/reception/new", CLAIRE, act=begin_question),
    Stop("translate", "Any member may write a translation of a title or a text; it is seen exactly by those who see the original.",
         "/translations/Topic/11", NOUR),
    Stop("workshops", "Workshops: those to come, by theme, language and way of taking part.", "/workshops", ORGANISER),
    Stop("workshop", "A workshop, as Nour finds it: her place, and the times in zones that are named in words.", "/workshops/1", NOUR),
    Stop("registered", "One press registers. The last place cannot be given twice; when all are taken there is a waiting list.",
         "/workshops/1", CLAIRE, size=NARROW, act=register),
    Stop("workshop-form", "Preparing a workshop: a title is enough to begin; its page then says what is missing before it can be announced.",
         "/workshops/5/edit", ORGANISER),
    Stop("registrations", "Who comes, for those who organise.", "/workshops/1/registrations", ORGANISER),
    Stop("visits", "Study visits that cities offer, for a Russian-speaking visitor without an account.", "/visits", locale="ru"),
    Stop("visit", "A host's offer: what can be seen, when, how many may come, and until when to apply.", "/visits/1", locale="en"),
    Stop("apply", "An application: a motivation and three learning goals, on a telephone, in Arabic.", "/visits/1/apply", NOUR, size=NARROW),
    Stop("rooms", "The rooms of the live chat, by space.", "/chat", CLAIRE),
    Stop("chat", "Live: Claire wrote in French, Nour answers in Arabic. Each text keeps its language and its direction.",
         "/chat/rooms/1", NOUR, act=talk),
    Stop("chat-narrow", "The same room, as Claire finds it on a telephone a moment later.", "/chat/rooms/1", CLAIRE, size=NARROW),
    Stop("chat-without-scripts", "The same room in a browser without JavaScript: a plain form, and a page that can look again by itself.",
         "/chat/rooms/1", ORGANISER, scripts=False),
    Stop("spaces", "Spaces: each has a confidentiality class, in words, with technical effects.", "/spaces", FACILITATOR),
    Stop("chatham", "Under the Chatham House Rule names and cities are hidden, and mails show no content.", "/spaces/mediation-circle",
         FACILITATOR),
    Stop("themes", "The themes that everything is sorted by, in Chinese.", "/themes", locale="zh"),
    Stop("settings", "The member's own settings: languages read, time zone, kinds of mail, and where one is signed in.", "/settings", CLAIRE),
    Stop("not-found", "What does not exist and what is not for you look the same, and both say what to do.", "/no-such-page", ADMIN,
         size=NARROW),
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
        sys.exit("The tour needs Chromium; install it (on Debian and Ubuntu: apt-get install chromium).")
    only = sys.argv[1:]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tour-") as folder, sync_playwright() as playwright:
        server = LiveServer(Path(folder)).prepare()
        server.flask("demo", "load")
        chromium = playwright.chromium.launch(
            executable_path=find_program("chromium"), args=CHROMIUM_ARGUMENTS
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
