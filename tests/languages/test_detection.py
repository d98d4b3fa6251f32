"""Our reader of the language model beside the library itself, and the file it reads."""

import json
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from cityexchange.languages.detection import TOLD_APART, model_cache
from cityexchange.languages.detection.model import Model
from cityexchange.languages.detection.model_cache import file_name, model_file

pytestmark = pytest.mark.no_app
DEMO = Path(__file__).parents[2] / "cityexchange" / "demo"
TEXTS = [
    "Nous avons la même question à Lyon.",
    "We have opened a housing desk for newcomers.",
    "مرحبا بكم في مدينتنا، كيف نقيس الأثر؟",
    "¿Cómo miden ustedes el acceso a la vivienda?",
    "Мы открыли центр для новых жителей.",
    "我们为新居民开设了服务中心。",
    "Como vocês acolhem os recém-chegados?",
    "Yeni gelenler için bir merkez açtık.",
    "Wir haben eine Beratungsstelle für Zugewanderte eröffnet.",
    "Abbiamo aperto uno sportello per i nuovi arrivati.",
    "We hebben een loket voor nieuwkomers geopend.",
    "Otworzyliśmy punkt dla nowych mieszkańców.",
    "Ми відкрили центр для нових мешканців.",
    "ما برای تازه‌واردان دفتری باز کرده‌ایم.",
    "ہم نے نئے آنے والوں کے لیے دفتر کھولا ہے۔",
    "हमने नए निवासियों के लिए एक केंद्र खोला है।",
    "新しい住民のための窓口を開設しました。",
    "새로운 주민을 위한 창구를 열었습니다.",
    "Ανοίξαμε ένα γραφείο για τους νεοφερμένους.",
    "Waxaan u furnay xafiis dadka cusub.",
    "Отворили смо канцеларију за нове становнике.",
    "Otvorili smo kancelariju za nove stanovnike.",
    "Biz yangi kelganlar uchun markaz ochdik.",
    "Биз янги келганлар учун марказ очдик.",
    "WE HAVE OPENED A HOUSING DESK",
    "cafe\u0301 et the\u0301 pour tous",
    "half a pair: \ud800",
    "ok",
    "\x01",
]


@pytest.fixture(scope="session")
def library():
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in TOLD_APART if code in identifier.labels])
    return identifier


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("model")


@pytest.fixture(scope="session")
def model(folder):
    return Model(model_file(folder, TOLD_APART))


ROUNDING = 5e-4
"""The library adds up in 32-bit floats, which costs it up to this much of a long text's certainty; our sums are exact."""


def same(model, library, text):
    language, certainty = model.classify(text)
    expected, probability = library.classify(text)
    if certainty == 0:
        return probability < 0.05  # no feature at all: nobody knows, and the writer's own language stands
    return language == expected and abs(certainty - probability) < ROUNDING


@pytest.mark.parametrize("text", TEXTS)
def test_the_answer_is_the_librarys_own(model, library, text):
    assert same(model, library, text)


def test_so_it_is_for_every_text_of_the_illustrative_community(model, library):
    texts = [text for file in DEMO.rglob("*.json") for text in words_in(json.loads(file.read_text()))]

    assert len(texts) > 500
    assert [text for text in texts if not same(model, library, text)] == []


def words_in(item):
    if isinstance(item, str):
        return [item] if item else []
    parts = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    return [text for part in parts for text in words_in(part)]


def test_so_it_is_for_long_texts_and_for_noise(model, library):
    dice = random.Random(4)
    alphabets = [
        range(32, 127),
        range(160, 767),
        range(0x400, 0x500),
        range(0x600, 0x700),
        range(0x4E00, 0x9000),
    ]
    for length in range(1, 8_000, 400):
        # The same byte sequences again and again, and thousands of different ones: sums and counts grow large.
        noise = "".join(chr(dice.choice(dice.choice(alphabets))) for _ in range(length))
        assert same(model, library, noise)
        assert same(model, library, " ".join(dice.choices(TEXTS[:24], k=length // 40 + 1)))
        assert same(model, library, "la " * length)


def test_the_model_is_made_once_and_then_found(folder, model, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("made again"))

    assert Model(model_file(folder, TOLD_APART)).classify(TEXTS[0]) == model.classify(TEXTS[0])
    assert [path.name for path in folder.iterdir()] == [file_name(TOLD_APART)]


def test_several_may_make_it_at_once(tmp_path):
    with ThreadPoolExecutor(3) as many:
        found = list(many.map(lambda _: model_file(tmp_path, ["en", "fr"]).read(), range(3)))

    assert found[0] == found[1] == found[2]
    assert [path.name for path in tmp_path.iterdir()] == [file_name(["en", "fr"])]


def test_other_languages_are_another_file():
    assert file_name(["en", "fr"]) != file_name(["en", "fr", "ar"])


def test_where_nothing_can_be_kept_it_is_made_for_the_process(tmp_path, caplog):
    (tmp_path / "file").write_text("no folder")
    made = Model(model_file(tmp_path / "file" / "below", ["en", "fr"]))

    assert made.classify(TEXTS[0])[0] == "fr"
    assert "cannot be kept" in caplog.text


def test_what_was_interrupted_leaves_nothing_half_made(tmp_path, monkeypatch):
    monkeypatch.setattr(model_cache, "MAKING", tmp_path / "missing.py")
    (tmp_path / "missing.py").write_text("print('the first half'); raise SystemExit(1)")
    with pytest.raises(subprocess.CalledProcessError):
        model_file(tmp_path / "data", ["en", "fr"])

    assert list((tmp_path / "data").iterdir()) == []
