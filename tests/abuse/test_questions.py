"""Abuse case 28: what looks like a statement of a database or like a template is looked for as it stands, and found nowhere."""

from urllib.parse import quote

import pytest

from tests.core.test_hostile_requests import places  # noqa: F401
from tests.factories import CityFactory, MemberFactory
from tests.visits.factories import coordinator

STATEMENTS = [
    "' OR '1'='1",
    "1 OR 1=1",
    "'; SELECT 1; --",
    '" UNION SELECT name, password FROM members --',
    "1) OR (1=1",
    "\\' OR 1=1 --",
    "id; --",
    "*/ OR 1=1 /*",
]
TEMPLATES = [
    "{{ 7191*7 }}",
    "${7191*7}",
    "#{7191*7}",
    "<%= 7191*7 %>",
    "{% print(7191*7) %}",
    "%(x)s",
    "{0.__class__}",
    "%s%s%s",
]
WILDCARDS = ["%", "_", "%%", "q%o", "q_e", "\\", "\\%", "*", "?", "."]


@pytest.mark.parametrize("value", [*STATEMENTS, *TEMPLATES])
def test_no_question_is_more_than_its_words(sign_in, visitor, places, value):  # noqa: F811
    """A page answers it as it answers a word that it does not know."""
    member = sign_in(coordinator())
    for path, names in places.items():
        for name in names.split():
            answer, unknown = (member.get(f"{path}?{name}={quote(one)}") for one in (value, "zzzz"))
            assert answer.status_code == unknown.status_code, (path, name)
            assert "50337" not in answer.text, (path, name)
    assert visitor.get(f"/cities?{quote(value)}={quote(value)}").status_code == 200


@pytest.mark.parametrize("value", [*STATEMENTS, *WILDCARDS])
def test_no_sign_stands_for_every_name(sign_in, visitor, value):
    CityFactory(name="Quetzaltenango", slug="quetzaltenango")
    MemberFactory(name="Quetzal Reyes")
    member = sign_in(MemberFactory())
    assert "Quetzaltenango" in visitor.get("/cities?q=quet").text
    assert "Quetzal Reyes" in member.get("/mentions?q=@quet").text

    assert "Quetzaltenango" not in visitor.get(f"/cities?q={quote(value)}").text
    assert "Quetzal Reyes" not in member.get(f"/mentions?q=@{quote(value)}").text
