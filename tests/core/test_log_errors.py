"""What the log tells of an error: its kind and its place, and no word that a member typed."""

from functools import partial

import pytest

from cityexchange.core import logs
from cityexchange.core.audit import record
from cityexchange.core.db import after_commit, db, unit_of_work
from tests.factories import MemberFactory

TYPED = "sesame"


def same_address_twice():
    MemberFactory(email=f"{TYPED}@town.example")
    MemberFactory(email=f"{TYPED}@town.example")


def no_number():
    int(TYPED)


def no_key():
    {}[TYPED]


def no_text():
    TYPED.encode().join([b"\xff"]).decode()


def one_for_another():
    try:
        no_key()
    except KeyError:
        raise LookupError(TYPED) from None


def one_after_another():
    try:
        no_number()
    except ValueError as problem:
        raise LookupError(TYPED) from problem


ERRORS = [
    (same_address_twice, "IntegrityError"), (no_number, "ValueError"), (no_key, "KeyError"), (no_text, "UnicodeDecodeError"),
    (one_for_another, "LookupError"), (one_after_another, "LookupError"),
]  # fmt: skip


def told(fail):
    try:
        fail()
    except Exception:
        db.session.rollback()
        return logs._tell_error(None, "error", {"event": "x", "exc_info": True})["exception"]


@pytest.mark.parametrize(("fail", "kind"), ERRORS, ids=[fail.__name__ for fail, _ in ERRORS])
def test_an_error_tells_its_kind_and_its_place(app, fail, kind):
    way = told(fail)

    assert way.endswith(f"{kind}\n") and fail.__name__ in way
    assert TYPED not in "".join(line for line in way.splitlines() if not line.startswith("    "))
    assert (fail is one_after_another) == ("ValueError\n" in way and "LookupError\n" in way)


def test_what_is_wrong_with_our_own_code_is_told_in_words():
    assert told(lambda: None.nothing).endswith("'NoneType' object has no attribute 'nothing'\n")


def test_a_deed_that_fails_is_told_by_its_name(app, caplog):
    def announce(_payload):
        raise LookupError

    with pytest.raises(LookupError), unit_of_work():
        after_commit(partial(announce, {"html": TYPED}))

    assert "deed after the unit of work failed" in caplog.text
    assert TYPED not in caplog.messages[0]


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Ana Müller"}, {"before": {"name": "Ana Müller"}}, {"before": {"Ana Müller": 1}}, {"roles": ["member", "an address: a@b.example"]},
        {"before": {"roles": {"ana@town.example"}}},
    ],
)  # fmt: skip
def test_no_text_goes_into_the_audit_however_deep_it_lies(app, facts):
    with pytest.raises(ValueError, match="no texts"):
        record("x", **facts)
    record("x", before={"role": "member", "until": None, "levels": [1, "a_key"]})
