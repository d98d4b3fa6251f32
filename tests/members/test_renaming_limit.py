"""A refused name tells that somebody is called so: nobody tries many."""

import pytest

from cityexchange.members.limits import RENAMES
from tests.factories import MemberFactory, SpaceFactory
from tests.members.test_settings import GOOD

OURS = {"Origin": "http://localhost"}


def at_settings(browser, name):
    return browser.post("/settings", data={**GOOD, "name": name}, headers=OURS)


def in_a_space(browser, name):
    return browser.post("/spaces/quiet/name", data={"chosen_name": name}, headers=OURS)


@pytest.fixture
def ben():
    ben = MemberFactory(name="Ben")
    SpaceFactory(slug="quiet", confidentiality="members", allows_chosen_names=True).admit(ben)
    return ben


@pytest.mark.parametrize("rename", [at_settings, in_a_space])
@pytest.mark.parametrize(("name", "status"), [("CIaire Vasseur", 422), ("Number {}", 303), ("Аna", 422)])
def test_names_are_tried_ten_times_an_hour(sign_in, ben, rename, name, status):
    MemberFactory(name="Claire Vasseur")
    browser = sign_in(ben)
    answers = [rename(browser, name.format("abcdefghijk"[at])).status_code for at in range(RENAMES.most)]
    assert answers == [status] * 10

    late = rename(browser, "Claire <Vasseur> again")

    assert late.status_code == 429 and "Claire &lt;Vasseur&gt; again" in late.text
    assert "again" not in ben.name


def test_both_ways_count_together_and_for_each_alone(sign_in, ben):
    browser = sign_in(ben)
    for at in "abcde":
        at_settings(browser, f"Number {at}")
        in_a_space(browser, f"Letter {at}")

    assert at_settings(browser, "One more").status_code == 429
    assert in_a_space(browser, "One more").status_code == 429
    assert at_settings(sign_in(MemberFactory()), "One more").status_code == 303


def test_who_keeps_the_name_saves_as_often_as_they_like(sign_in, ben):
    browser = sign_in(ben)

    answers = {at_settings(browser, " Ben ").status_code for _ in range(RENAMES.most + 2)}

    assert answers == {303}
