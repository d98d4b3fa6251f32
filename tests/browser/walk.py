"""A visit for the tour: who looks at which page, in a browser profile of their own."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.waiting import until_at_work

PASSWORD = "cityexchange"
WIDE, NARROW = (1280, 860), (390, 844)
CLAIRE, NOUR = "claire@lyon.example", "nour@sfax.example"
ORGANISER, FACILITATOR = "organiser@cityexchange.example", "facilitator@cityexchange.example"
COORDINATOR = "coordinator@cityexchange.example"


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


class Walk:
    """One browser profile on its way: who it is, and the page it looks at."""

    def __init__(self, chromium, base_url, stop):
        width, height = stop.size
        self.chromium, self.base_url = chromium, base_url
        self.profile = chromium.new_context(
            base_url=base_url, viewport={"width": width, "height": height}, locale=stop.locale or "en",
            color_scheme="dark" if stop.dark else "light",
        )  # fmt: skip
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
        until_at_work(self.page)
        expect(self.page.locator("[data-mode=connecting]")).to_have_count(0)
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
