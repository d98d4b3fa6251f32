"""Which language a text is taken for: by its script, by whoever wrote it, and not at all where nothing is sure."""

import pytest

from cityexchange.languages.choices import UNDETERMINED, WRITTEN
from cityexchange.languages.detection import detect
from cityexchange.languages.detection.scripts import WRITTEN_WITH, possible
from tests.factories import MemberFactory
from tests.forums.factories import start_topic
from tests.languages.factories import NoteFactory


@pytest.mark.parametrize(
    ("text", "known", "language"),
    [
        ("谢谢", ["ar"], "zh"),
        ("谢谢", ["fr", "en"], "zh"),
        ("谢谢", ["ja"], "ja"),
        ("了解", ["ja", "en"], "ja"),
        ("了解しました", ["fr"], "ja"),
        ("ありがとう", ["zh"], "ja"),
        ("请看 SharePoint 上的文件", ["en"], "zh"),
        ("안녕하세요", ["zh"], "ko"),
        ("مرحبا", ["fr", "en"], "ar"),
        ("مرحبا", [], "ar"),
        ("رد مباشر", ["ar"], "ar"),
        ("رد مباشر", ["fr", "en"], "ar"),
        ("رد مباشر", ["fa"], "fa"),
        ("سلام", ["fa", "en"], "fa"),
        ("سلام", ["ur"], "ur"),
        ("شكرا جزيلا", ["fr"], "ar"),
        ("خیلی ممنون", ["fa", "en"], "fa"),
        ("زيارة إلى أگادير", ["ar"], "ar"),
        ("شکریہ", ["en"], "ur"),
        ("مننه", ["ps"], "ps"),
        ("Спасибо", ["ru", "en"], "ru"),
        ("Добрый день", ["fr"], "ru"),
        ("Дякую", ["uk", "ru"], "uk"),
        ("Дякую, їй цікаво", ["fr"], "uk"),
        ("Хвала", ["sr"], "sr"),
        ("Хвала вам, љубазно", ["fr"], "sr"),
        ("Рахмет сізге", ["ru"], "kk"),
        ("Ευχαριστώ", ["en"], "el"),
        ("תודה", ["ar"], "he"),
        ("धन्यवाद", ["en"], "hi"),
        ("ধন্যবাদ", ["en"], "bn"),
        ("நன்றி", ["en"], "ta"),
        ("ขอบคุณ", ["en"], "th"),
        ("გმადლობთ", ["ru"], "ka"),
        ("Շնորհակալություն", ["ru"], "hy"),
        ("አመሰግናለሁ", ["ar"], "am"),
        ("Merci beaucoup", ["ar", "fr"], "fr"),
        ("Merci beaucoup", ["fr", "en"], "fr"),
        ("merci", ["ar", "fr"], "fr"),
        ("ok", ["fr"], "fr"),
        ("Non.", ["fr", "en"], "fr"),
        ("Oui", ["fr", "en"], "fr"),
        ("Yes", ["fr", "en"], "en"),
        ("Thanks", ["fr", "en"], "en"),
        ("Bonjour", ["en", "fr"], "fr"),
        ("Thank you so much", ["ar", "fr"], "en"),
        ("See you tomorrow", ["fr"], "en"),
        ("Bonjour à tous", ["en"], "fr"),
        ("Gracias", ["es", "en"], "es"),
        ("Teşekkürler", ["de"], "tr"),
        ("Cảm ơn", ["fr"], "vi"),
        ("CẢM ƠN", ["fr"], "vi"),
        ("Merci", ["en", "fr"], "fr"),
        ("Merci !", ["en", "ar", "fr"], "fr"),
        ("D’accord", ["en", "fr"], "fr"),
        ("Danke", ["en", "de", "fr"], "de"),
        ("Obrigada!", ["en", "pt"], "pt"),
        ("Hola", ["en", "es"], "es"),
        ("سلام", ["en", "fa", "ar"], "fa"),
        ("Дякую", ["ru", "uk"], "uk"),
    ],
)
def test_a_short_text_is_in_a_language_of_its_script(text, known, language):
    assert detect(text, known) == language


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("ok", ["ar"]),
        ("ok", ["fr", "en"]),
        ("Lyon, Tunis", ["en", "fr"]),
        ("Thanks", ["fr"]),
        ("Danke", ["fr"]),
        ("Merci beaucoup", ["en"]),
        ("merci", ["ar", "ru"]),
        ("Obrigado", ["fr", "en"]),
        ("Дякую", ["fr"]),
        ("خیلی ممنون", ["fr"]),
        ("សូមអរគុណ", ["fr"]),
        ("ස්තුතියි", ["en"]),
        ("👍", ["fr"]),
        ("12:30", ["fr"]),
        ("@nour #lyon", ["fr"]),
        ("https://lyon.example/plan", ["fr"]),
        ("", ["fr"]),
    ],
)
def test_where_nothing_is_sure_nobody_pretends_to_know(text, known):
    assert detect(text, known) == UNDETERMINED


OF_OTHERS = {
    "Mongolian": "Бид шинэ оршин суугчдад зориулсан төв нээлээ.",
    "Tatar": "Без яңа килүчеләр өчен үзәк ачтык.",
    "a little Tatar": "Җавап өчен рәхмәт",
    "Bashkir": "Беҙ яңы килгән кешеләр өсөн үҙәк астыҡ.",
    "Kyrgyz": "Биз жаңы келгендер үчүн борбор ачтык.",
    "Tajik": "Мо барои навомадагон марказ кушодем.",
    "a little Tajik": "Ҷавоби шумо",
    "Macedonian": "Ние отворивме канцеларија за домување за новодојдените и сакаме да го споделиме нашето искуство.",
    "a little Macedonian": "Среќно!",
    "Belarusian": "Мы адкрылі цэнтр для новых жыхароў.",
    "Uighur": "بىز يېڭى كەلگەنلەر ئۈچۈن مەركەز ئاچتۇق.",
    "Sindhi": "اسان نون رهاڪن لاءِ مرڪز کوليو آهي.",
    "Yiddish": "מיר האָבן געעפֿנט אַ צענטער פֿאַר נײַע תּושבֿים.",
    "Yiddish of two signs a letter": "\u05f2\u05b7ער \u05d0\u05b7 צענטער",
    "Marathi": "आम्ही नवीन रहिवाशांसाठी एक केंद्र उघडले आहे.",
    "Nepali": "हामीले नयाँ बासिन्दाहरूका लागि केन्द्र खोलेका छौं।",
    "Assamese": "আমি নতুন বাসিন্দাসকলৰ বাবে কেন্দ্ৰ খুলিছো।",
    "Tigrinya": "ቐጽሪ ስልኪ",
    "Wolof": "Nu ngi leen di jaaxal ci seen jàppale bi ngeen nu jox, te yaakaar nanu ne dinanu mën a wéy di liggéey ànd.",
    "less Wolof": "Ubbi nanu benn bërëb ngir gan ñi bees.",
    "Galician": "Abrimos unha oficina para os novos veciños.",
    "Azerbaijani": "Biz yeni sakinlər üçün ofis açdıq.",
    "Afrikaans": "Ons het 'n kantoor vir nuwe inwoners geopen.",
    "Tagalog": "Nagbukas kami ng opisina para sa mga bagong residente.",
    "Yoruba": "A ti ṣí ọ́fíìsì fún àwọn olùgbé tuntun.",
    "Kinyarwanda": "Twafunguye ibiro by'abaturage bashya.",
    "Lingala": "Tofungoli biro mpo na bato ya sika.",
}


@pytest.mark.parametrize("text", OF_OTHERS.values(), ids=OF_OTHERS)
@pytest.mark.parametrize(
    "known", [[], ["en", "fr"], ["ru", "ar"], ["es", "sr", "kk", "ku", "he", "hi", "sq", "bn"]]
)
def test_a_text_in_a_language_that_is_not_offered_is_in_none_of_those_that_resemble_it(text, known):
    assert detect(text, known) == UNDETERMINED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Біз жаңа келгендерге арналған орталық аштық.", "kk"),
        ("Отворили смо канцеларију за домување и желимо да поделимо искуство са вама.", "sr"),
        ("Отворихме център за новите жители на града.", "bg"),
        ("Биз янги келганлар учун марказ очдик.", "uz"),
        ("פתחנו מרכז לתושבים חדשים.", "he"),
        ("בְּרוּכִים הַבָּאִים לָעִיר שֶׁלָּנוּ", "he"),
        ("हमने नए निवासियों के लिए एक केंद्र खोला है।", "hi"),
        ("আমরা নতুন বাসিন্দাদের জন্য একটি কেন্দ্র খুলেছি।", "bn"),
        ("ئێمە ناوەندێکمان بۆ دانیشتووانی نوێ کردەوە.", "ku"),
        ("Ne kemi hapur një qendër për banorët e rinj.", "sq"),
        ("Vi har opna eit kontor for nye innbyggjarar og ynskjer å dele røynslene våre.", "no"),
        ("Hem obert un centre per als nouvinguts i volem compartir la nostra experiència.", "ca"),
        ("Мы благодарим Ѓорѓи за ответ, который помог нам открыть центр для новых жителей нашего большого города "
         "и всех, кто приезжает к нам с семьями.", "ru"),
    ],
)  # fmt: skip
def test_ours_are_told_beside_those_that_resemble_them(text, language):
    assert detect(text, []) == language


@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize(
    "text", ["谢谢", "مرحبا", "Спасибо", "ok", "תודה", "감사", "ありがとう", "नमस्ते", "Merci", "ភាសា"]
)
def test_no_writer_makes_a_text_one_of_another_script(text, language):
    told = detect(text, [language])
    scripts = {script for script, written in WRITTEN_WITH.items() if told in written.split()}
    assert told == UNDETERMINED or told in possible(text, [language])
    assert told == UNDETERMINED or scripts


def test_every_language_that_people_may_state_has_a_script():
    assert set(" ".join(WRITTEN_WITH.values()).split()) == set(WRITTEN)


@pytest.mark.parametrize(("page", "language"), [("fr", "fr"), ("es", "es"), ("ar", UNDETERMINED)])
def test_the_language_of_the_page_is_one_of_the_writers(app, page, language):
    with app.test_request_context(f"/?lang={page}"):
        assert detect("ok", ["ar"]) == language


def test_a_post_takes_the_languages_of_its_author():
    nour = MemberFactory(locale="ar", languages_read=["ar", "fr"])
    topic = start_topic()
    told = [topic.post(nour, text).language for text in ("谢谢", "merci", "رد مباشر")]
    assert told == ["zh", "fr", "ar"]


def test_who_may_edit_a_text_that_nobody_could_tell_is_asked(sign_in):
    nour = MemberFactory(locale="ar", languages_read=["ar"])
    post = start_topic().post(nour, "ok")
    page = f"/topics/{post.topic_id}?lang=en"
    assert post.language == UNDETERMINED
    assert f"/translations/Post/{post.id}" in (mine := sign_in(nour).get(page).text)
    assert "Which language is this?" in mine
    assert "Which language is this?" not in sign_in(MemberFactory()).get(page).text


def test_the_choice_is_open_and_nothing_is_chosen_yet(sign_in):
    claire = MemberFactory(locale="fr", languages_read=["fr", "en"])
    note = NoteFactory(author_id=claire.id, text="Lyon, Tunis", language=None)
    browser = sign_in(claire)
    page = browser.get(f"/translations/Note/{note.id}?lang=en").text
    assert "<details open" in page and "too short to tell" in page
    address = f"/translations/Note/{note.id}/language"
    assert browser.post(address, data={"language": ""}).status_code == 422
    assert browser.post(address, data={"language": "fr"}).status_code == 303
    assert note.language == "fr"
