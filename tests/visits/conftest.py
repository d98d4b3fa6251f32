import pytest

from tests.factories import MemberFactory
from tests.visits.factories import coordinator, host_team, reviewed_visit


@pytest.fixture
def people():
    """One of each who meets a visit, by role; `host_official` made the offer."""
    offerer, focal_point = host_team()
    applicant = MemberFactory()
    return {
        "host_official": offerer,
        "host_focal_point": focal_point,
        "host_colleague": MemberFactory(city=offerer.city),
        "coordinator": coordinator(),
        "admin": MemberFactory(city=None, team_role="admin"),
        "applicant": applicant,
        "applicant_focal_point": MemberFactory(city=applicant.city, role="city_focal_point"),
        "applicant_colleague": MemberFactory(city=applicant.city),
        "stranger": MemberFactory(),
        "seatless": MemberFactory(city=None),
    }


@pytest.fixture
def visit(people):
    """Reviewed, endorsed, its call open."""
    visit = reviewed_visit(people["host_official"], people["host_focal_point"])
    visit.open_call(people["coordinator"])
    return visit
