"""What servers of the tests begin with, made once in a whole run: each test then has a copy of its own.

Migrations and the illustrative community cost five seconds of CPU, and every parallel process needs them. The first
that asks makes them, the others wait; where they lie is told to all processes through the environment.

    server = LiveServer(folder, database_with(community, "live", folder))

A plugin of tests/conftest.py.
"""

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from tests.services import LiveServer
from tests.session import new_database

PLACE = "CITYEXCHANGE_TEST_PREPARED"
_ours = None


def nobody(folder, url):
    """All tables, and nothing in them."""
    LiveServer(folder, url).prepare()


def community(folder, url):
    """The illustrative community."""
    LiveServer(folder, url).prepare().flask("demo", "load")


def database_with(make, name, folder):
    """The URL of a new database as `make(folder, url)` fills one. What that leaves in the data folder is copied too."""
    place = Path(os.environ[PLACE], make.__name__)
    with _alone(place):
        url = _made_once(make, place)
    shutil.copytree(place / "data", folder, dirs_exist_ok=True)
    return new_database(name, folder, like=url)


def _made_once(make, place):
    stamp = place / "url"
    if not stamp.exists():
        shutil.rmtree(place, ignore_errors=True)  # what somebody left who failed half way
        (place / "data").mkdir(parents=True)
        url = new_database(f"prepared_{make.__name__}", place)
        make(place / "data", url)
        made_files(place / "data")
        stamp.write_text(url)
    return stamp.read_text()


def share_made_files(folder):
    """What the application of this process would make in its data folder, it finds made by the process that needed it first."""
    from cityexchange.core import made_files  # only here: a plugin is loaded before the application may be

    make = made_files._make

    def find_or_make(path, program, arguments):
        if path.parent != Path(folder):
            return make(path, program, arguments)
        shared = Path(os.environ[PLACE], "made", path.name)
        with _alone(shared.parent):
            if not shared.exists():
                make(shared, program, arguments)
        shutil.copy(shared, path)

    made_files._make = find_or_make


def share_templates(app):
    """Each template is compiled by the process that draws it first."""
    folder = Path(os.environ[PLACE], "templates")
    folder.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))


def made_files(folder):
    """Puts what the application makes once of its libraries into a data folder: else each server makes it as it starts, for
    seconds of CPU."""
    place = Path(os.environ[PLACE], "made")
    with _alone(place):
        _keep_made_files(place)
    for path in place.iterdir():
        shutil.copy(path, folder)


def _keep_made_files(folder):
    from cityexchange.cities import register
    from cityexchange.core.i18n import LOCALES
    from cityexchange.languages.detection import TOLD_APART
    from cityexchange.languages.detection.model_cache import model_file

    model_file(folder, TOLD_APART).close()
    register.register_file(folder, tuple(LOCALES)).close()


@contextmanager
def _alone(place):
    with open(f"{place}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def pytest_configure():
    global _ours
    if PLACE not in os.environ:
        os.environ[PLACE] = _ours = tempfile.mkdtemp(prefix="cityexchange-prepared-")


def pytest_unconfigure():
    global _ours
    if _ours:
        shutil.rmtree(_ours, ignore_errors=True)
        del os.environ[PLACE]
        _ours = None
