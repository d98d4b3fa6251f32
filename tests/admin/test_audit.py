"""The audit: who may read it, how it is narrowed, and that taking it away is an act as well."""

import csv
import io
from datetime import timedelta

import pytest

from cityexchange.core import audit
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from tests.factories import MemberFactory


@pytest.fixture
def coordinator(app):
    return MemberFactory(city=None, team_role="coordinator", name="Cora")


@pytest.fixture
def entries(coordinator):
    other = MemberFactory()
    db.session.execute(db.delete(AuditEntry))
    audit.record("suspend", other, actor_id=coordinator.id, days=3)
    audit.record("sign_in", outcome="refused", status=422)
    audit.record("lift_suspension", other, actor_id=other.id).at = utcnow() - timedelta(days=40)
    db.session.flush()
    return other


def verbs_on(page):
    return {
        verb
        for verb in ("suspend", "sign_in", "lift_suspension")
        if f"<td><code>{verb}</code></td>" in page.text
    }


def test_the_team_reads_who_did_what(entries, coordinator, sign_in):
    page = sign_in(coordinator).get("/desk/audit")

    assert verbs_on(page) == {"suspend", "sign_in", "lift_suspension"} and "Cora" in page.text


def test_who_has_left_is_named_as_such(entries, coordinator, sign_in):
    entries.name = ""
    page = sign_in(coordinator).get("/desk/audit").text

    assert "<bdi>Former member</bdi>" in page and "<bdi></bdi>" not in page


@pytest.mark.parametrize("path", ["/desk", "/desk/audit"])
def test_nobody_else_does(entries, sign_in, visitor, path):
    for member in (MemberFactory(role="city_focal_point"), MemberFactory(city=None, team_role="facilitator")):
        assert sign_in(member).get(path).status_code == 403
        assert sign_in(member).post("/desk/audit.csv").status_code == 403
    assert visitor.get(path).status_code == 302


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("verb=suspend", {"suspend"}),
        ("outcome=refused", {"sign_in"}),
        ("record_type=Member", {"suspend", "lift_suspension"}),
        ("since=2020-01-01&outcome=done", {"suspend", "lift_suspension"}),
        ("until=2020-01-01", set()),
        ("until=9999-12-31&since=0001-01-01", {"suspend", "sign_in", "lift_suspension"}),
        ("actor=x&since=nonsense", {"suspend", "sign_in", "lift_suspension"}),
    ],
)
def test_it_is_narrowed(entries, coordinator, sign_in, query, verbs):
    assert verbs_on(sign_in(coordinator).get(f"/desk/audit?{query}")) == verbs


def test_a_day_is_in_it_to_its_end(entries, coordinator, sign_in):
    old = (utcnow() - timedelta(days=40)).date()
    browser = sign_in(coordinator)

    assert verbs_on(browser.get(f"/desk/audit?since={old}&until={old}")) == {"lift_suspension"}
    assert verbs_on(browser.get(f"/desk/audit?actor={entries.id}")) == {"lift_suspension"}


def test_the_table_holds_what_was_chosen_and_stands_in_the_audit(entries, coordinator, sign_in):
    answer = sign_in(coordinator).post("/desk/audit.csv", data={"verb": "suspend"})

    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [line["verb"] for line in lines] == ["suspend"] and answer.headers["Cache-Control"] == "no-store"
    assert db.session.scalar(db.select(AuditEntry.actor_id).filter_by(verb="export_audit")) == coordinator.id
