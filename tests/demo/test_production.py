"""What production does with the illustrative community: nothing, and not by accident."""

import pytest

from cityexchange.core.db import db
from cityexchange.demo import refuse_demo_accounts
from tests.factories import MemberFactory


def test_production_does_not_start_on_illustrative_accounts(app):
    MemberFactory(is_illustrative=True)
    db.session.commit()
    with pytest.raises(SystemExit):
        refuse_demo_accounts(app)


def test_production_starts_on_a_database_of_its_own(app):
    MemberFactory(is_illustrative=False)
    db.session.commit()
    refuse_demo_accounts(app)
