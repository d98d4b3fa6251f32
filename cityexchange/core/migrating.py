"""`flask --app wsgi db ...`. Loaded by commands only: Alembic and what it brings take 12 MB."""

from flask_migrate import Migrate

from cityexchange.core.db import db


def init_app(app):
    Migrate(app, db, directory=f"{app.root_path}/migrations", render_as_batch=True, compare_type=True)
