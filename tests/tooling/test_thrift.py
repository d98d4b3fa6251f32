"""A process loads what its settings use, and no more: seen from a fresh interpreter, as a server starts."""

import json
import os
import subprocess
import sys

import pytest

from tests.services import ROOT

pytestmark = pytest.mark.no_app
LOADED = "import json, sys, wsgi; {deeds}; print(json.dumps([name for name, module in sys.modules.items() if module]))"
PASSKEY, CITY_SIGN_IN, CALENDAR = (
    "from cityexchange.members import passkeys; passkeys.webauthn.options_to_json",
    "from cityexchange.identity.views.signing_in import exchange; exchange()",
    "from cityexchange.events.calendar import calendar_file; calendar_file('Lyon', [])",
)


def loaded(folder, deeds="pass", **settings):
    own = {
        "DATA_FOLDER": f"{folder}",
        "DATABASE_URL": f"sqlite:///{folder}/a.sqlite",
        "FILES_URL": f"{folder}/files",
    }
    left_out = {"REDIS_URL", "FLASK_RUN_FROM_CLI", "CITYEXCHANGE_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out} | own | settings
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(deeds=deeds)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


def test_folder_and_sqlite_bring_nothing_of_other_stores_nor_of_commands(tmp_path):
    heavy = {
        "boto3",
        "botocore",
        "alembic",
        "mako",
        "redis",
        "psycopg",
        "numpy",
        "py3langid",
        "requests",
        "rich",
        "moto",
        "authlib",
        "joserfc",
        "webauthn",
        "icalendar",
    }

    assert loaded(tmp_path) & heavy == set()


def test_each_is_there_where_the_settings_use_it(tmp_path):
    names = loaded(
        tmp_path,
        DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/none",
        REDIS_URL="redis://127.0.0.1:1/0",
        FILES_URL="s3://bucket",
        FLASK_RUN_FROM_CLI="true",
        AWS_DEFAULT_REGION="eu-west-3",
    )

    assert names >= {"boto3", "alembic", "redis", "psycopg"}


@pytest.mark.parametrize(
    "deed, library", [(PASSKEY, "webauthn"), (CITY_SIGN_IN, "authlib"), (CALENDAR, "icalendar")]
)
def test_what_only_some_deeds_need_is_there_for_them(tmp_path, deed, library):
    assert library in loaded(tmp_path, deed)
