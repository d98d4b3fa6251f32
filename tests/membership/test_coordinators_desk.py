"""The coordinator's desk: who waits for a place and why, and what a city that applied lacks still."""

import io
from datetime import timedelta

from cityexchange.core.db import db, utcnow
from cityexchange.members import panels
from cityexchange.members.joining import JoinRequest
from cityexchange.membership.models import CityApplication
from tests.factories import MemberFactory
from tests.membership.steps import CITY_FORM
from tests.membership.test_letters import PDF


def request(name, days, city=None, **values):
    asked = JoinRequest(
        name=name,
        email=values.pop("email", f"{name.lower()}@elsewhere.example"),
        job_title="Officer",
        city=city,
        city_name=city.name if city else "Atlantis",
        password="x",
        **{"state": "waiting"} | values,
    )
    asked.created_at = utcnow() - timedelta(days=days)
    db.session.add(asked)
    db.session.flush()
    return asked


def lines(browser):
    part = browser.get("/desk").text.split('id="requests"')[1].split("</section>")[0]
    return part.split('<li class="row">')[1:]


def test_the_desk_lists_who_waits_the_longest_first(lyon, sign_in, coordinator):
    request("Yara", 1, lyon, email="yara@lyon.example")
    request("Xenia", 9, lyon)
    request("Zoe", 5)
    request("Gone", 5, lyon, state="declined")
    request("Unproven", 5, lyon, state="unconfirmed")
    xenia, zoe, yara = lines(sign_in(coordinator))

    assert "Xenia" in xenia and "<bdi>Lyon</bdi>" in xenia and "<time" in xenia
    assert "no domain of the city" in xenia and "No letter yet" in xenia and "No city found" not in xenia
    assert "Zoe" in zoe and "Atlantis" in zoe and "No city found" in zoe
    assert "Yara" in yara and "domain" not in yara and "letter" not in yara


def test_a_letter_that_came_is_no_more_missed(lyon, visitor, sign_in, coordinator, mails):
    asked = {"name": "Zoe", "email": "zoe@elsewhere.example", "job_title": "Officer", "city_name": "Lyon"}
    visitor.post("/join", data=asked | dict.fromkeys(("password", "again"), "a long enough one"))
    visitor.post("/join/code", data={"code": mails()[-1].facts["code"]})
    assert "No letter yet" in lines(sign_in(coordinator))[0]

    visitor.post("/join/waiting", data={"letter": (io.BytesIO(PDF), "letter.pdf")})

    assert "No letter yet" not in lines(sign_in(coordinator))[0]


def test_it_is_no_longer_than_other_panels(lyon, sign_in, coordinator, monkeypatch):
    monkeypatch.setattr(panels, "MOST", 2)
    for n in range(3):
        request(f"Zoe{n}", 9 - n, lyon)

    assert [f"Zoe{n}" in line for n, line in enumerate(lines(sign_in(coordinator)))] == [True, True]


def test_nobody_waits(sign_in, coordinator):
    page = sign_in(coordinator).get("/desk").text

    assert "Nobody waits for a place." in page
    assert sign_in(MemberFactory(role="city_focal_point")).get("/desk").status_code == 403


def test_an_application_says_what_the_city_lacks(visitor, sign_in, coordinator, mails):
    visitor.post("/cities/apply", data=CITY_FORM)
    visitor.post("/cities/apply/code", data={"code": mails()[-1].facts["code"]})
    path = f"/city-applications/{db.session.scalar(db.select(CityApplication.id))}"
    desk = sign_in(coordinator)
    before = desk.get(path).text
    for words in (
        "A focal point who",
        "A deputy focal point who",
        "A verified e-mail domain",
        "The accepted charter",
    ):
        assert words in before

    desk.post(f"{path}/accept", data={"reason": "Called the town hall."})

    after = desk.get(path).text
    assert "A deputy focal point who" in after and "The accepted charter" not in after
