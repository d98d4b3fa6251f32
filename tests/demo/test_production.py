import contextvars

import pytest

from cityexchange.app import create_app
from cityexchange.core.db import db
from config import ProductionConfig, TestConfig, insist_on_production_settings
from tests.factories import MemberFactory


def settings(uri, folder, **changes):
    values = {
        "SQLALCHEMY_DATABASE_URI": uri,
        "DATA_FOLDER": str(folder),
        "FILES_URL": str(folder),
        "SECRET_KEY": "x" * 40,
        "BASE_URL": "https://exchange.example.org",
        "REDIS_URL": None,
        "MAIL_URL": None,
    }
    return type("Settings", (ProductionConfig,), values | changes)


def test_production_refuses_demo_accounts(app, tmp_path):
    uri = app.config["SQLALCHEMY_DATABASE_URI"]
    MemberFactory()
    db.session.commit()
    create_app(settings(uri, tmp_path))

    MemberFactory(is_illustrative=True)
    db.session.commit()

    with pytest.raises(SystemExit, match="illustrative"):
        create_app(settings(uri, tmp_path))


def test_production_refuses_to_load_the_demo(app, tmp_path):
    production = create_app(settings(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path))

    # In a context of its own, or the command would find the test's application, where the demo is allowed.
    result = contextvars.Context().run(production.test_cli_runner().invoke, args=["demo", "load"])

    assert result.exit_code == 1
    assert "not for production" in result.output


def test_the_demo_needs_an_empty_database(app):
    MemberFactory()
    db.session.commit()

    result = app.test_cli_runner().invoke(args=["demo", "load"])

    assert result.exit_code == 1
    assert "empty database" in result.output


@pytest.mark.no_app
@pytest.mark.parametrize(
    ("key", "url", "word"),
    [
        ("", "https://a.example", "SECRET_KEY"),
        ("short", "https://a.example", "SECRET_KEY"),
        ("x" * 40, "", "BASE_URL"),
    ],
)
def test_production_says_which_setting_is_missing(key, url, word):
    with pytest.raises(SystemExit, match=word):
        insist_on_production_settings(type("Settings", (TestConfig,), {"SECRET_KEY": key, "BASE_URL": url}))
