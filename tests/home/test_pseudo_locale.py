"""Every word of ours goes through the catalogues: in a made-up language where each sentence stands in ⟦brackets⟧,
no word stands outside them, but for what people wrote (marked by lang, dir="auto" or <bdi>) and what Babel says."""

import re
import sys
from functools import lru_cache
from html.parser import HTMLParser
from zoneinfo import available_timezones

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cityexchange.app import create_app
from cityexchange.core.db import db
from cityexchange.demo import loading
from cityexchange.members.models import Member
from config import HERE, TestConfig
from tests.conftest import Browser
from tests.session import new_database

pytestmark = pytest.mark.no_app

PAGES = {
    None: ("/", "/sign-in", "/sign-in/code", "/sign-in/code/confirm", "/forgotten", "/password/new",
           "/join", "/cities/apply", "/cities/apply/code", "/sign-in/city", "/cities/geneva", "/charter", "/cities", "/cities/vienna", "/cities/places", "/themes", "/themes/housing", "/forums", "/workshops",
           "/workshops/1", "/visits", "/visits/1", "/about", "/accessibility", "/privacy", "/it-department"),
    "claire@lyon.example": ("/", "/forums", "/forums/reception", "/forums/reception/new", "/topics/9", "/topics/1",
                            "/workshops/1", "/workshops/4", "/visits/1", "/visits/1/apply", "/visits/new", "/chat",
                            "/chat/rooms/1", "/settings", "/cities/lyon", "/cities/lyon/edit", "/cities/lyon/declarations/new",
                            "/cities/lyon/interests", "/cities/lyon/sign-in", "/cities/lyon/self-assessment", "/settings/mails", "/settings/sign-in",
                            "/settings/address", "/settings/data", "/settings/sign-in/sure?what=codes",
                            "/spaces", "/spaces/members", "/spaces/members/people", "/spaces/first-weeks/name", "/organisations",
                            "/organisations/council-of-new-neighbours", "/members/2", "/members/15", "/nowhere"),
    "konrad@vienna.example": ("/spaces", "/spaces/first-weeks/requests/new"),
    "nour@sfax.example": ("/", "/spaces", "/spaces/entries/1"),
    "facilitator@cityexchange.example": ("/spaces/new", "/spaces/entries/2", "/spaces/first-weeks/people",
                                         "/spaces/first-weeks/edit", "/spaces/first-weeks/invitations/new?q=ma"),
    "organiser@cityexchange.example": ("/workshops/new", "/workshops/5", "/workshops/5/edit"),
    "coordinator@cityexchange.example": ("/", "/desk", "/desk/audit", "/cities/lyon/desk", "/members/2/suspend", "/join-requests", "/visits/2", "/visits/2/applications", "/visits/3",
                                        "/organisations/new", "/organisations/council-of-new-neighbours", "/invitations/new"),
}  # fmt: skip
SILENT = {"script", "style", "svg"}
THEIRS = {"time", "code", "bdi", "textarea"}
"""What stands in them a person wrote, or Babel; what is said about them is ours."""
SPOKEN = ("aria-label", "aria-roledescription", "alt", "label", "placeholder", "title")
REMEMBERING = type(lru_cache(lambda: None))
VOID = {"meta", "link", "br", "input", "img", "hr", "use", "path", "wbr"}


class Words(HTMLParser):
    """What a reader sees or hears of a page that is ours, also what waits in lists and templates: not in another language, not a person's.
    In the page's title nothing can be marked: what is a person's there stands marked on the page as well."""

    def __init__(self):
        super().__init__()
        self.path, self.theirs = [], []
        self.said, self.titles, self.options = [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        is_marked = tag != "html" and ("lang" in given or given.get("dir") in ("auto", "ltr"))
        is_marked |= given.get("translate") == "no"
        is_unheard = given.get("aria-hidden") == "true" or given.get("href", "").startswith("mailto:")
        is_theirs = is_marked or is_unheard or tag in SILENT
        if not any(kind for _, kind in self.path) and not (is_theirs and tag not in TYPED_INTO):
            self.said += [given[name] for name in SPOKEN if given.get(name)]
        if tag not in VOID:
            self.path.append((tag, is_theirs or tag in THEIRS))

    def handle_endtag(self, tag):
        if tag not in VOID and self.path:
            self.path.pop()

    def handle_data(self, data):
        if any(tag in SILENT for tag, _ in self.path):
            return
        if any(kind for _, kind in self.path):
            self.theirs.append(data)
        else:
            inner = self.path[-1][0] if self.path else ""
            {"title": self.titles, "option": self.options}.get(inner, self.said).append(data)


TYPED_INTO = {"input", "textarea"}
"""Their `dir` is about what is typed, not about what is said of it."""


def bare_words(page):
    """The words of ours outside brackets."""
    reader = Words()
    reader.feed(page)
    in_title = unbracketed(reader.titles) - words_of(*reader.theirs)
    in_options = unbracketed(reader.options) - PLACES
    return sorted((unbracketed(reader.said) | in_title | in_options) - KNOWN)


def unbracketed(texts):
    text = " ".join(texts)
    while text != (text := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)):
        pass
    return words_of(text)


def words_of(*texts):
    return {word for text in texts for word in re.findall(r"[^\W\d_]{2,}", str(text))}


ENGLISH = Locale("en")
KNOWN = (
    words_of(
        "cityexchange", "AM PM UTC Time Standard Summer Daylight Coordinated Universal at", "markdown ics pdf"
    )
    | words_of(*ENGLISH.languages.values(), *ENGLISH.territories.values())
    | words_of(*ENGLISH.months["format"]["abbreviated"].values(), *ENGLISH.months["format"]["wide"].values())
    | words_of(*ENGLISH.days["format"]["abbreviated"].values(), *ENGLISH.days["format"]["wide"].values())
    | words_of(*(zone.get("long", {}).get("standard", "") for zone in ENGLISH.meta_zones.values()))
)

PLACES = words_of(*(zone.get("city", "") for zone in ENGLISH.time_zones.values()), *available_timezones())
"""That zones are called after, in lists of zones."""


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pseudo")
    compile_pseudo(folder / "en" / "LC_MESSAGES")

    class Settings(TestConfig):
        DATA_FOLDER = str(folder)
        FILES_URL = str(folder / "files")
        SQLALCHEMY_DATABASE_URI = new_database("pseudo", folder)
        BABEL_TRANSLATION_DIRECTORIES = str(folder)
        REDIS_URL = MAIL_URL = None

    app = create_app(Settings)
    app.test_client_class = Browser
    forget_words()
    with app.app_context():
        db.create_all()
        loading.load()
        db.session.commit()
        yield app
        forget_words()
        db.session.remove()
        db.engine.dispose()


def forget_words():
    """What a process remembers by the language of a page alone, of another application with other words."""
    ours = [module for name, module in list(sys.modules.items()) if name.startswith("cityexchange.")]
    for value in (value for module in ours for value in vars(module).values()):
        if type(value) is REMEMBERING:
            value.cache_clear()


def compile_pseudo(folder):
    folder.mkdir(parents=True)
    with open(HERE / "translations" / "messages.pot", "rb") as source:
        template = read_po(source)
    catalogue = Catalog(locale="en")
    for message in template:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            marked = tuple(f"⟦{id}⟧" for id in ids)
            catalogue.add(message.id, marked if len(ids) > 1 else marked[0], context=message.context)
    with open(folder / "messages.mo", "wb") as file:
        write_mo(file, catalogue)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>⟦Good <b>day</b>⟧ Hello <bdi>Ana</bdi></p><a aria-label='Go'>1</a>", ["Go", "Hello"]),
        ("<select><option value='a'>Any</option><option lang='fr'>tous</option></select>", ["Any"]),
        ("<select><optgroup label='Choose'><option>⟦Tunis⟧</option></optgroup></select>", ["Choose"]),
        ("<datalist><option value='Sfax'></option></datalist><template><p>Sent</p></template>", ["Sent"]),
        ("<title>⟦Topic⟧: Bonjour Vienna</title><h1 lang='fr'>Bonjour</h1>", ["Vienna"]),
        ("<select><option>Vienna</option></select><p>Vienna</p>", ["Vienna"]),
        ("<select><option>Vienna</option></select>", []),
        ("<title>Ana</title><p><bdi>Ana</bdi> Ana</p>", ["Ana"]),
        ("<textarea dir='auto' placeholder='Write'>Mine</textarea>", ["Write"]),
        ("<svg><title>Cross</title></svg><p lang='fr' title='Bon'>Oui</p>", []),
    ],
)
def test_a_bare_word_is_found(page, found):
    assert bare_words(page) == found


@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in PAGES.items() for path in paths])
def test_no_word_of_ours_stands_outside_the_catalogues(pseudo, who, path):
    browser = pseudo.test_client()
    if who:
        browser.sign_in(db.session.scalar(db.select(Member).filter_by(email=who)))

    page = browser.get(f"{path}{'&' if '?' in path else '?'}lang=en")

    assert page.status_code == (404 if path == "/nowhere" else 200)
    assert bare_words(page.text) == []
