from flask import Blueprint

bp = Blueprint("cities", __name__)

from cityexchange.cities.views import assessments, directory, pages, places, themes  # noqa: E402, F401
