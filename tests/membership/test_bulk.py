"""Many people invited from a table: each line's fate is said first, and nobody gets a mail before."""

import io

import pytest

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.membership.bulk import CHECKS, MOST_LINES, NoTable, judge, read, said_by
from cityexchange.membership.labels import FATES
from cityexchange.membership.offers import PlaceOffer
from tests.factories import CityFactory, MemberFactory

LINE = "Lyon,Paul Martin,Head of unit,paul@lyon.example"


@pytest.fixture
def lyon():
    city = CityFactory(slug="lyon", name="Lyon")
    EmailDomain.claim(city, "lyon.example").verify(None)
    return city


@pytest.fixture
def sfax():
    city = CityFactory(slug="sfax", name="Sfax")
    EmailDomain.claim(city, "sfax.example").verify(None)
    return city


@pytest.fixture
def coordinator():
    return MemberFactory(city=None, team_role="coordinator")


def fate_of(line):
    [judged] = judge(read(line))
    return judged.fate


def test_lines_end_as_on_any_machine_and_blank_ones_are_none():
    heads = "city,name,function,email"
    for end in ("\r", "\n", "\r\n"):
        assert [line.number for line in read(end.join([heads, LINE, " , ,,", LINE]))] == [2, 4]


def test_what_no_table_can_hold_is_no_table():
    for text in (f"{LINE},member,fr,{'x' * 131_073}", 'Lyon,"never closed' + "x" * 131_073):
        with pytest.raises(NoTable):
            read(text)


@pytest.mark.parametrize(
    "fate, line",
    [
        ("new", LINE),
        ("new", LINE + ",city_deputy,fr,Welcome"),
        ("new", "lyon;Paul Martin;Head of unit;PAUL@Lyon.example"),
        ("new", "LYON\tPaul Martin\tHead of unit\tpaul@elsewhere.example"),
        ("no_name", "Lyon,,Head of unit,paul@lyon.example"),
        ("no_name", "Lyon,Paul Martin,,paul@lyon.example"),
        ("odd_name", "Lyon,Paul\u202e Martin,Head,paul@lyon.example"),
        ("odd_name", "Lyon,Рaul Martin,Head,paul@lyon.example"),
        ("odd_function", 'Lyon,Paul Martin,"Head\nof unit",paul@lyon.example'),
        ("odd_function", "Lyon,Paul Martin,Head \u202etinu fo,paul@lyon.example"),
        ("too_long", f"Lyon,{'x' * 121},Head,paul@lyon.example"),
        ("no_address", "Lyon,Paul Martin,Head,paul at lyon"),
        ("no_address", "Lyon,Paul Martin,Head"),
        ("no_city", "Atlantis,Paul Martin,Head,paul@lyon.example"),
        ("no_role", LINE + ",admin"),
        ("no_role", LINE + ",expert"),
        ("no_language", LINE + ",member,xx"),
        ("other_domain", "Lyon,Paul Martin,Head,paul@sfax.example"),
    ],
)
def test_what_becomes_of_a_line(lyon, sfax, fate, line):
    assert fate_of(line) == fate


def test_what_becomes_of_people_who_are_known(lyon, sfax, coordinator):
    MemberFactory(city=lyon, email="here@lyon.example")
    MemberFactory(city=sfax, email="there@lyon.example")
    MemberFactory(city=None, state="locked", email="locked@lyon.example")
    MemberFactory(city=None, email="free@lyon.example")
    PlaceOffer.make(lyon, coordinator, role="member", name="A", job_title="B", email="asked@lyon.example")
    table = "\n".join(
        f"Lyon,Name,Head,{who}@lyon.example" for who in ("here", "there", "locked", "free", "asked", "FREE")
    )

    assert [line.fate for line in judge(read(table))] == [
        "there",
        "elsewhere",
        "cannot_come",
        "new",
        "again",
        "twice",
    ]


def test_two_cities_of_one_name_are_told_by_their_address():
    CityFactory(slug="tripoli", name="Tripoli")
    CityFactory(slug="tripoli-2", name="Tripoli")

    assert fate_of("Tripoli,A Name,Head,a@b.example") == "no_city"
    assert fate_of("tripoli-2,A Name,Head,a@b.example") == "new"


def test_every_fate_has_words():
    assert set(CHECKS) | {"new", "twice"} == set(FATES)


def test_headings_come_in_any_order_and_six_languages(lyon):
    for headings in (
        "email,name,city,function",
        "courriel,nom,ville,fonction",
        "邮箱,姓名,城市,职务",
        "البريد,الاسم,المدينة,الوظيفة",
    ):
        [line] = judge(read(f"\ufeff{headings}\npaul@lyon.example,Paul Martin,Lyon,Head"))
        assert (line.number, line.fate, line.said["job_title"]) == (2, "new", "Head")


def test_tables_as_spreadsheets_save_them():
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert said_by("Lyon,Émile".encode(encoding)).text == "Lyon,Émile"
    with pytest.raises(NoTable):
        said_by(b"\xd0\xcf\x11\xe0\x00\xff")


def test_a_table_in_an_encoding_of_other_days_is_shown_as_it_was_read_and_can_be_read_anew(
    sign_in, coordinator
):
    browser = sign_in(coordinator)

    def looked_at(**values):
        file = io.BytesIO("Rīga,Jānis Būmanis,Head,j@riga.example".encode("cp1257"))
        return browser.post("/invitations", data={"file": (file, "people.csv"), "locale": "en", **values})

    first = looked_at(encoding="cp1252").text
    assert "It was read as Western European (Windows-1252)" in first and "Jânis" in first
    assert 'name="encoding"' in first and 'name="file"' in first
    again = looked_at(encoding="").text
    assert "It was read as Baltic (Windows-1257)" in again and "Jānis Būmanis" in again
    refused = looked_at(encoding="cp1255")
    assert refused.status_code == 422 and "not in the encoding that you chose" in refused.text


@pytest.mark.parametrize("table", ["", "\n\n", "city,name,email\n", "\n".join([LINE] * (MOST_LINES + 1))])
def test_what_is_no_table_is_said_and_kept(sign_in, coordinator, table):
    browser = sign_in(coordinator)

    answer = browser.post(
        "/invitations", data={"table": table, "locale": "en", "send": "y", "note": "Kept words"}
    )

    assert answer.status_code == 422 and "Kept words" in answer.text
    assert not db.session.scalars(db.select(PlaceOffer)).all()


def test_a_file_is_looked_at_and_nobody_is_mailed(sign_in, lyon, coordinator):
    table = f"{LINE}\nLyon,=cmd|calc,Head,not an address\n"
    browser = sign_in(coordinator)

    page = browser.post(
        "/invitations",
        data={"file": (io.BytesIO(table.encode()), "people.csv"), "locale": "en", "check": "y"},
    )

    assert (
        page.status_code == 200
        and "Will be invited" in page.text
        and "This is no e-mail address" in page.text
    )
    assert "paul@lyon.example" in page.text.split("<textarea")[1]  # the next press sends it along
    assert (
        not db.session.scalars(db.select(PlaceOffer)).all()
        and not db.session.scalars(db.select(OutgoingMail)).all()
    )


def test_the_good_lines_are_invited(sign_in, lyon, sfax, coordinator):
    table = (
        f"{LINE},city_deputy,fr,Own word\nSfax,Nour Ben,Head,nour@sfax.example\nSfax,Nobody,,x@sfax.example"
    )
    browser = sign_in(coordinator)

    answer = browser.post(
        "/invitations", data={"table": table, "locale": "ar", "note": "Common word", "send": "y"}
    )

    assert answer.status_code == 303
    offers = db.session.scalars(db.select(PlaceOffer).order_by(PlaceOffer.id)).all()
    assert [(o.city, o.role, o.locale, o.note, o.by) for o in offers] == [
        (lyon, "city_deputy", "fr", "Own word", coordinator),
        (sfax, "member", "ar", "Common word", coordinator),
    ]
    mails = db.session.scalars(db.select(OutgoingMail)).all()
    assert [mail.address for mail in mails] == ["paul@lyon.example", "nour@sfax.example"]
    entry = db.session.scalars(db.select(AuditEntry).filter_by(verb="invite_many")).one()
    assert entry.facts["people"] == 2 and entry.facts["cities"] == 2
    browser.post("/invitations", data={"table": table, "locale": "ar", "note": "", "send": "y"})
    states = db.session.scalars(db.select(PlaceOffer.state).order_by(PlaceOffer.id)).all()
    assert states == ["withdrawn", "withdrawn", "open", "open"]


@pytest.mark.parametrize("role", ["city_focal_point", "facilitator", "organiser"])
def test_nobody_but_the_coordination_team_invites_into_any_city(sign_in, lyon, role):
    is_city = role.startswith("city")
    member = MemberFactory(city=lyon, role=role) if is_city else MemberFactory(city=None, team_role=role)
    browser = sign_in(member)

    assert browser.get("/invitations/new").status_code == 403
    assert browser.post("/invitations", data={"table": LINE, "send": "y"}).status_code == 403
    assert not db.session.scalars(db.select(PlaceOffer)).all()
