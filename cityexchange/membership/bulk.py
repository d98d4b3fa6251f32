"""Many people invited at once from a table: every line is looked at first, and its fate is said before anybody gets a mail.

A line: city, name, function, e-mail address, and as one likes role, language, a word to them. With headings in any order,
without in this one.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from cityexchange.cities.domains import city_of_address
from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.addresses import NoAddress, compared_address, normal_address
from cityexchange.core.db import db
from cityexchange.core.files.encodings import NOBODY_SAID, Decoded, Named, OtherEncoding, decoded
from cityexchange.core.i18n import LOCALES
from cityexchange.core.named import is_called
from cityexchange.core.one_line import is_line, line_of
from cityexchange.members.imitation import fault_of
from cityexchange.members.models import CITY_ROLES, Member
from cityexchange.members.seats import seat_of_address
from cityexchange.membership.models import verified_domains
from cityexchange.membership.offers import PlaceOffer, open_offers

LONGEST_TABLE = 500_000
"""Characters."""
MOST_LINES = 1_000
COLUMNS = ("city", "name", "job_title", "email", "role", "locale", "note")
LONGEST = {"name": 120, "job_title": 160, "email": 254, "note": 1000}
HEADINGS = {
    "function": "job_title", "job title": "job_title", "e-mail": "email", "address": "email", "mail": "email",
    "language": "locale", "word": "note", "message": "note",
    "ville": "city", "nom": "name", "fonction": "job_title", "courriel": "email", "rôle": "role", "langue": "locale", "mot": "note",
    "ciudad": "city", "nombre": "name", "cargo": "job_title", "correo": "email", "rol": "role", "idioma": "locale", "nota": "note",
    "город": "city", "имя": "name", "должность": "job_title", "эл. почта": "email", "роль": "role", "язык": "locale",
    "المدينة": "city", "الاسم": "name", "الوظيفة": "job_title", "البريد": "email", "الدور": "role", "اللغة": "locale",
    "城市": "city", "姓名": "name", "职务": "job_title", "邮箱": "email", "角色": "role", "语言": "locale",
}  # fmt: skip
"""Other headings than the names of COLUMNS, as people write them."""
GOOD = ("new", "again")
"""Fates of lines that are sent."""


class NoTable(ValueError):
    """What was sent in is no table of people: `str()` is empty, too_long, other_encoding or unreadable."""


@dataclass
class Line:
    """One line of the table and what will become of it; `fate` is a key of membership/labels.py FATES."""

    number: int
    said: dict[str, str]
    city: City | None = None
    fate: str = "new"
    is_outside: bool = field(default=False)
    """Of another domain than the city's own: the coordination team answers for it."""

    @property
    def is_good(self) -> bool:
        return self.fate in GOOD

    def invite(self, by: Member, locale: str, note: str) -> PlaceOffer:
        assert self.city is not None  # a good line has one
        values = {name: line_of(self.said[name]) for name in ("name", "job_title", "email")}
        return PlaceOffer.make(
            self.city,
            by,
            **values,
            role=self.said["role"],
            category="local_authority",
            locale=self.said["locale"] or locale,
            note=self.said["note"] or note,
        )


def said_by(data: bytes, how: Named = NOBODY_SAID) -> Decoded:
    """As spreadsheets save tables: UTF-8, UTF-16, or one of the encodings of other days. NoTable for anything else."""
    try:
        said = decoded(data, True, how)
    except OtherEncoding as problem:
        raise NoTable("other_encoding") from problem
    if said is None:
        raise NoTable("unreadable")
    return said


def read(text: str) -> list[Line]:
    """The lines of a table; empty ones are left out. NoTable where there are none, or too many."""
    if "\0" in text:
        raise NoTable("unreadable")
    stripped = [[cell.strip() for cell in row] for row in _rows_of(text.removeprefix("\ufeff"))]
    filled = [(number, row) for number, row in enumerate(stripped, 1) if any(row)]
    names = COLUMNS
    if filled and (headings := _headings(filled[0][1])):
        names, filled = headings, filled[1:]
    if not filled:
        raise NoTable("empty")
    if len(filled) > MOST_LINES:
        raise NoTable("too_long")
    return [Line(number, _said(names, row)) for number, row in filled]


def _rows_of(text):
    """Lines end as on any machine, also with a lone carriage return as old spreadsheets on a Mac write them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return list(csv.reader(io.StringIO(plain), delimiter=_delimiter_of(plain)))
    except csv.Error:
        raise NoTable("unreadable") from None


def _delimiter_of(text):
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _headings(row):
    """The columns by their headings, or () where the first line is a person's."""
    named = tuple(HEADINGS.get(cell.lower(), cell.lower()) for cell in row)
    return named if {"city", "name", "email"} <= set(named) else ()


def _said(names, row):
    said = dict.fromkeys(COLUMNS, "") | {
        name: cell for name, cell in zip(names, row, strict=False) if name in COLUMNS
    }
    said["email"] = compared_address(said["email"])
    said["role"] = said["role"].lower() or "member"
    said["locale"] = said["locale"].lower()
    return said


def judge(lines: list[Line]) -> list[Line]:
    """Says of each line what would become of it, in the order in which it would be noticed."""
    seen: set[str] = set()
    for line in lines:
        line.city = _city_of(line.said["city"])
        line.fate = next((fate for fate, is_so in CHECKS.items() if is_so(line)), "new")
        if line.is_good and line.said["email"] in seen:
            line.fate = "twice"
        if line.is_good:
            seen.add(line.said["email"])
            line.is_outside = (
                bool(verified_domains(line.city)) and city_of_address(line.said["email"]) != line.city
            )
    return lines


def _city_of(name):
    """By its name, or by the last part of its address here, which tells cities of one name apart."""
    there = select(City).where(City.state.not_in(("draft", "left")))
    named = db.session.scalars(there.where(is_called(City, name))).all()
    return named[0] if len(named) == 1 else db.session.scalar(there.where(City.slug == name))


def _is_no_address(line):
    try:
        normal_address(line.said["email"])
    except NoAddress:
        return True
    return False


def _is_too_long(line):
    return any(len(line.said[name]) > most for name, most in LONGEST.items())


def _seat_of(line):
    return seat_of_address(line.said["email"])


def _is_another_city(line):
    owner = city_of_address(line.said["email"])
    return owner is not None and owner != line.city


def _cannot_come(line):
    state = db.session.scalar(select(Member.state).filter_by(email=line.said["email"]))
    return state in ("locked", "deactivated", "anonymised")


CHECKS: dict[str, Callable[[Line], bool]] = {
    "no_name": lambda line: not line.said["name"] or not line.said["job_title"],
    "odd_name": lambda line: fault_of(line.said["name"]) is not None,
    "odd_function": lambda line: not is_line(line.said["job_title"]),
    "too_long": _is_too_long,
    "no_address": _is_no_address,
    "no_city": lambda line: line.city is None,
    "no_role": lambda line: line.said["role"] not in CITY_ROLES,
    "no_language": lambda line: line.said["locale"] not in ("", *LOCALES),
    "cannot_come": _cannot_come,
    "there": lambda line: (seat := _seat_of(line)) is not None and seat.city_id == line.city.id,
    "elsewhere": lambda line: _seat_of(line) is not None,
    "other_domain": _is_another_city,
    "again": lambda line: line.said["email"] in {offer.email for offer in open_offers(line.city)},
}


def invite_all(lines: list[Line], by: Member, locale: str, note: str) -> list[PlaceOffer]:
    cities = {line.city for line in lines}
    audit.record("invite_many", people=len(lines), cities=len(cities))
    return [line.invite(by, locale, note) for line in lines]


def good(lines: list[Line]) -> Iterator[Line]:
    return (line for line in lines if line.is_good)
