"""Tables in the encodings of other days: each is taken and kept in UTF-8, and whoever sent it in is told how it was read."""

import io

import pytest

from cityexchange.core.files.alphabets import NATURAL
from cityexchange.core.files.words import ENCODINGS
from tests.factories import MemberFactory

# What a table says, and in which encoding.
TABLES = {
    "French": ("ville;pays\nMontréal;Québec\n", "cp1252"),
    "French with capitals": ("École;À faire;œuvre", "cp1252"),
    "French quotes": ("L’été;“ici” – là", "cp1252"),
    "French cities": ("Nîmes;Châlons;Saint-Étienne;Orléans", "cp1252"),
    "French of Switzerland": ("Zürich;Genève;Bâle;Neuchâtel", "cp1252"),
    "one French letter": ("Lyon;à voir", "cp1252"),
    "one letter": ("é;1", "cp1252"),
    "one letter of few": ("Name;Ý", "cp1252"),
    "pounds": ("Item;£1,200", "cp1252"),
    "euros": ("Prix;5 €", "cp1252"),
    "degrees and halves": ("20°C;½", "cp1252"),
    "signs": ("10 °C;5 m²;½;1,50 €", "cp1252"),
    "German": ("Straße;Größe\nKöln;Süd", "cp1252"),
    "Spanish": ("Málaga;España;¿Qué?", "cp1252"),
    "Portuguese": ("São João;Conceição;questões", "cp1252"),
    "Italian": ("perché;città;più", "cp1252"),
    "Catalan": ("Besòs;L'Hospitalet;València", "cp1252"),
    "Danish": ("Århus;Ærø", "cp1252"),
    "Swedish": ("Örebro;Malmö;Umeå", "cp1252"),
    "Dutch": ("Zoë;Citroën", "cp1252"),
    "Albanian": ("Tiranë;Vlorë", "cp1252"),
    "Icelandic": ("Reykjavík;Seyðisfjörður;Þórshöfn;Garðabær", "cp1252"),
    "all the West": ("Montréal;Málaga;São Paulo;Köln;Århus", "cp1252"),
    "Polish": ("Łódź;Kraków;Gdańsk", "cp1250"),
    "Polish without its ł": ("Kraków;Gdańsk;Toruń", "cp1250"),
    "Czech": ("Město;Počet;Plzeň", "cp1250"),
    "Slovene": ("Črnomelj;Kočevje", "cp1250"),
    "Hungarian": ("Győr;Hódmezővásárhely", "cp1250"),
    "Croatian": ("Čakovec;Šibenik", "cp1250"),
    "Romanian": ("Bucureşti;Iaşi;Timişoara;Braşov", "cp1250"),
    "one Latvian name": ("Rīga", "cp1257"),
    "Latvian": ("Rīga;Jūrmala;Liepāja;Rēzekne", "cp1257"),
    "Lithuanian": ("Vilnius;Šiauliai;Panevėžys;Klaipėda", "cp1257"),
    "Turkish": ("İstanbul;Şişli;Ağrı", "cp1254"),
    "Turkish with its ğ": ("Muğla;İzmir;Iğdır", "cp1254"),
    "Russian": ("Город;Население\nМосква;13", "cp1251"),
    "Russian in capitals": ("МОСКВА;13", "cp1251"),
    "Russian in small letters": ("город;население", "cp1251"),
    "Ukrainian": ("Київ;Львів;Запоріжжя", "cp1251"),
    "Greek": ("Αθήνα;Θεσσαλονίκη", "cp1253"),
    "Greek in capitals": ("ΑΘΗΝΑ;Ελλάδα;και", "cp1253"),
    "Hebrew": ("תל אביב;חיפה", "cp1255"),
    "Arabic": ("المدينة;السكان\nصفاقس;330440\n", "cp1256"),
    "one Arabic word": ("ville;habitants\nصفاقس;330440", "cp1256"),
    "Arabic and French": ("مدينة;école\nتونس، سوسة؛;Bizerte à l’été", "cp1256"),
    "Chinese": ("上海;北京市;广州", "gb18030"),
    "Japanese": ("東京;おおさか", "cp932"),
    "Korean": ("서울;부산;대구광역시", "cp949"),
}
PLAIN = {
    "UTF-8": ("ville;Montréal", "utf-8", b""),
    "UTF-8 with its mark": ("ville;صفاقس", "utf-8", b"\xef\xbb\xbf"),
    "UTF-16 of Excel": ("ville\tصفاقس\tМосква\t广州", "utf-16-le", b"\xff\xfe"),
    "UTF-16, the other way": ("ville;صفاقس", "utf-16-be", b"\xfe\xff"),
    "ASCII": ("a;b", "ascii", b""),
}
BALTIC = "Tallinn;Pärnu\nRīga;Jūrmala".encode("cp1257")


@pytest.fixture
def member():
    return MemberFactory(locale="en")


@pytest.mark.parametrize("what", TABLES)
@pytest.mark.parametrize("name", ["table.csv", "words.TXT"])
def test_a_table_is_kept_in_utf8_and_it_is_told_how_it_was_read(send, sign_in, member, what, name):
    words, encoding = TABLES[what]
    answer = send(member, words.encode(encoding), name)

    assert answer.status_code == 201, answer.text
    assert sign_in(member).get(answer.json["url"]).data.decode() == words
    assert answer.json["encoding"] == encoding
    assert answer.json["lines"] == [line for line in words.splitlines() if not line.isascii()][:3]


@pytest.mark.parametrize("what", PLAIN)
def test_of_what_says_itself_how_it_is_read_nothing_is_asked(send, sign_in, member, what):
    words, encoding, mark = PLAIN[what]
    answer = send(member, mark + words.encode(encoding), "table.csv")

    assert sign_in(member).get(answer.json["url"]).data.decode("utf-8-sig") == words
    assert "encoding" not in answer.json


def test_who_sees_that_a_guess_is_wrong_names_another_encoding(sign_in, member):
    def sent(encoding):
        data = {"file": (io.BytesIO(BALTIC), "table.csv"), "encoding": encoding}
        return sign_in(member).post("/files", data=data)

    assert sent("cp1252").json["lines"] == ["Tallinn;Pärnu", "Rîga;Jûrmala"]
    right = sent("cp1257").json
    assert (right["encoding"], right["lines"]) == ("cp1257", ["Tallinn;Pärnu", "Rīga;Jūrmala"])
    refused = sent("cp1255")
    assert (refused.status_code, refused.json["reason"]) == (422, "other_encoding")
    assert "Choose another one." in refused.json["error"]
    assert sent("rot13").status_code == 422


@pytest.mark.parametrize(("locale", "words"), [("en", "Name;Ý"), ("ru", "Name;Э"), ("ar", "Name;ف")])
def test_where_encodings_make_equal_sense_the_language_of_the_page_decides(send, sign_in, locale, words):
    member = MemberFactory(locale=locale)
    answer = send(member, "Name;Ý".encode("cp1252"), "table.csv")
    assert answer.json["lines"] == [words]


def test_each_encoding_has_words():
    assert set(ENCODINGS) == set(NATURAL)


@pytest.mark.parametrize("content", [b"caf\xe9\0", b"\x80\x81\x1b[0m", "<svg>é</svg>".encode("utf-16")])
def test_what_is_no_text_is_none_by_a_name_for_texts(send, member, content):
    answer = send(member, content, "table.csv")

    assert (answer.status_code, answer.json["reason"]) == (422, "not_taken")
