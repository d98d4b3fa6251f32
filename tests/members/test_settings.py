import re
from datetime import timedelta

import pytest
from flask_security.utils import hash_password

from cityexchange.core.db import db, utcnow
from cityexchange.members.models import SignInSession
from cityexchange.members.views import settings
from tests.factories import MemberFactory

GOOD = {
    "name": "Ana Ruiz",
    "job_title": "Officer",
    "locale": "es",
    "languages-0-code": "es",
    "languages-0-level": "fluent",
    "languages-1-code": "pt",
    "languages-1-level": "reads",
    "timezone": "Europe/Madrid",
}
NEW = "another long one"


def test_a_member_chooses_language_and_zone(sign_in):
    ana = MemberFactory()
    browser = sign_in(ana)

    assert browser.post("/settings", data=GOOD).status_code == 303

    assert (ana.locale, ana.timezone) == ("es", "Europe/Madrid")
    assert ana.languages == {"es": "fluent", "pt": "reads"} and ana.languages_read == ["es", "pt"]
    assert '<html lang="es"' in browser.get("/settings").text


def test_nonsense_is_sent_back_with_what_was_typed(sign_in):
    ana = MemberFactory(name="Ana")

    response = sign_in(ana).post("/settings", data={**GOOD, "timezone": "Mars/Olympus"})

    assert response.status_code == 422
    assert "Ana Ruiz" in response.text
    assert ana.name == "Ana"


def test_what_the_form_does_not_offer_cannot_be_set(sign_in):
    ana = MemberFactory()

    sign_in(ana).post(
        "/settings", data={**GOOD, "team_role": "admin", "state": "locked", "email": "x@y.example"}
    )

    assert (ana.team_role, ana.state) == (None, "active")
    assert ana.email != "x@y.example"


def change(browser, current):
    return browser.post("/settings/password", data={"current": current, "password": NEW, "again": NEW})


def test_a_new_password_signs_out_every_other_browser(sign_in):
    ana = MemberFactory(password=hash_password("the old password"))
    here, there = sign_in(ana), sign_in(ana)

    assert change(here, "the old password").status_code == 303

    assert here.get("/settings").status_code == 200
    assert there.get("/settings").status_code == 302


def test_the_current_password_is_asked_for(sign_in):
    ana = MemberFactory(password=hash_password("the old password"))
    before = ana.password

    assert change(sign_in(ana), "guessed").status_code == 422

    assert ana.password == before


def test_one_signs_out_elsewhere_with_one_press(sign_in):
    ana = MemberFactory()
    here, there = sign_in(ana), sign_in(ana)
    ids = list(db.session.scalars(db.select(SignInSession.id).order_by(SignInSession.id)))

    here.post(f"/settings/sign-ins/{ids[1]}/end")

    assert there.get("/settings").status_code == 302
    assert here.get("/settings").status_code == 200


def test_nobody_ends_the_sign_in_of_another(sign_in):
    ana, ben = MemberFactory(), MemberFactory()
    browser = sign_in(ana)
    id = db.session.scalar(db.select(SignInSession.id))

    assert sign_in(ben).post(f"/settings/sign-ins/{id}/end").status_code == 404

    assert browser.get("/settings").status_code == 200


def test_many_browsers_are_shown_in_pages_with_the_last_seen_first(sign_in, monkeypatch):
    monkeypatch.setattr(settings, "LINES", 2)
    ana = MemberFactory()
    here = sign_in(ana)
    for n in range(3):
        SignInSession.begin(ana, f"Browser {n}")[0].seen_at = utcnow() - timedelta(days=n + 1)
    first = here.get("/settings/sign-in").text
    assert "This browser" in first and "Browser 0" in first and "Browser 1" not in first
    on = re.search(r'rel="next" href="(/settings/sign-in\?after=\d+)#sign-ins"', first)[1]
    second = here.get(on).text
    assert "Browser 1" in second and "Browser 2" in second and "Browser 0" not in second
    # A form that comes back stands at another address, but the way on does not.
    assert 'href="/settings/sign-in?after=' in change(here, "wrong").text


# ---- the order of one's languages ----

THREE = GOOD | {"languages-2-code": "ar", "languages-2-level": "works"}


def lines_in(page):
    """[(language, level)] as the form shows them."""
    codes, levels = (
        re.findall(rf'<select[^>]* name="languages-\d+-{name}".*?</select>', page, re.DOTALL)
        for name in ("code", "level")
    )
    chosen = [re.search(r'<option selected[^>]* value="([^"]*)"', one) for one in [*codes, *levels]]
    values = [one.group(1) if one else "" for one in chosen]
    lines = list(zip(values[: len(codes)], values[len(codes) :], strict=True))
    return [line for line in lines if line[0]]


@pytest.mark.parametrize(
    ("press", "order"),
    [
        ("1-up", ["pt", "es", "ar"]),
        ("0-down", ["pt", "es", "ar"]),
        ("2-up", ["es", "ar", "pt"]),
        ("1-down", ["es", "ar", "pt"]),
        ("0-up", ["es", "pt", "ar"]),
        ("9-down", ["es", "pt", "ar"]),
    ],
)
def test_a_button_moves_a_language_with_its_level_and_nothing_is_kept_yet(sign_in, press, order):
    ana = MemberFactory(name="Ana")
    answer = sign_in(ana).post("/settings", data=THREE | {"move": press, "job_title": "Kept words"})
    levels = {"es": "fluent", "pt": "reads", "ar": "works"}

    assert answer.status_code == 200 and "Kept words" in answer.text
    assert lines_in(answer.text) == [(code, levels[code]) for code in order]
    assert ana.languages == {"en": "reads"} and ana.name == "Ana"


def test_the_order_is_kept_when_the_form_is_saved(sign_in):
    ana = MemberFactory()
    browser = sign_in(ana)
    moved = browser.post("/settings", data=THREE | {"move": "2-up"}).text
    fields = {
        f"languages-{number}-{name}": value
        for number, line in enumerate(lines_in(moved))
        for name, value in zip(("code", "level"), line, strict=True)
    }
    assert browser.post("/settings", data=GOOD | fields).status_code == 303
    db.session.expire(ana)
    assert list(ana.languages) == ["es", "ar", "pt"]
    assert [line[0] for line in lines_in(browser.get("/settings").text)] == ["es", "ar", "pt"]


@pytest.mark.parametrize("press", ["up", "-up", "1-sideways", "1e9-up", "999-up", "٢-up", "-1-up"])
def test_a_button_that_we_did_not_make_moves_nothing(sign_in, press):
    answer = sign_in(MemberFactory()).post("/settings", data=THREE | {"move": press, "timezone": "Mars"})
    assert answer.status_code in (200, 422)
    assert [line[0] for line in lines_in(answer.text)] in (["es", "pt", "ar"], ["es", "ar", "pt"])


def test_enter_saves_and_moves_nothing(sign_in):
    """The first button of a form is the one that Enter presses."""
    page = sign_in(MemberFactory(languages_read=["fr", "en"])).get("/settings").text
    form = page.split('action="/settings"')[1]
    assert "name=" not in re.search(r'<button[^>]*type="submit"[^>]*>', form).group(0)


def test_the_first_cannot_go_up_and_the_last_cannot_go_down(sign_in):
    page = sign_in(MemberFactory(languages_read=["fr", "en", "ar"])).get("/settings").text
    assert re.findall(r'name="move" value="([^"]*)"', page) == ["0-down", "1-up", "1-down", "2-up"]
