"""What the weekly page costs does not grow with the community."""

from sqlalchemy import select

from cityexchange.cities.models import City, Interest
from cityexchange.core.db import db
from tests.factories import MemberFactory
from tests.forums.test_growth import BESIDE, MOST, a_dense_volume, efforts, fill, first_theme

assert a_dense_volume, "a fixture: few cities and themes, so that there is much of each"


def test_the_weekly_page_costs_the_same_in_a_larger_community(sign_in):
    found = []
    for topics in (600, 2_400):
        fill(topics)
        reader = MemberFactory(city=db.session.scalars(select(City).order_by(City.id)).first(), locale="fr")
        sides = [
            Interest(city_id=reader.city.id, theme=first_theme(), side=side) for side in ("offer", "need")
        ]
        db.session.add_all(sides)
        browser = sign_in(reader)
        assert browser.get("/digest").text.count('class="row"') >= 2
        found.append(efforts(browser, ("/digest",))["/digest"])

    few, many = found
    assert many <= MOST * few + BESIDE
