"""The wall between tests and clocks: no test knows how fast the machine is. What must come is waited for with tests/patience.py."""

import ast

from tests.architecture.lists import KNOWN_WAITS
from tests.architecture.walls import modules

STOPWATCHES = {"monotonic", "perf_counter", "process_time", "thread_time"}
CALENDARS = {"time", "now", "utcnow", "today"}
WAITS = {
    "join", "set_default_navigation_timeout", "set_default_timeout", "settimeout", "timeout", "wait", "wait_for", "wait_until",
}  # fmt: skip
"""What waits for as long as a number in its arguments says."""
SECONDS = {"seconds", "milliseconds", "microseconds"}
AS_NUMBER = {"abs", "float", "int", "round", "timestamp", "total_seconds"}


def tests_know_no_speed(root):
    """Those of tests/load measure. A wait that is known stands in the list as `file: the words`, or a whole file by its name."""
    for _, name, text in modules(root, "tests"):
        if name.startswith("tests/load/"):
            continue
        found = {f"{name}: {ast.unparse(node)}" for node in speeds(ast.parse(text))}
        known = {place for place in KNOWN_WAITS if place.split(":")[0] == name}
        for place in sorted(found - known):
            if name not in known:
                yield f"{place} knows how fast the machine is; wait with tests/patience.py, or for an event"
        for place in sorted(known - found):
            if place != name or not found:
                yield f"{place} is not there any more; take it out of KNOWN_WAITS"


def speeds(tree):
    """The nodes that sleep, read a stopwatch, hold a moment against seconds, or name how long to wait."""
    numbers, names = _numbers(tree), _other_names(tree)
    for node in ast.walk(tree):
        if any(knows(node, names, numbers) for knows in KNOWING.get(type(node), ())):
            yield node
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _in_words(node)


def _in_words(node):
    """In a question to a database, and in a program that a test hands to another process."""
    if "pg_" + "sleep(" in node.value.lower():
        yield node
    if "\n" in node.value and "import " in node.value:
        try:
            yield from speeds(ast.parse(node.value))
        except SyntaxError:
            return  # no program


def _is_stopwatch(node, names, _numbers):
    return _name(node, names).removesuffix("_ns") in STOPWATCHES


def _sleeps(call, names, _numbers):
    """A sleep of nothing only lets others have their turn."""
    is_turn = bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
    return _name(call.func, names) == "sleep" and not is_turn


def _says_how_long(call, names, numbers):
    name = _name(call.func, names)
    if name == "wait_for_timeout":
        return True
    given = [word.value for word in call.keywords if (word.arg or "").endswith("timeout")]
    if name in WAITS:
        given += call.args
    if name.startswith("wait"):
        given += [word.value for word in call.keywords if word.arg in SECONDS]
    return any(_is_number(one, numbers) for one in given)


def _measures(node, names, numbers):
    """A moment held against a number of seconds."""
    terms = [term for side in (node.left, *node.comparators) for term in _terms(side)]
    is_now = any(_tells_time(term, names, CALENDARS) for term in terms)
    return is_now and any(_is_seconds(term, names) or _is_number(term, numbers) for term in terms)


def _takes_from_now(node, names, _numbers):
    return isinstance(node.op, ast.Sub) and _tells_time(node.left, names, {"time"})


def _terms(node):
    """What is added and taken away, through whatever makes a number of it."""
    if isinstance(node, ast.BinOp):
        return [*_terms(node.left), *_terms(node.right)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in AS_NUMBER:
        return _terms(node.func.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in AS_NUMBER:
        return [term for one in node.args for term in _terms(one)]
    return [node]


def _tells_time(node, names, clocks):
    calls = [term for term in _terms(node) if isinstance(term, ast.Call)]
    return any(_name(call.func, names) in clocks for call in calls)


def _is_seconds(node, names):
    is_span = isinstance(node, ast.Call) and _name(node.func, names) == "timedelta"
    return is_span and any(word.arg in SECONDS for word in node.keywords)


def _is_number(node, numbers):
    """Said in digits, also by way of a name of the module."""
    if isinstance(node, ast.BinOp):
        return _is_number(node.left, numbers) and _is_number(node.right, numbers)
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand, numbers)
    if isinstance(node, ast.Name):
        return node.id in numbers
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _numbers(tree):
    """The names that a module gives to numbers."""
    given = [node for node in tree.body if isinstance(node, ast.Assign) and _is_number(node.value, set())]
    return {target.id for node in given for target in node.targets if isinstance(target, ast.Name)}


def _other_names(tree):
    """{what a module calls it: what it is called where it comes from}"""
    brought = [alias for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    return {alias.asname: alias.name for alias in brought if alias.asname}


def _name(node, names):
    """The last word of what is called: `time.sleep` and `sleep` are the same."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return names.get(node.id, node.id) if isinstance(node, ast.Name) else ""


KNOWING = {
    ast.Name: [_is_stopwatch], ast.Attribute: [_is_stopwatch], ast.Call: [_sleeps, _says_how_long], ast.Compare: [_measures],
    ast.BinOp: [_takes_from_now],
}  # fmt: skip
WALLS = [tests_know_no_speed]
