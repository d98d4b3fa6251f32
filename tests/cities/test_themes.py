from cityexchange.core.db import db
from cityexchange.themes.models import Theme
from cityexchange.themes.taxonomy import load_taxonomy
from tests.factories import CityFactory


def housing():
    load_taxonomy()
    return db.session.scalar(db.select(Theme).filter_by(key="housing"))


def test_all_themes_are_listed_by_cluster_for_everybody(visitor):
    housing()
    page = visitor.get("/themes").text
    assert page.count('href="/themes/') == 35
    assert "Arrival, status and protection" in page


def test_the_list_counts_the_cities_one_may_see(visitor):
    theme = housing()
    CityFactory().offer(theme)
    CityFactory(state="applied").offer(theme)
    assert "1 city can share experience" in visitor.get("/themes").text


def test_the_list_costs_as_much_for_many_cities(visitor, count_queries):
    theme = housing()
    visitor.get("/themes")  # what every page keeps of itself is made once
    counts = []
    for _ in range(2):
        for _ in range(5):
            CityFactory().offer(theme)
        with count_queries() as statements:
            visitor.get("/themes")
        counts.append(len(statements))
    assert counts[0] == counts[1]
