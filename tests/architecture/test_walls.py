"""The rules of ARCHITECTURE.md that a machine can hold. test_walls_hold.py, test_app_walls.py and test_route_walls.py show that each of them can fail."""

from pathlib import Path

import pytest

from cityexchange.core.db import Base
from cityexchange.core.limits import declared
from cityexchange.core.policy import policies
from tests.architecture import (
    abuse_walls,
    app_walls,
    clock_walls,
    hash_walls,
    limit_walls,
    page_walls,
    paper_walls,
    reader_walls,
    route_walls,
    walls,
)
from tests.architecture.lists import (
    MADE_ONCE_OTHERWISE,
    NOT_AUDITED,
    NOT_IN_CONTRACT,
    NOT_WALKED,
    PUBLIC,
    WITHOUT_POLICY,
)
from tests.browser.pages import ALL_PAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.no_app
@pytest.mark.parametrize(
    "wall",
    [
        *walls.WALLS,
        *page_walls.WALLS,
        *paper_walls.WALLS,
        *clock_walls.WALLS,
        *reader_walls.WALLS,
        *hash_walls.WALLS,
        *limit_walls.WALLS,
        *abuse_walls.WALLS,
    ],
    ids=lambda wall: wall.__name__,
)
def test_wall(wall):
    assert not list(wall(ROOT))


def test_the_public_pages_are_exactly_these(app):
    assert app_walls.public_pages(app) == PUBLIC


def test_every_model_has_a_policy_or_is_known_to_need_none(app):
    assert app_walls.models_without_policy(Base) == WITHOUT_POLICY


def test_what_policies_compare_leaves_a_row_in_the_audit_when_it_changes(app):
    # Others are made by tests that ran before.
    ours = {
        model: policy for model, policy in policies().items() if policy.__module__.startswith("cityexchange.")
    }
    assert ours and not list(app_walls.rights_nobody_audits(Base, ours, NOT_AUDITED))


def test_security_tells_of_every_limit_as_it_is(app):
    assert not list(app_walls.limits_told_otherwise(declared, (ROOT / "SECURITY.md").read_text()))


def test_every_page_is_walked_by_a_browser_or_known_not_to_be(app):
    assert not list(route_walls.pages_nobody_walks(app, [path for _, path in ALL_PAGES], NOT_WALKED))


def test_what_a_form_makes_is_made_once(app):
    assert not list(route_walls.forms_taken_twice(app, MADE_ONCE_OTHERWISE))


def test_the_contract_tells_of_our_addresses_as_they_are(app):
    contract = (ROOT / "docs/contract.md").read_text()
    assert not list(route_walls.contract_told_otherwise(app, contract, NOT_IN_CONTRACT))


def test_every_template_compiles(app):
    assert not list(app_walls.templates_that_do_not_compile(app.jinja_env))
