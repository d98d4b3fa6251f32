import json
from pathlib import Path

from sqlalchemy import func, select

from cityexchange import themes
from cityexchange.core.db import db
from cityexchange.themes import labels, taxonomy
from cityexchange.themes.models import Theme
from cityexchange.themes.taxonomy import load_taxonomy

DATA = json.loads((Path(themes.__file__).parents[1] / "demo/data/taxonomy.json").read_text(encoding="utf-8"))


def test_every_theme_has_its_row_once_however_often_loaded():
    assert load_taxonomy() == 35
    assert load_taxonomy() == 0
    assert db.session.scalar(select(func.count()).select_from(Theme)) == 35


def test_a_theme_that_stands_wrong_is_put_right():
    db.session.add(Theme(key="housing", cluster="F", position=99))
    db.session.flush()

    assert load_taxonomy() == 34
    housing = db.session.scalar(select(Theme).filter_by(key="housing"))
    assert (housing.cluster, housing.position) == ("C", 14)


def test_the_command_loads_them(app):
    db.session.commit()
    assert "Themes added: 35." in app.test_cli_runner().invoke(args=["themes", "load"]).output


def test_the_taxonomy_is_that_of_the_field():
    keys = [(theme["cluster"], theme["key"]) for theme in DATA["themes"]]
    assert [(c, key) for c, group in taxonomy.THEMES.items() for key in group] == keys
    assert list(taxonomy.INSTRUMENTS) == [one["key"] for one in DATA["instruments"]]
    assert list(taxonomy.GROUPS) == [one["key"] for one in DATA["target_groups"]]


def test_every_key_has_the_words_of_the_field(app):
    with app.test_request_context():
        for words, rows in (
            (labels.THEMES, DATA["themes"]),
            (labels.CLUSTERS, DATA["clusters"]),
            (labels.INSTRUMENTS, DATA["instruments"]),
            (labels.GROUPS, DATA["target_groups"]),
        ):
            assert {key: str(word) for key, word in words.items()} == {row["key"]: row["en"] for row in rows}
    assert tuple(labels.STAGES) == taxonomy.STAGES


def test_an_unknown_key_stands_for_itself():
    assert labels.theme_label("flying") == "flying"
