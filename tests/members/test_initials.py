import pytest

from cityexchange.members.initials import COLOURS, colour_bucket, initials

pytestmark = pytest.mark.no_app


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Claire Vasseur", "CV"),
        ("Ana María de la Torre", "AT"),
        ("Suharto", "S"),
        ("王丽", "王"),
        ("김 민준", "김"),
        ("نور الطرابلسي", "ن\u200aا"),
        ("élodie", "É"),
        ("(former member)", "M"),
        ("", "?"),
        ("— …", "?"),
    ],
)
def test_initials_of_names_from_everywhere(name, letters):
    assert initials(name) == letters


def test_a_record_keeps_its_colour_and_all_colours_are_used():
    assert colour_bucket(7) == colour_bucket("7")
    assert {colour_bucket(n) for n in range(200)} == set(range(COLOURS))
