import gzip

import brotli
import pytest
from flask import Flask

from cityexchange.core import assets

pytestmark = pytest.mark.no_app


@pytest.fixture
def folder(tmp_path):
    static = tmp_path / "static"
    for name, text in {
        "css/tokens.css": ":root { --ink: #000; } /* of the\n house */",
        "css/base.css": "body { margin: 0; }",
        "css/layout.css": ".page { margin: 0; }",
        "css/components/badge.css": ".badge { margin: 0; }",
        "css/components/card.css": ".card { margin: 0; }",
        "js/app.js": "import './lib/socket.js'\n" * 20,
        "js/lib/socket.js": "export const line = 1",
    }.items():
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        (static / name).write_text(text)
    (tmp_path / "secret.txt").write_text("not for browsers")
    return static


@pytest.fixture
def app(folder):
    app = Flask("cityexchange", static_folder=None)
    app.config["STATIC_FOLDER"] = str(folder)
    assets.init_app(app)
    return app


@pytest.fixture
def browser(app):
    return app.test_client()


def address(app, name):
    with app.app_context():
        return assets.asset(name)


def test_a_versioned_file_is_kept_for_a_year(app, browser):
    response = browser.get(address(app, "js/app.js"))
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.mimetype == "text/javascript"


def test_an_unversioned_or_outdated_address_is_asked_again_each_time(browser):
    for path in ("/static/js/app.js", "/static/v-0123456789ab/js/app.js"):
        response = browser.get(path)
        assert response.headers["Cache-Control"] == "no-cache"
        again = browser.get(path, headers={"If-None-Match": response.headers["ETag"]})
        assert (response.status_code, again.status_code, again.data) == (200, 304, b"")


def test_modules_import_each_other_inside_one_version(app, browser):
    folder = address(app, "js/app.js").rpartition("/")[0]
    assert browser.get(f"{folder}/lib/socket.js").headers["Cache-Control"] == assets.FOREVER


def test_the_version_follows_every_byte_of_the_tree(folder):
    before = assets.Tree(folder).version
    (folder / "js/lib/socket.js").write_text("export const line = 2")
    assert assets.Tree(folder).version != before


def test_the_stylesheet_is_all_files_in_order_without_comments(app, browser):
    sheet = browser.get("/static/css/site.css").get_data(as_text=True)
    places = [sheet.index(rule) for rule in ("--ink", "body", ".page", ".badge", ".card")]
    assert places == sorted(places)
    assert "of the" not in sheet and "/*" not in sheet


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_each_browser_hears_the_encoding_it_knows(browser, folder, accepts, encoding, unpack):
    response = browser.get("/static/js/app.js", headers={"Accept-Encoding": accepts})
    assert response.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in response.headers["Vary"]
    assert unpack(response.data) == (folder / "js/app.js").read_bytes()


def test_each_encoding_has_a_tag_of_its_own(browser):
    tags = [
        browser.get("/static/js/app.js", headers={"Accept-Encoding": e}).headers["ETag"]
        for e in ("br", "gzip", "")
    ]
    assert len(set(tags)) == 3


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.txt",
        "/static/%2e%2e/secret.txt",
        "/static/v-0123456789ab/../../secret.txt",
        "/static/js/..%2f..%2f..%2fsecret.txt",
        "/static//etc/passwd",
        "/static/js",
        "/static/",
    ],
)
def test_no_address_climbs_out_of_the_folder(browser, path):
    assert browser.get("/static/js/app.js").status_code == 200
    assert browser.get(path).status_code in {404, 308}
    assert b"not for browsers" not in browser.get(path, follow_redirects=True).data


def test_hidden_files_and_source_maps_stay_at_home(folder):
    (folder / ".env").write_text("secret")
    (folder / "js/app.js.map").write_text("{}")
    assert not {".env", "js/app.js.map"} & set(assets.Tree(folder).paths)


def test_files_fetched_into_a_linked_folder_are_part_of_the_tree(folder, tmp_path):
    (tmp_path / "fetched").mkdir()
    (tmp_path / "fetched/htmx.min.js").write_text("htmx")
    (folder / "vendor").symlink_to(tmp_path / "fetched")
    assert "vendor/htmx.min.js" in assets.Tree(folder).paths


def test_in_development_a_changed_file_is_read_again(app, browser, folder):
    app.config["TEMPLATES_AUTO_RELOAD"] = True
    before = address(app, "css/site.css")
    (folder / "css/components/new.css").write_text(".new { margin: 0; }")
    assert address(app, "css/site.css") != before
    assert b".new" in browser.get("/static/css/site.css").data


def test_in_production_files_are_read_once(app, folder):
    before = address(app, "css/site.css")
    (folder / "css/components/new.css").write_text(".new { margin: 0; }")
    assert address(app, "css/site.css") == before
