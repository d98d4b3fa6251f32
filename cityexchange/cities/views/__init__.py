from cityexchange.cities.views import assessments, directory, pages, places, themes  # noqa: F401
from cityexchange.cities.views.blueprint import bp

__all__ = ["bp"]
