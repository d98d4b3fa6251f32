"""The walls between tests and clocks, and between the package and all clocks but one: no test knows how fast the machine is. What must come is waited for with tests/patience.py."""

import ast
import re

from tests.architecture.lists import KNOWN_WAITS
from tests.architecture.walls import modules

STOPWATCHES = {"monotonic", "perf_counter", "process_time", "thread_time"}
CALENDARS = {"time", "now", "utcnow", "today"}
WAITS = {
    "Timeout", "Timer", "acquire", "alarm", "join", "result", "set_default_navigation_timeout", "set_default_timeout", "set_options",
    "settimeout", "timeout", "wait", "wait_for", "wait_until",
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
    names, given = _other_names(tree), _given(tree)
    for node in ast.walk(tree):
        if any(knows(node, names, given) for knows in KNOWING.get(type(node), ())):
            yield node
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _in_words(node)


def _in_words(node):
    """In a question to a database or a page, and in a program that a test hands to another process."""
    if any(f"{word}(" in node.value for word in ("pg_" + "sleep", "set" + "Timeout")):
        yield node
    if "\n" in node.value and "import " in node.value:
        try:
            yield from speeds(ast.parse(node.value))
        except SyntaxError:
            return  # no program


def _is_stopwatch(node, names, _given):
    return _name(node, names).removesuffix("_ns") in STOPWATCHES


def _sleeps(call, names, _given):
    """A sleep of nothing only lets others have their turn."""
    is_turn = bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
    return _name(call.func, names) == "sleep" and not is_turn


def _says_how_long(call, names, given):
    name = _name(call.func, names)
    if name == "wait_for_timeout":
        return True
    said = [word.value for word in call.keywords if (word.arg or "").endswith("timeout")]
    if name in WAITS:
        said += call.args
    if name.startswith("wait"):
        said += [word.value for word in call.keywords if word.arg in SECONDS]
    return any(_is_number(one, given) for one in said)


def _shortens_patience(node, names, _given):
    """A part of it is a number of one's own again."""
    if isinstance(node, ast.BinOp):
        is_less, parts = isinstance(node.op, (ast.Div, ast.FloorDiv, ast.Sub)), [node.left]
    else:
        is_less, parts = _name(node.func, names) == "min", node.args
    return is_less and any(_name(part, names) == "PATIENCE" for part in parts)


def _measures(node, names, given):
    """A moment held against a number of seconds, also by way of names."""
    terms = [term for side in (node.left, *node.comparators) for term in _terms(side, given)]
    is_now = any(isinstance(term, ast.Call) and _clock(term, names) in CALENDARS for term in terms)
    return is_now and any(_is_seconds(term, names) or _is_number(term, {}) for term in terms)


def _takes_from_now(node, names, given):
    """What a stopwatch would say: a number of seconds between two readings."""
    sides = [_terms(side, {}) for side in (node.left, node.right)]
    return isinstance(node.op, ast.Sub) and any(
        isinstance(term, ast.Call) and _clock(term, names) == "time" for term in sides[0]
    )


def _clock(call, names):
    return _name(call.func, names).removesuffix("_ns")


def _terms(node, given, depth=4):
    """What is added and taken away, through whatever makes a number of it, and through names where they are given."""
    if isinstance(node, ast.BinOp):
        return [*_terms(node.left, given, depth), *_terms(node.right, given, depth)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in AS_NUMBER:
        return _terms(node.func.value, given, depth)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in AS_NUMBER:
        return [term for one in node.args for term in _terms(one, given, depth)]
    if isinstance(node, ast.Name) and node.id in given and depth:
        return [term for value in given[node.id] for term in _terms(value, given, depth - 1)]
    return [node]


def _is_seconds(node, names):
    is_span = isinstance(node, ast.Call) and _name(node.func, names) == "timedelta"
    return is_span and (len(node.args) > 1 or any(word.arg in SECONDS for word in node.keywords))


def _is_number(node, given):
    """Said in digits, also by way of names."""
    if isinstance(node, ast.BinOp):
        return _is_number(node.left, given) and _is_number(node.right, given)
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand, given)
    if isinstance(node, ast.Name):
        return any(_is_number(value, {}) for value in given.get(node.id, ()))
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _given(tree):
    """{name: the values that it is given}, wherever in the module."""
    values = {}
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value:
            for target in targets:
                if isinstance(target, ast.Name):
                    values.setdefault(target.id, []).append(node.value)
    return values


def _other_names(tree):
    """{what a module calls it: what it is called where it comes from}"""
    brought = [alias for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    renamed = {
        name: value.attr
        for name, values in _given(tree).items()
        for value in values
        if isinstance(value, ast.Attribute)
    }
    return renamed | {alias.asname: alias.name for alias in brought if alias.asname}


def _name(node, names):
    """The last word of what is called: `time.sleep` and `sleep` are the same."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return names.get(node.id, node.id) if isinstance(node, ast.Name) else ""


KNOWING = {
    ast.Name: [_is_stopwatch], ast.Attribute: [_is_stopwatch], ast.Call: [_sleeps, _says_how_long, _shortens_patience],
    ast.Compare: [_measures], ast.BinOp: [_takes_from_now, _shortens_patience],
}  # fmt: skip


def the_clock_is_asked_in_one_place(root):
    """By `utcnow`, which `clock_at` moves for all: no day of summer time, no leap day can be tried otherwise. Stopwatches are no clocks."""
    for _, name, text in modules(root):
        known = ASKS_ITSELF | CLOCKS_OF_OTHERS
        if name not in known and (found := ASKED.search(text)):
            yield f"{name} asks a clock by {found[0]}; call utcnow() (core/db.py), sign by core/signing.py"


ASKED = re.compile(
    r"\btime\.time\(|\b(?:datetime|date)\.(?:now|utcnow|today)\(|\b(?:URLSafe)?TimedSerializer\b|\bTimestampSigner\b"
)
ASKS_ITSELF = {"cityexchange/core/db.py", "cityexchange/core/signing.py"}
CLOCKS_OF_OTHERS = {
    "cityexchange/core/sockets/wires.py",  # the library holds it against its own
    "cityexchange/demo/content.py",  # days since the community was written down
}
WALLS = [tests_know_no_speed, the_clock_is_asked_in_one_place]
