"""A wall that cannot fall holds nothing: each one is shown a small breach and must name it, and its like that is no breach."""

import pytest

from tests.architecture import (
    abuse_breaches,
    abuse_walls,
    breaches,
    clock_walls,
    hash_walls,
    limit_breaches,
    limit_walls,
    page_walls,
    paper_walls,
    reader_walls,
    walls,
)

pytestmark = pytest.mark.no_app
SAMPLES = breaches.SAMPLES | limit_breaches.SAMPLES | abuse_breaches.SAMPLES


def grow(root, files):
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    for folder in ("cityexchange", "tests", "deploy", "templates", "static"):
        (root / folder).mkdir(exist_ok=True)
    return root


def test_every_wall_is_tried():
    assert set(SAMPLES) == {
        *walls.WALLS,
        *page_walls.WALLS,
        *paper_walls.WALLS,
        *clock_walls.WALLS,
        *reader_walls.WALLS,
        *hash_walls.WALLS,
        *limit_walls.WALLS,
        *abuse_walls.WALLS,
    }


@pytest.mark.parametrize("wall", SAMPLES, ids=lambda wall: wall.__name__)
def test_the_wall_falls_when_broken(wall, tmp_path):
    assert list(wall(grow(tmp_path, SAMPLES[wall][0])))


@pytest.mark.parametrize("wall", SAMPLES, ids=lambda wall: wall.__name__)
def test_the_wall_lets_pass_what_is_right(wall, tmp_path):
    assert not list(wall(grow(tmp_path, SAMPLES[wall][1])))


@pytest.mark.parametrize(
    "said", ["page(self, reader: Any)", "lines(_reader)", "lines(ids, *, reader: Member)", "kinds_of(member)"]
)
def test_whoever_a_list_is_for_is_a_reader(said, tmp_path):
    root = grow(tmp_path, {"cityexchange/forums/listing.py": f"def {said}: pass\n"})
    assert len(list(reader_walls.who_asks_is_a_reader(root))) == 1


@pytest.mark.parametrize(
    "way",
    [
        "security.hashed(digest)",
        "kept(form)",
        "form = LetterForm()\n    form.validate()",
        "see(security.hashed(JOINS.take(1)))",
    ],
)
def test_slow_work_is_found_through_functions_and_forms(way, tmp_path):
    """The last counts first: what a call is given is called before it."""
    text = "from cityexchange.members.letters import LetterForm\ndef kept(form):\n    form.file.data.read()\n"
    view = f"@bp.post('/x')\ndef create(id):\n    {way}\n    JOINS.take(caller())\n"
    files = {
        "cityexchange/members/letters.py": limit_breaches.LETTERS,
        "cityexchange/members/views.py": text + view,
    }
    found = list(limit_walls.slow_work_comes_after_its_limit(grow(tmp_path, files)))
    assert len(found) == (0 if way.startswith("see") else 1)


@pytest.mark.parametrize(
    "quoted",
    [
        "    good    closed(topic)   forums/views.py\n",
        "    good    find(id)   forums/gone.py\n",
        "    good    find(id)   forums/views.py\n            ...\n            find(id)\n",
        "    good    find(...)\n            close(topics, ...   forums/views.py\n",
    ],
)
def test_a_quoted_line_that_is_not_so_in_its_file_is_named(quoted, tmp_path):
    root = grow(tmp_path, {"STYLE.md": quoted, "cityexchange/forums/views.py": "find(id)\nclose(topic)\n"})
    assert len(list(paper_walls.good_lines_stand_in_the_code(root))) == 1


@pytest.mark.parametrize(
    ("page", "stuck"),
    [
        ("<i {% if a %}hidden{% else %}{% endif %}\nid='x'>", {"id"}),
        ("<i {% if a %}hidden{% elif b %}lang='x'{% endif %}\n{% if c %}id='x'{% endif %}>", {"id"}),
        ("<i {% for a in b %}data-x='1'{% endfor %} id=''>", {"data-x"}),
        ("<i title='{{ _(\"a\") }}'{% if a %}\nhidden{% endif %}>", {"hidden"}),
        ("<i id='a'\n  {% if a %}lang='x'{% endif %}\n  {% if b %}dir='x'{% endif %}>", {"dir"}),
        ("<i id='a'\n  {% if a %}lang='x'{% endif %}>{% if b %}b{% endif %}c", set()),
        ("<i {% if a %}lang='x'{% elif b %}hidden{% else %}dir='x'{% endif %}>", set()),
        ("<i class='a{% if b %}b{% endif %}c'{% if a > 1 %} lang='x'{% endif %}\n  hidden>", set()),
    ],
)
def test_attributes_that_stick_in_any_branch_are_named(page, stuck):
    assert page_walls.stuck_attributes(page) == stuck


@pytest.mark.parametrize("rows", abuse_breaches.LISTS.values(), ids=abuse_breaches.LISTS)
def test_a_list_of_abuse_cases_that_is_not_whole_is_named(rows, tmp_path):
    files = {"SECURITY.md": rows} | abuse_breaches.TEST
    assert list(abuse_walls.the_list_of_abuse_cases_is_whole(grow(tmp_path, files)))
