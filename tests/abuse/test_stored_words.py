"""Abuse cases 22, 27 and 28: whatever people wrote anywhere stays words, on every page and in every mail, whoever looks.

Every column that a field of a form fills holds what would be an element, an attribute or a template; a column that is
added later is filled too. That nothing runs in a browser is tried in tests/browser/test_mischief.py.
"""

from html.parser import HTMLParser

import pytest
from sqlalchemy import String
from wtforms import EmailField, PasswordField, StringField, URLField

from cityexchange.core.db import Base, db
from cityexchange.core.fields import is_hidden
from cityexchange.core.mail.letters import compose
from cityexchange.core.mail.models import OutgoingMail
from cityexchange.languages.models import Written
from cityexchange.spaces.models import Space
from tests.abuse.doors import address, doors
from tests.core.all_forms import bare, forms_of_the_application, leaves

SIGN = "evil-sign"
WORDS = f"\"'><{SIGN} onload=1>{{{{ 7191*7 }}}}"
EVALUATED = "50337"
NO_WORDS = {"email", "deputy_email", "domain", "issuer", "client_id", "code"}
"""Lines that hold an address or a key, and are refused if they do not."""
OF_KEYS = {"EmailDomain", "Heartbeat", "OutgoingMail", "IdentityProvider", "Theme"}
"""Models that have a column of the same name as a field, which no field fills."""
WHO = ("inside", "admin", "visitor")


class Elements(HTMLParser):
    """What a page has that only somebody's words can have made, and its words."""

    def __init__(self, page):
        super().__init__()
        self.made, self.words = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        odd = [name for name, _ in attributes if SIGN in name or name == "onload"]
        if SIGN in tag or odd:
            self.made.append((tag, *odd))

    def handle_data(self, data):
        self.words.append(data)


def filled_by_people():
    """The names of all fields that take words."""
    fields = (field for kind in forms_of_the_application() for field in leaves(bare(kind)))
    words = (
        field
        for field in fields
        if isinstance(field, StringField)
        and not isinstance(field, (EmailField, PasswordField, URLField))
        and not is_hidden(field)
    )
    return {field.name.rpartition("-")[2] for field in words} | {"pen_name", "last_pen_name"} - NO_WORDS


def columns(model, names):
    mapper = db.inspect(model)
    return [
        column.key
        for column in mapper.columns
        if isinstance(column.type, String) and column.key in names - NO_WORDS
    ]


@pytest.fixture
def written(app, world):
    """Sets every such column of every record of the world; how many of which model."""
    with app.test_request_context("/"):
        names = filled_by_people()
    count = {}
    models = {mapper.class_ for mapper in Base.registry.mappers if "cityexchange" in mapper.class_.__module__}
    for model in sorted(models, key=lambda one: one.__name__):
        keys = columns(model, names) if model.__name__ not in OF_KEYS else []
        for record in db.session.scalars(db.select(model)) if keys else ():
            count[model.__name__] = count.get(model.__name__, 0) + 1
            for key in keys:
                setattr(record, key, WORDS)
            if isinstance(record, Written):
                record.write(WORDS)
    db.session.commit()
    return count


def look(browser, path):
    answer = browser.get(path)
    if not answer.mimetype.startswith("text/html"):
        return answer.status_code, [], ""
    page = Elements(answer.text)
    return answer.status_code, page.made, "".join(page.words)


@pytest.mark.parametrize("who", WHO)
def test_no_page_takes_words_for_anything_else(app, world, written, browsers, sign_in, who):
    assert len(written) > 15
    browser = sign_in(world.inside) if who == "inside" else browsers[who]
    plain = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    named = [address(rule, world.places[record]) for _, method, rule, record in doors(app) if method == "GET"]
    wrong, shown = [], 0
    for path in sorted({*plain, *named} - {"/metrics"}):
        status, made, words = look(browser, path)
        shown += WORDS in words
        if status >= 500 or made or EVALUATED in words:
            wrong.append((path, status, made))

    assert wrong == []
    assert shown > {"inside": 30, "admin": 20, "visitor": 3}[who]


def test_no_mail_takes_words_for_anything_else(world, written):
    for space in db.session.scalars(db.select(Space)):
        space.confidentiality = "members"  # of closed ones a mail tells nothing
    mails = list(db.session.scalars(db.select(OutgoingMail)))
    told = 0
    for mail in mails:
        letter = compose(mail)
        page = Elements(letter.html)
        assert not page.made and EVALUATED not in letter.html, mail.template
        assert EVALUATED not in letter.text + letter.subject, mail.template
        assert "\n" not in letter.subject, mail.template
        told += WORDS in letter.text
    assert told > 5
