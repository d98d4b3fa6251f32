"""As test_walls_hold.py, for the walls that only an assembled application can show."""

from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from cityexchange.core.limits import MEMBER
from cityexchange.core.limits.stores import DATABASE
from cityexchange.core.web import public
from tests.architecture import app_walls

pytestmark = pytest.mark.no_app


def test_a_page_made_public_is_seen():
    app = Flask("sample")
    app.add_url_rule("/x", "forums.secret", public(lambda: "x"))
    app.add_url_rule("/y", "forums.hidden", lambda: "y")
    assert app_walls.public_pages(app) == {"static", "forums.secret"}


def test_a_model_without_policy_is_seen():
    class Base(DeclarativeBase):
        pass

    class Secret(Base):
        __tablename__ = "secrets"
        id: Mapped[int] = mapped_column(primary_key=True)

    assert app_walls.models_without_policy(Base) == {"Secret"}


@pytest.mark.parametrize("audited", [(), ("name",), ("name", "state"), ("name", "ended_at", "state")])
def test_a_right_that_nobody_audits_is_seen(audited):
    class Base(DeclarativeBase):
        pass

    class Badge(Base):
        __tablename__ = "badges"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        state: Mapped[str]
        ended_at: Mapped[int]

        @property
        def is_good(self):
            return self.ended_at == 0

    class BadgePolicy:
        def see(self):
            return Badge.state == "shown" and Badge.id

        def show(self):
            return self.record.is_good

    Badge.audited = audited
    seen = list(app_walls.rights_nobody_audits(Base, {Badge: BadgePolicy}, {}))
    assert len(seen) == len({"state", "ended_at"} - set(audited))
    assert not list(
        app_walls.rights_nobody_audits(Base, {Badge: BadgePolicy}, {"Badge.state", "Badge.ended_at"})
    )


@pytest.mark.parametrize(
    "row",
    [
        "",
        "| `knock` | knocks | 3 for a member in 5 minutes | database |",
        "| `knock` | knocks | 2 for a network in 5 minutes | database |",
        "| `knock` | knocks | 2 for a member in an hour | database |",
        "| `knock` | knocks | 2 for a member in 5 minutes | process |",
        "| `knock`, `ring` | both | 2 for a member in 5 minutes | database |",
    ],
)
def test_a_limit_that_is_told_otherwise_is_seen(row):
    knock = SimpleNamespace(name="knock", most=2, seconds=300, each=MEMBER, store=DATABASE)
    right = "| `knock` | knocks | 2 for a member in 5 minutes | database |"
    assert list(app_walls.limits_told_otherwise([knock], row))
    assert not list(app_walls.limits_told_otherwise([knock], right))


def test_a_broken_template_is_seen(tmp_path):
    (tmp_path / "show.html").write_text("{% if %}")
    app = Flask("sample", template_folder=tmp_path)
    assert list(app_walls.templates_that_do_not_compile(app.jinja_env))
