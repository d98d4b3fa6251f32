"""Nobody takes a name that looks like another member's."""

import unicodedata

import pytest

from cityexchange.members.imitation import fault_of
from cityexchange.members.looks import is_taken_for, letters_of
from tests.factories import CityFactory, MemberFactory
from tests.members.test_settings import GOOD


def rename(browser, name):
    return browser.post("/settings", data={**GOOD, "name": name})


@pytest.mark.parametrize("name", ["\u3164", "\u2800", "\u3164 \u3164", "2031", "..."])
def test_a_name_is_not_empty_to_the_eye(sign_in, name):
    ben = MemberFactory(name="Ben")

    assert rename(sign_in(ben), name).status_code == 422
    assert ben.name == "Ben"


@pytest.mark.parametrize(
    "name",
    [
        "Claire\u3164Vasseur",
        "Claire Vasseur\u034f",
        "Claire\ufe0f Vasseur",
        "Claire Vasseur\u200d",
        "Claire Vasseur\U000e0061",
        "李\u200c小龙",
        "CIaire Vasseur",
        "CLAlRE VASSEUR",
        "C1aire Vasseur",
        "C|aire Vasseur",
        "Claire Va55eur",
        "Cla\u0131re Vasseur",
        "Clai\u0307re Vasseur",
        "Claire \u03bdasseur",
        "Cla1re Vasseur",
        "\u0421\u0406\u0430\u0456\u0433\u0435 Vasseur",
        "\u13dflaire Vasseur",
        "Cl\u0251ire Vasseur",
        "C\u217caire Vasseur",
        "Clair\u212e Vasseur",
        "\uff23laire Vasseur",
        "Claire Va\u01bd\u01bdeur",
    ],
)
def test_nobody_is_taken_for_a_member(sign_in, name):
    MemberFactory(name="Claire Vasseur")
    MemberFactory(name="CLAIRE VASSEUR")
    ben = MemberFactory(name="Ben")

    assert rename(sign_in(ben), name).status_code == 422
    assert ben.name == "Ben"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("lan Smith", "Ian Smith"),
        ("1an Smith", "Ian Smith"),
        ("AI Gore", "Al Gore"),
        ("Vvendy Carneron", "Wendy Cameron"),
        ("ΑΝΝΑ ΒΕΖΟΥ", "ANNA BEZOY"),
        ("Mclntyre", "McIntyre"),
        ("D'lberville", "D’Iberville"),
        ("ニ宮 ー", "二宮 一"),
        ("Ðorđe", "Ɖorđe"),
    ],
)
def test_strokes_and_doubles_are_seen_through(name, other):
    assert is_taken_for(name, other) and letters_of(name) != letters_of(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Elia Rossi", "Ella Rossi"),
        ("Ian Smith", "Lan Smith"),
        ("Li Wei", "Lu Wei"),
        ("Anna Bianchi", "Anna Blanchi"),
        ("José", "Jose"),
        ("Αννα", "Anna"),
        ("", ""),
    ],
)
def test_people_with_other_names_stay_apart(name, other):
    assert not is_taken_for(name, other)


def test_people_whose_names_differ_by_a_letter_may_both_be_here(sign_in):
    MemberFactory(name="Ella Rossi")
    MemberFactory(name="Ian Smith")

    assert rename(sign_in(MemberFactory()), "Elia Rossi").status_code == 303
    assert rename(sign_in(MemberFactory()), "Lan Smith").status_code == 303


@pytest.mark.parametrize(
    "name", ["Ana\u200bRuiz", "\u202eziuR anA", "Ana Ruiz\u2066", "A" + "\u0301" * 9, "Аna Ruiz"]
)
def test_a_name_has_no_unseen_signs_and_one_alphabet_a_word(sign_in, name):
    ben = MemberFactory(name="Ben")

    assert rename(sign_in(ben), name).status_code == 422
    assert ben.name == "Ben"


@pytest.mark.parametrize("name", ["Сара Хоре", "сара хоре"])
def test_a_name_does_not_look_like_that_of_another(sign_in, name):
    MemberFactory(name="Capa Xope")
    ben = MemberFactory(name="Ben")

    assert rename(sign_in(ben), name).status_code == 422
    assert ben.name == "Ben"


def test_two_people_may_share_a_name(sign_in):
    MemberFactory(name="Ana Ruiz")

    assert rename(sign_in(MemberFactory()), "Ana Ruiz").status_code == 303


@pytest.mark.parametrize("role", ["admin", "coordinator", "facilitator", "organiser"])
@pytest.mark.parametrize(
    "name", ["Claire Vasseur", "claire vasseur", "Claire-Vasseur", "CIaire Vasseur", "Claire Vasseur\r\n"]
)
def test_nobody_takes_a_name_of_the_team_letter_for_letter_either(sign_in, name, role):
    MemberFactory(name="Claire Vasseur", city=None, team_role=role)
    ben = MemberFactory(name="Ben")

    refused = rename(sign_in(ben), name)

    assert refused.status_code == 422 and "looks like that of another member" in refused.text
    assert ben.name == "Ben"


def test_whoever_of_the_team_saves_the_own_settings_keeps_the_name(sign_in):
    admin = MemberFactory(name="Claire Vasseur", city=None, team_role="admin")

    assert rename(sign_in(admin), "Claire Vasseur").status_code == 303


def namesake(member):
    return f'<a href="/members/{member.id}"><bdi>{member.name}</bdi></a>'


@pytest.mark.parametrize(("name", "is_told"), [("Ana Ruiz", True), ("ANA RUIZ", True), ("Ana Ruis", False)])
def test_two_of_one_city_who_share_a_name_are_told_so_on_their_settings(sign_in, name, is_told):
    city = CityFactory()
    other, ana = MemberFactory(name="Ana Ruiz", city=city), MemberFactory(name="Ana Maria", city=city)
    MemberFactory(name="Ana Maria")
    browser = sign_in(ana)
    assert namesake(other) not in browser.get("/settings").text

    assert rename(browser, name).status_code == 303

    assert (namesake(other) in browser.get("/settings").text) == is_told


def test_of_a_namesake_whose_account_was_suspended_nothing_is_said(sign_in):
    city = CityFactory()
    gone = MemberFactory(name="Ana Ruiz", city=city)
    browser = sign_in(MemberFactory(name="Ana Ruiz", city=city))
    assert namesake(gone) in browser.get("/settings").text

    gone.suspend()

    assert namesake(gone) not in browser.get("/settings").text


@pytest.mark.parametrize("name", ["Ana Ruiz\r\n", "\ufeffAna Ruiz", "Ana Ruiz\u200e\t", "Ana\xa0Ruiz "])
def test_what_came_along_with_a_pasted_name_is_not_kept(sign_in, name):
    ben = MemberFactory(name="Ben")

    assert rename(sign_in(ben), name).status_code == 303
    assert letters_of(ben.name) == "anaruiz" and len(ben.name) == 8


@pytest.mark.parametrize("name", ["ismet weiss", "ISMET WEISS", "İsmet  Weiß", "Ismet-Weiss"])
def test_two_people_who_share_a_name_may_write_it_in_their_own_way(sign_in, name):
    MemberFactory(name="Ismet Weiss")

    assert rename(sign_in(MemberFactory()), name).status_code == 303


REAL = """
Zoë Müller | José Núñez | José María de la Cruz | Mª José Gil | Nguyễn Thị Ánh | Nguyễn Thị Hồng | Łukasz Żółć | O'Brien | D’Angelo
Jean-Luc | R. J. Smith, Jr. | McIntyre | Şükrü Yıldız | İsmet İnönü | Ægir Þórðarson | Weiß | Đặng | Gal·la | Keʻala | Zoe
Sékou Kɔnaté | Aɲa Ɛlom | Ɓala Ɗantata | Әли | Сергей Щукин | Анна-Мария Petrova | Αλέξανδρος | Գագիկ | გიორგი | Gŵyn
محمد العربي | محمّد | می\u200cخواهم | علی | דָּוִד | ܝܘܚܢܢ | 李小龙 | 李 小龙 | 田中 さくら | 佐々木 ジョー | ジョン・スミス | 김민준 | 金민준
क्\u200dषमा | श्रीनिवास | নাজমুল | ਗੁਰਪ੍ਰੀਤ | હાર્દિક | தமிழ்செல்வன் | వెంకట | ಕನ್ನಡ | രാമന്\u200d | ශ්\u200dරී ලාල්
สมชาย ใจดี | ບຸນມີ | བསྟན་འཛིན | အောင်ဆန်း | សុខា | አበበ ቢቂላ | ⵜⴰⵎⴰⵣⵉⵖⵜ | ߒߞߏ | 𞤀𞤣𞤤𞤢𞤥 | ᠮᠣᠩᠭᠣᠯ | ހަސަން | ꕙꔤ | ꆈꌠ
"""


@pytest.mark.parametrize(
    "name", [name.strip() for name in REAL.replace("\n", "|").split("|") if name.strip()]
)
def test_real_names_pass(name):
    assert fault_of(name) is None
    assert fault_of(unicodedata.normalize("NFD", name)) is None
    assert is_taken_for(name, unicodedata.normalize("NFD", name))


def test_a_member_takes_a_real_name(sign_in):
    ben = MemberFactory()

    assert rename(sign_in(ben), "Sékou Kɔnaté").status_code == 303
    assert ben.name == "Sékou Kɔnaté"
