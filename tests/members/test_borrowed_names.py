"""Nobody outside the team borrows its names, or calls themself by an office."""

import pytest

from cityexchange.members.imitation import fault_of
from tests.factories import MemberFactory, SpaceFactory
from tests.members.test_imitation import rename

BORROWED = """
Samuel Adeyemi\u0332 | Ṣamuel Adeyemi | Samuel Adeyemį | Samuel Adeyemí | Samueł Adeyemi | Samuël Adeyemi | Samuel Aɗeyemi
Samuei Adeyemi | Samuel Adeyeml | Samue1 Adeyem1 | Ѕамуел Адеуеми | САМУЕЛ Адеуеми | Σαμυελ Αδευεμι | Samuel Adeyemi2 | samuei_adeyeml
Mr Samuel Adeyemi | Samuel Adeyemi 2 | Samuel Adeyemi — Coordination team | Adeyemi Samuel | ADEYEMI, Samuël (admin) | AdeyemiSamuel
"""


def listed(names):
    return [name.strip() for name in names.replace("\n", "|").split("|") if name.strip()]


@pytest.mark.parametrize("name", listed(BORROWED))
def test_nobody_borrows_a_name_of_the_team_with_a_mark_or_a_word_more(sign_in, name):
    MemberFactory(name="Samuel Adeyemi", city=None, team_role="admin")
    ben = MemberFactory(name="Ben")

    assert rename(sign_in(ben), name).status_code == 422
    assert ben.name == "Ben"


@pytest.mark.parametrize(
    ("name", "of_the_team", "is_refused"),
    [
        ("Ana Ruiz", "Ana", False),
        ("Mariana", "Ana", False),
        ("Aná", "Ana", True),
        ("Samuel Okoye", "Samuel Adeyemi", False),
        ("Li Wei", "Li Li", False),
        ("Carolina", "Li Na", False),
        ("मीना राय", "मना राय", False),
        ("たなか さくら", "たなが さくら", False),
        ("李小龙 2", "李小龙", True),
        ("김민준 팀장", "김민준", True),
        ("李小 Lee", "李小", False),
        ("أحمد العربى مدير", "احمد العربى", True),
        ("Ivan Petrov", "Иван Петров", True),
        ("Ян Петров", "Иван Петров", False),
    ],
)
def test_of_a_name_of_the_team_all_words_count_and_one_word_only_alone(
    sign_in, name, of_the_team, is_refused
):
    MemberFactory(name=of_the_team, city=None, team_role="facilitator")

    assert rename(sign_in(MemberFactory(name="Ben")), name).status_code == (422 if is_refused else 303)


@pytest.mark.parametrize("name", ["Zoë Müller", "Zoe Muller", "Zoe Müller Diaz", "Muller Zoe"])
def test_other_people_may_differ_by_a_mark_or_a_word(sign_in, name):
    MemberFactory(name="Zoe Müller")

    assert rename(sign_in(MemberFactory()), name).status_code == 303


def test_who_has_a_name_of_the_team_already_keeps_it(sign_in):
    MemberFactory(name="Samuel Adeyemi", city=None, team_role="admin")

    assert rename(sign_in(MemberFactory(name="Samuel Adeyemi Ojo")), "Samuel Adeyemi Ojo").status_code == 303


OFFICES = """
cityexchange coordination team | Administrator | The team | City Exchange | AdminTeam | Admin 2 | Adm1n | Support 24
L’équipe de coordination | Modérateur | EL EQUIPO DE COORDINACIÓN | Soporte técnico | Команда | Группа поддержки | Администратор платформы
فريق التنسيق | الإدارة | 协调团队 | 管理员 | cityexchange 官方客服
"""
SURNAMES = """
Grace Support | Maria Moderator | Adam Staff | Jean de la Cour | Staffan | Assistance Mbeki | Teamo Lee | Иван Админ | محمد المنسق | 王管理
"""


@pytest.mark.parametrize("name", listed(OFFICES))
def test_an_office_is_no_name_of_a_person(sign_in, name):
    ben = MemberFactory(name="Ben")

    refused = rename(sign_in(ben), name)

    assert refused.status_code == 422 and "the name of an office" in refused.text
    assert ben.name == "Ben"


@pytest.mark.parametrize("name", listed(SURNAMES))
def test_a_word_of_office_within_a_name_is_a_surname(name):
    assert fault_of(name) is None


def test_offices_are_for_the_team_and_for_who_is_called_so(sign_in):
    facilitator = MemberFactory(city=None, team_role="facilitator")

    assert rename(sign_in(facilitator), "The team").status_code == 303
    assert rename(sign_in(MemberFactory(name="Moderator")), "Moderator").status_code == 303


@pytest.mark.parametrize("name", ["Samuël Adeyemi", "Mr Samuel Adeyemi", "Samuel Adeyeml", "The team"])
def test_a_chosen_name_borrows_nothing_either(sign_in, name):
    MemberFactory(name="Samuel Adeyemi", city=None, team_role="admin")
    space, ben = SpaceFactory(confidentiality="members", allows_chosen_names=True), MemberFactory()
    mine = space.admit(ben)

    assert sign_in(ben).post(f"/spaces/{space.slug}/name", data={"chosen_name": name}).status_code == 422
    assert not mine.chosen_name
