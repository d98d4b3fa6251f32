"""For each wall of abuse_walls.py the files that break it, and files beside the line."""

from tests.architecture import abuse_walls

ROWS = "".join(f"| {number} x | holds | guard | `a/test_a.py` |\n" for number in sorted(abuse_walls.CASES))
TEST = {"tests/a/test_a.py": "def test_a():\n    pass\n"}
CODE = "cityexchange/forums/listing.py"

SAMPLES = {
    abuse_walls.the_list_of_abuse_cases_is_whole: (
        {"SECURITY.md": ROWS},
        {"SECURITY.md": ROWS + "| 90 x | holds | guard | `a/test_a.py` |\n", **TEST},
    ),
    abuse_walls.no_statement_is_glued_together: (
        {CODE: "found = db.session.execute(text(f\"SELECT 1 WHERE name = '{name}'\"))\n"},
        {CODE: "found = db.session.execute(text(f\"{IS_ASKING} AND state = 'open'\"))\n"},
    ),
    abuse_walls.no_template_comes_from_words: (
        {CODE: "return render_template_string(post.text)\n"},
        {CODE: 'return render_template("forums/show.html")\n'},
    ),
}

LISTS = {
    "a case that left": ROWS.replace("| 2 x |", "| 92 x |"),
    "out of turn": "| 90 x | holds | guard | `a/test_a.py` |\n" + ROWS,
    "twice": ROWS + ROWS,
    "without a guard": ROWS.replace("| 2 x | holds | guard |", "| 2 x | holds |  |"),
    "without a test": ROWS.replace(
        "| 2 x | holds | guard | `a/test_a.py` |", "| 2 x | holds | guard | by hand |"
    ),
    "a test that is not there": ROWS.replace("guard | `a/test_a.py` |", "guard | `a/test_b.py` |", 1),
}
"""Lists that are not whole."""
