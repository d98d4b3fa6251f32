"""Home: the landing page of visitors, the start page of members, and the papers every site owes its readers."""

from cityexchange.home import views


def init_app(app):
    views.init_app(app)
