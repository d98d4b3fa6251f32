"""Tables in the letters of other days: kept in UTF-8 where it is certain what they say, never guessed."""

import pytest

from tests.factories import MemberFactory

# What a table says, in which letters, and in which it is read; None: that is not certain.
TABLES = {
    "French": ("ville;pays\nMontréal;Québec\n", "cp1252", True),
    "French with capitals": ("École;À faire;œuvre", "cp1252", True),
    "French quotes": ("L’été;“ici” – là", "cp1252", True),
    "German": ("Straße;Größe\nKöln;Süd", "cp1252", True),
    "Spanish": ("Málaga;España;¿Qué?", "cp1252", True),
    "Portuguese": ("São João;Conceição;questões", "cp1252", True),
    "Danish": ("Århus;Ærø", "cp1252", True),
    "signs": ("10 °C;5 m²;½;1,50 €", "cp1252", True),
    "Arabic": ("المدينة;السكان\nصفاقس;330440\n", "cp1256", True),
    "one Arabic word": ("ville;habitants\nصفاقس;330440", "cp1256", True),
    "Arabic and French": ("مدينة;école\nتونس، سوسة؛;Bizerte à l’été", "cp1256", True),
    "Russian": ("Город;Население\nМосква;13", "cp1251", True),
    "Russian in capitals": ("МОСКВА;13", "cp1251", True),
    "UTF-16 of Excel": ("ville\tصفاقس\tМосква\t广州", "utf-16-le", True),
    "UTF-16, the other way": ("ville;صفاقس", "utf-16-be", True),
    "one letter": ("é;1", "cp1252", False),
    "Turkish": ("İstanbul;Şişli;Ağrı", "cp1254", False),
    "Polish": ("Łódź;Kraków;Gdańsk", "cp1250", False),
    "Polish without its ł": ("Kraków;Gdańsk;Toruń", "cp1250", False),
    "Czech": ("Město;Počet;Plzeň", "cp1250", False),
    "Slovene": ("Črnomelj;Kočevje", "cp1250", False),
    "Hungarian": ("Győr;Hódmezővásárhely", "cp1250", False),
    "Croatian": ("Čakovec;Šibenik", "cp1250", False),
    "Greek": ("Αθήνα;Θεσσαλονίκη", "cp1253", False),
    "Hebrew": ("תל אביב;חיפה", "cp1255", False),
    "Chinese": ("上海;北京市;广州", "gb2312", False),
    "Japanese": ("日本;東京", "cp932", False),
}
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.mark.parametrize("what", TABLES)
@pytest.mark.parametrize("name", ["table.csv", "words.TXT"])
def test_a_table_in_the_letters_of_other_days_is_kept_in_utf8_or_not_guessed(send, sign_in, what, name):
    words, letters, is_certain = TABLES[what]
    member = MemberFactory(locale="en")
    answer = send(member, MARKS.get(letters, b"") + words.encode(letters), name)

    if is_certain:
        assert answer.status_code == 201, answer.text
        assert sign_in(member).get(answer.json["url"]).data.decode("utf-8") == words
    else:
        assert (answer.status_code, answer.json["reason"]) == (422, "unsure_letters")
        assert "CSV UTF-8" in answer.json["error"]


@pytest.mark.parametrize("content", [b"caf\xe9\0", b"\x80\x81\x1b[0m", "<svg>é</svg>".encode("utf-16")])
def test_what_is_no_text_is_none_by_a_name_for_texts(send, content):
    answer = send(MemberFactory(), content, "table.csv")

    assert (answer.status_code, answer.json["reason"]) == (422, "not_taken")
