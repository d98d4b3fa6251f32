"""What stood in rows before a migration stands in the new ones after it, and where there is a way down, before it again."""

from datetime import datetime

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from cityexchange.core.called import called_of
from cityexchange.core.db import db
from cityexchange.core.i18n import LOCALES
from tests.core.migrated import bring_to, existing_tables, kept_in, scripts, values_for

pytestmark = [pytest.mark.no_app, pytest.mark.every_database]


def test_steps_keep_who_took_them_and_the_reason_with_its_language_both_ways(fresh):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_steps.py"))
    ids = bring_to(fresh, script.down_revision)
    (visits,) = (table for table in existing_tables() if table.name == "visit_changes")
    (workshops,) = (table for table in existing_tables() if table.name == "workshop_state_changes")
    with db.engine.begin() as connection:
        connection.execute(visits.update().values(reason="", actor_id=ids["members"]))
        told = values_for(visits, ids) | {"reason": "Sturm", "reason_language": "de"}
        connection.execute(visits.insert().values(told))
        connection.execute(workshops.update().values(author_id=ids["members"]))
        connection.execute(workshops.insert().values(values_for(workshops, ids) | {"language": "fr"}))
    before = kept_in("visit_changes"), kept_in("workshop_state_changes")

    upgrade(revision=script.revision)
    after = kept_in("visit_changes"), kept_in("workshop_state_changes")
    downgrade(revision=script.down_revision)

    for was, then in zip(before[0] + before[1], after[0] + after[1], strict=True):
        assert then["actor_id"] == (was["actor_id"] if "actor_id" in was else was["author_id"])
        assert then["language"] == (was.get("language") or was.get("reason_language") or "en")
        assert all(then[name] == was[name] for name in ("id", "from_state", "to_state", "reason", "at"))
    assert (kept_in("visit_changes"), kept_in("workshop_state_changes")) == before


OLD_ADDRESSES = [
    # what stood there, whether somebody had read a mail to it, what stands there now
    ("zoe@faß.example", False, "zoe@faß.example"),
    ("Ana@FASS.example.", True, "ana@fass.example"),
    ("ben@straße.example", True, "ben@strasse.example"),
    ("nour@βόλος.example", True, "nour@βόλοσ.example"),
    ("hela@zu\u0308rich.example", True, "hela@zürich.example"),
    ("ｌｉ＠上海。example", False, "li@上海.example"),
    ("sami@rome.example", True, "sami@rome.example"),
    ("nobody", False, "nobody"),
]


def test_old_addresses_come_to_their_one_form_and_what_was_proven_stays_with_who_proved_it(fresh):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_addresses.py"))
    ids = bring_to(fresh, script.down_revision)
    (members,) = (table for table in existing_tables() if table.name == "members")
    with db.engine.begin() as connection:
        for number, (typed, is_proven, _) in enumerate(OLD_ADDRESSES):
            own = {"handle": f"m{number}", "fs_uniquifier": f"m{number}", "email": typed}
            own |= {"email_confirmed_at": datetime(2026, 1, 2)} if is_proven else {}
            connection.execute(members.insert().values(values_for(members, ids) | own))

    upgrade(revision=script.revision)

    for (_, _, form), row in zip(OLD_ADDRESSES, kept_in("members")[1:], strict=True):
        assert row["email"] == form


def test_two_that_come_to_one_address_stay_two_and_are_named(fresh, caplog):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_addresses.py"))
    ids = bring_to(fresh, script.down_revision)
    (members,) = (table for table in existing_tables() if table.name == "members")
    told = ["Ana@town.example", "ana@TOWN.example", "ben@town.example"]
    with db.engine.begin() as connection:
        for typed in told:
            own = {"handle": typed, "fs_uniquifier": typed, "email": typed}
            connection.execute(members.insert().values(values_for(members, ids) | own))

    upgrade(revision=script.revision)

    _, first, second, other = kept_in("members")
    assert [row["email"] for row in (first, second, other)] == ["ana@town.example", told[1], told[2]]
    assert f"members {second['id']}" in caplog.text and "town.example" not in caplog.text


def test_names_that_were_there_before_are_found_as_people_type_them(fresh):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_folded_names.py"))
    bring_to(fresh, script.down_revision)
    for name in ("members", "cities", "organisations"):
        (table,) = (table for table in existing_tables() if table.name == name)
        with db.engine.begin() as connection:
            connection.execute(table.update().values(name="Łukasz Núñez"))

    upgrade(revision=script.revision)
    assert [kept_in(name)[0]["folded"] for name in ("members", "cities", "organisations")] == [
        "lukasz nunez"
    ] * 3
    downgrade(revision=script.down_revision)
    assert "folded" not in kept_in("members")[0]


def test_a_city_that_was_there_before_is_called_found_and_listed_by_its_one_name(fresh):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_city_names.py"))
    bring_to(fresh, script.down_revision)
    (table,) = (table for table in existing_tables() if table.name == "cities")
    with db.engine.begin() as connection:
        connection.execute(table.update().values(name="Łódź"))

    upgrade(revision=script.revision)
    city = kept_in("cities")[0]
    assert called_of(city["called"]).own == "Łódź" and "\n lodz\n" in city["sought"]
    assert set(city["sorted_as"]) == set(LOCALES)
    downgrade(revision=script.down_revision)
    assert "called" not in kept_in("cities")[0]


def test_who_had_switched_mails_off_gets_none_after_there_is_one_table_of_choices(fresh):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_choices.py"))
    member = bring_to(fresh, script.down_revision)["members"]
    (before,) = (table for table in existing_tables() if table.name == "mail_preferences")
    said = [("replies", False), ("mentions", True), ("an older kind", False)]
    with db.engine.begin() as connection:
        for table in ("mail_preferences", "notification_choices"):
            connection.execute(text(f"DELETE FROM {table}"))
        for kind, is_on in said:
            row = {"member_id": member, "kind": kind, "is_on": is_on}
            connection.execute(
                before.insert().values(
                    **row, created_at=datetime(2026, 1, 2), updated_at=datetime(2026, 1, 2)
                )
            )

    upgrade(revision=script.revision)
    (choices,) = (table for table in existing_tables() if table.name == "notification_choices")
    kept = select(choices.c.member_id, choices.c.kind, choices.c.mailing, choices.c.is_here)
    with db.engine.connect() as connection:
        assert connection.execute(kept).all() == [(member, "reply", "never", True)]
    downgrade(revision=script.down_revision)
    assert [(one["kind"], one["is_on"]) for one in kept_in("mail_preferences")] == [("replies", False)]
