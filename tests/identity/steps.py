from urllib.parse import parse_qs, urlsplit

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.members.models import SignInSession


def go(browser, there, slug="lyon", claims=None, **way):
    """To the provider and back: the query with which the browser comes home."""
    answer = browser.get(f"/sign-in/city/{slug}", query_string=way)
    assert answer.status_code == 302
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}
    there.expect(asked["nonce"], **({"email": "claire@lyon.example"} | (claims or {})))
    return {"state": asked["state"], "code": f"code-{asked['state'][:8]}"}


def come_home(browser, back, slug="lyon"):
    return browser.post(f"/sign-in/city/{slug}/return", data=back)


def sign_in(browser, there, **facts):
    return come_home(browser, go(browser, there, **facts))


def sessions_of(member):
    return db.session.scalar(
        db.select(db.func.count()).select_from(SignInSession).filter_by(member_id=member.id, ended_at=None)
    )


def refused(answer, member, sessions=0):
    assert answer.status_code == 422, answer.location
    assert "You are not signed in" in answer.text
    assert sessions_of(member) == sessions
    assert db.session.scalar(db.select(AuditEntry.id).filter_by(verb="sign_in_by_city", outcome="refused"))
