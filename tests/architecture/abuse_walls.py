"""That the list of what was tried is whole and true, and that no statement and no template is made of words."""

import ast
import re

from tests.architecture.walls import modules

WHERE = "SECURITY.md"
CASES = {*range(1, 5), *range(6, 10), *range(11, 19), *range(21, 24), *range(25, 34), *range(39, 43)}
"""Those of the forty-two that there is something of to try, and that must not leave the list."""
OWN_NAMES = (
    "cityexchange/migrations/",
    "cityexchange/core/databases/",
    "cityexchange/cities/register/",
    "cityexchange/core/db.py",  # `constant` insists on a word of letters
)
"""Where a statement is put together of names that stand in the code."""


def the_list_of_abuse_cases_is_whole(root):
    """A row for each case: what holds, by which guard, and tests that are there."""
    page = (root / WHERE).read_text() if (root / WHERE).exists() else ""
    rows = [line for line in page.splitlines() if re.match(r"\| \d", line)]
    numbers = [int(row.split()[1]) for row in rows]
    if missing := CASES - set(numbers):
        yield f"{WHERE} does not say what was tried of the cases {sorted(missing)}"
    if numbers != sorted(set(numbers)):
        yield f"{WHERE} tells a case twice, or out of its turn"
    for number, row in zip(numbers, rows, strict=True):
        cells = [cell.strip() for cell in row.strip().strip("|").split(" | ")]
        if len(cells) != 4 or not all(cells):
            yield f"{WHERE}, case {number}: case, what holds, guard, tests"
        else:
            yield from _not_there(root, number, re.findall(r"`([^`]+)`", cells[3]))


def _not_there(root, number, names):
    if not names:
        yield f"{WHERE}, case {number} names no test"
    for name in names:
        test = root / "tests" / name
        if not test.is_file() or "def test_" not in test.read_text():
            yield f"{WHERE}, case {number}: tests/{name} is not there"


def no_statement_is_glued_together(root):
    """Of constants alone: what people say goes beside a statement, as its values."""
    for _, name, text in modules(root):
        if not name.startswith("cityexchange/") or name.startswith(OWN_NAMES):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _runs_words(node) and node.args and _is_glued(node.args[0]):
                yield f"{name}:{node.lineno} glues a statement together; give its values beside it"


def _runs_words(call):
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return called in {"text", "literal_column", "execute", "exec_driver_sql", "executescript"}


def _is_glued(argument):
    if isinstance(argument, ast.JoinedStr):
        filled = (part.value for part in argument.values if isinstance(part, ast.FormattedValue))
        return not all(isinstance(value, ast.Name) and value.id.isupper() for value in filled)
    is_sum = isinstance(argument, ast.BinOp) and isinstance(argument.op, (ast.Add, ast.Mod))
    is_format = isinstance(argument, ast.Call) and getattr(argument.func, "attr", "") == "format"
    return is_sum or is_format


def no_template_comes_from_words(root):
    for _, name, text in modules(root):
        is_ours = name.startswith("cityexchange/")
        if is_ours and (found := re.search(r"\brender_template_string\b|\.from_string\(", text)):
            yield f"{name} makes a template of words ({found[0]}); templates stand in templates/"


WALLS = [the_list_of_abuse_cases_is_whole, no_statement_is_glued_together, no_template_comes_from_words]
