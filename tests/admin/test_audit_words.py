"""What stands in the audit may outlive an account: keys and numbers, never what somebody typed."""

import pytest

from cityexchange.core import audit
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from tests.factories import MemberFactory


def test_how_it_was_made_sure_is_told_to_the_person_and_not_kept_in_the_audit(app, sign_in):
    lieve, admin = MemberFactory(), MemberFactory(city=None, team_role="admin")
    said = "Called Lieve Verbruggen, whose mother is Greet"
    sign_in(admin).post(f"/members/{lieve.id}/factors/reset", data={"reason": said})

    mail = db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    assert mail.member_id == lieve.id and said in compose(mail).text
    entry = db.session.scalars(db.select(AuditEntry).filter_by(verb="reset_factors")).one()
    assert (entry.record_id, entry.actor_id, entry.facts) == (lieve.id, admin.id, {})


def test_the_audit_takes_keys_and_numbers_and_no_texts(app):
    assert audit.record("change_seat", role="city_deputy", days=3).facts == {"role": "city_deputy", "days": 3}
    for text in ("Called her", "Zoë", "ana@city.example"):
        with pytest.raises(ValueError, match="no texts"):
            audit.record("change_seat", role=text)
