import pytest

from cityexchange.app import create_app
from cityexchange.core import migrating
from cityexchange.core.db import db
from config import TestConfig
from tests.session import new_database


@pytest.fixture
def fresh(tmp_path):
    """An application on an empty database of its own."""

    class Settings(TestConfig):
        DATA_FOLDER = str(tmp_path)
        SQLALCHEMY_DATABASE_URI = new_database("migrations", tmp_path)

    app = create_app(Settings)
    migrating.init_app(app)
    # Other tests of this process may have brought models of their own.
    app.extensions["migrate"].configure_args["include_object"] = lambda item, name, kind, *_: (
        kind != "table" or not name.startswith("test_")
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
