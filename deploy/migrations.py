"""Fails when the migrations, from empty, do not make exactly what the models say."""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

with tempfile.TemporaryDirectory() as folder:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/check.sqlite"
    os.environ["CITYEXCHANGE_ENV"] = "test"

    from flask_migrate import check, upgrade

    from cityexchange.core import migrating
    from wsgi import app

    migrating.init_app(app)
    with app.app_context():
        upgrade()
        check()
