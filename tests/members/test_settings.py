import re
from datetime import timedelta

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
