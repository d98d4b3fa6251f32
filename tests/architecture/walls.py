"""The walls of the package: each looks at a working copy and returns a complaint for each breach."""

import ast
import re
from graphlib import CycleError, TopologicalSorter

from tests.architecture.lists import KNOWN_NAMES, WITHOUT_AUTHORIZE

LONGEST_FUNCTION, LONGEST_VIEW, MOST_METHODS = 30, 15, 20
LONGEST_MODULE = {"cityexchange": 220, "tests": 300, "deploy": 300}
MAY_COMMIT = {"cityexchange/core/db.py", "cityexchange/core/transactions.py"}
ROUTES = {"route", "get", "post", "put", "patch", "delete"}
UNSAFE = {"post", "put", "patch", "delete"}
VAGUE_MODULES = {
    "util",
    "utils",
    "helper",
    "helpers",
    "misc",
    "common",
    "service",
    "services",
    "tools",
    "manager",
}
IRREGULAR_PAST = {
    "begun", "broken", "chosen", "cut", "drawn", "found", "given", "held", "hung", "kept", "left", "lost", "made", "met",
    "read", "sent", "set", "shown", "taken", "told", "withdrawn", "won", "written",
}  # fmt: skip


def modules(root, folder="cityexchange"):
    """(path, its name from the root, its text) of each module; migrations are written by a machine."""
    for path in sorted((root / folder).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if "/migrations/" not in name:
            yield path, name, path.read_text()


def nodes(text, *kinds):
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def only_the_unit_of_work_commits(root):
    for _, name, text in modules(root):
        if ".commit(" in text and name not in MAY_COMMIT:
            yield f"{name} commits; only the unit of work does: raise, or return"


def modules_stay_readable(root):
    for folder, longest in LONGEST_MODULE.items():
        for _, name, text in modules(root, folder):
            if (lines := len(text.splitlines())) > longest:
                yield f"{name} has {lines} lines; the longest allowed is {longest}"


def functions_stay_readable(root):
    for _, name, text in modules(root):
        for function in nodes(text, *FUNCTIONS):
            if (lines := function.end_lineno - function.lineno + 1) > LONGEST_FUNCTION:
                yield f"{name}: {function.name} has {lines} lines; the longest allowed is {LONGEST_FUNCTION}"


def views_stay_thin(root):
    for _, name, text in modules(root):
        for function in nodes(text, *FUNCTIONS):
            lines = function.end_lineno - function.lineno + 1 - _docstring_lines(function)
            if _routes(function) and lines > LONGEST_VIEW:
                yield f"{name}: the view {function.name} has {lines} lines; the longest allowed is {LONGEST_VIEW}"


def _docstring_lines(function):
    first = function.body[0]
    return first.end_lineno - first.lineno + 1 if ast.get_docstring(function) else 0


def classes_stay_small(root):
    for _, name, text in modules(root):
        for made in nodes(text, ast.ClassDef):
            if (count := sum(isinstance(part, FUNCTIONS) for part in made.body)) > MOST_METHODS:
                yield f"{name}: {made.name} has {count} methods; the most allowed is {MOST_METHODS}"


def modules_have_telling_names(root):
    for path, name, _ in modules(root):
        if VAGUE_MODULES & {path.stem, path.parent.name}:
            yield f"{name} has a name that tells nothing; name it after what it holds"


def functions_have_telling_verbs(root):
    for _, name, text in modules(root):
        for function in nodes(text, *FUNCTIONS):
            vague = re.match(r"_?(get|do|process|handle|manage)_", function.name)
            if vague and function.name not in KNOWN_NAMES:
                yield f"{name}: {function.name} begins with an empty verb; use the domain's own"


def imports_stand_at_the_top(root):
    for _, name, text in modules(root):
        for function in nodes(text, *FUNCTIONS):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{name}:{node.lineno} imports inside {function.name}; move the layer instead"


def features_have_no_circles(root):
    """Imports that only types need count too: modules that cannot be understood one after another are one module."""
    for feature in sorted((root / "cityexchange").glob("*/")):
        try:
            TopologicalSorter(_imports_within(root, feature.name)).prepare()
        except CycleError as error:
            yield f"{' -> '.join(error.args[1])} import each other; move what belongs together, or name the model in quotes"


def _imports_within(root, feature):
    """{module: those of its feature that it names}, for all modules of a feature."""
    texts = {
        name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): text
        for _, name, text in modules(root, f"cityexchange/{feature}")
    }
    return {module: set(_imported(text, texts)) - {module} for module, text in texts.items()}


def _imported(text, known):
    """The known modules that a text imports. In `from a import b`, a is only on the way where b is a module."""
    for node in nodes(text, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in known)
    for node in nodes(text, ast.ImportFrom):
        for alias in node.names:
            yield from [name for name in (f"{node.module}.{alias.name}", node.module) if name in known][:1]


def changing_views_ask_a_policy(root):
    for path, name, text in modules(root):
        functions = nodes(text, *FUNCTIONS)
        unsafe = [function for function in functions if _is_unsafe(function)]
        asking = {"authorize", *_asking(functions), *_asking_beside(path)} if unsafe else set()
        for function in unsafe:
            is_known = _is_public(function) or function.name in WITHOUT_AUTHORIZE
            if not is_known and not _calls(function) & asking:
                yield f"{name}: {function.name} changes something without authorize() and is not public"


def _asking(functions):
    return {function.name for function in functions if "authorize" in _calls(function)}


def _asking_beside(path):
    """The same of the modules beside this one, as they are called: `writing.post`."""
    for other in path.parent.glob("*.py"):
        if "authorize(" in (text := other.read_text()):
            yield from (f"{other.stem}.{name}" for name in _asking(nodes(text, *FUNCTIONS)))


def _routes(function):
    """The route decorators of a function, as calls."""
    return [
        mark
        for mark in function.decorator_list
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr in ROUTES
    ]


def _is_unsafe(function):
    for route in _routes(function):
        methods = {
            word.lower()
            for keyword in route.keywords
            if keyword.arg == "methods"
            for word in _words(keyword.value)
        }
        if route.func.attr in UNSAFE or methods & UNSAFE:
            return True
    return False


def _words(node):
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def _is_public(function):
    return any(isinstance(mark, ast.Name) and mark.id == "public" for mark in function.decorator_list)


def _calls(function):
    """What a function calls: itself `authorize`, or a function of its module, or of one beside it, that does."""
    return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def members_are_passed_by_themselves(root):
    for _, name, text in modules(root):
        if "current_user" in text and not name.startswith(("cityexchange/core/", "cityexchange/members/")):
            yield f"{name} uses current_user, which is a proxy; call me()"


FOR_WHOM = ("policy.py", "waits.py", "parts.py")
"""Beside policies: whom a queue concerns, and how the start page speaks to somebody. What is shown still goes through `visible_to`."""


def roles_are_compared_in_policies_only(root):
    for path, name, text in modules(root):
        if path.name not in FOR_WHOM and re.search(
            r"\.has_team_role\(|(?<!\bself)\.team_role\s*(==|!=|in\b|not in\b)", text
        ):
            yield f"{name} compares roles; ask can() or visible_to(), and let policy.py compare"


def settings_come_from_config(root):
    for _, name, text in modules(root):
        if re.search(r"\bos\.environ|\bgetenv\b", text):
            yield f"{name} reads the environment; config.py does, once"


def signals_are_past_facts(root):
    for path, name, text in modules(root):
        for node in nodes(text, ast.Assign):
            if not (isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "Signal"):
                continue
            signal = node.targets[0].id
            if path.name != "signals.py" and not name.startswith("cityexchange/core/"):
                yield f"{name}: the signal {signal} belongs into signals.py"
            if not any(word.endswith("ed") or word in IRREGULAR_PAST for word in signal.split("_")):
                yield f"{name}: the signal {signal} is not a past fact (message_posted)"


def socket_events_are_record_and_verb(root):
    for _, name, text in modules(root):
        for event in re.findall(r"@handler\(\s*[\"']([^\"']*)", text):
            if not re.fullmatch(r"[a-z_]+:[a-z_]+", event):
                yield f"{name}: the socket event {event!r} is not record:verb"


def limits_are_known(root):
    for _, name, text in modules(root):
        if re.search(r"\.limit\((?!at_most\()", text):
            yield f"{name} limits a statement by a parameter; say limit(at_most(number)), so that databases can keep its plan"


def statements_are_prepared_in_one_way(root):
    for _, name, text in modules(root):
        constants = {
            target.id
            for node in ast.parse(text).body
            if isinstance(node, ast.Assign) and _makes_statement(node.value)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in nodes(text, ast.Call):
            first = getattr(call.args[0], "id", None) if call.args else None
            if first in constants and _name_of(call.func) in RUNNING:
                yield f"{name} runs the constant {first}; let a function make it, marked @prepared"
        for function in nodes(text, *FUNCTIONS):
            marks = {
                _name_of(mark.func if isinstance(mark, ast.Call) else mark)
                for mark in function.decorator_list
            }
            if marks & {"cache", "lru_cache"} and _makes_statement(function):
                yield f"{name} keeps what {function.name} puts together by {min(marks)}; mark it @prepared"


RUNNING = {"rows", "execute", "scalar", "scalars", "change"}


def _makes_statement(node):
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    return any(_name_of(call.func) in ("select", "insert", "update", "delete") for call in calls)


def _name_of(node):
    return getattr(node, "id", None) or getattr(node, "attr", None)


def nothing_is_left_for_later(root):
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X"))
    for folder in ("cityexchange", "tests", "deploy"):
        for _, name, text in modules(root, folder):
            if found := re.search(rf"\b({marks})\b", text):
                yield f"{name} has a {found[0]}; do it now, or write an issue"


WALLS = [
    only_the_unit_of_work_commits, modules_stay_readable, functions_stay_readable, views_stay_thin, classes_stay_small, modules_have_telling_names,
    functions_have_telling_verbs, imports_stand_at_the_top, features_have_no_circles, changing_views_ask_a_policy, members_are_passed_by_themselves,
    roles_are_compared_in_policies_only, settings_come_from_config, signals_are_past_facts,
    socket_events_are_record_and_verb, limits_are_known, statements_are_prepared_in_one_way, nothing_is_left_for_later,
]  # fmt: skip
