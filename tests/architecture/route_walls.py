"""The walls between the addresses of the assembled application and the papers that list them."""

import re

from werkzeug.exceptions import HTTPException

from tests.architecture.app_walls import public_pages

ADDRESS = re.compile(r"`(/[^`?\s]*)[^`]*`")
LATER = "from a later release"


def pages_nobody_walks(app, paths, excused):
    """Pages that stand neither among the paths of tests/browser/pages.py nor among the excused; and what stands there for nothing."""
    opened = {path: _opened(app, path.partition("?")[0]) for path in paths}
    walked, pages = set(opened.values()), {rule.endpoint for rule in _readable(app)}
    yield from (f"pages.py opens {path}, where no page is" for path in opened if opened[path] is None)
    for endpoint in sorted(pages - walked - set(excused)):
        yield f"{endpoint} stands neither in tests/browser/pages.py nor in NOT_WALKED, with a reason"
    for endpoint in sorted(set(excused) & walked | set(excused) - pages):
        yield f"{endpoint} needs no place in NOT_WALKED: it is walked, or no page"


def contract_told_otherwise(app, paper, excused):
    """Addresses of docs/contract.md that are none of ours, and those that a visitor may open and it does not tell."""
    told, promised = _told(paper)
    ours = {_as_told(rule) for rule in app.url_map.iter_rules()}
    yield from (f"the contract tells of {address}, where nothing is" for address in sorted(told - ours))
    yield from (f"{address} is there; the contract says {LATER}" for address in sorted(promised & ours))
    public = public_pages(app)
    open_to_all = {rule.endpoint: _as_told(rule) for rule in _readable(app) if rule.endpoint in public}
    for endpoint, address in sorted(open_to_all.items()):
        if address not in told and endpoint not in excused:
            yield f"a visitor may open {address}, and the contract does not tell of it"
    for endpoint in sorted(excused):
        if open_to_all.get(endpoint, "") in {"", *told}:
            yield f"{endpoint} needs no place in NOT_IN_CONTRACT: it is told, or no visitor opens it"


def forms_taken_twice(app, excused):
    """Views that make something (`create_...`) of which a second press could make another; and what is excused for nothing."""
    makes = {name for name in app.view_functions if name.rpartition(".")[2].startswith("create_")}
    once = {name for name in makes if getattr(app.view_functions[name], "is_once", False)}
    for endpoint in sorted(makes - once - set(excused)):
        yield f"{endpoint} makes something and is not `once`, nor in MADE_ONCE_OTHERWISE with a reason"
    for endpoint in sorted(set(excused) - makes | set(excused) & once):
        yield f"{endpoint} needs no place in MADE_ONCE_OTHERWISE: it is `once`, or no view"


def _readable(app):
    return [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]


def _opened(app, path):
    try:
        return app.url_map.bind("localhost").match(path, method="GET")[0]
    except HTTPException:
        return None


def _as_told(rule):
    """/topics/<int:id> as people write it: /topics/<id>"""
    return re.sub(r"<\w+:", "<", rule.rule)


def _told(paper):
    """The addresses of a paper: those that are there, and those of lines that promise them for later."""
    told, promised = set(), set()
    for line in paper.splitlines():
        (promised if LATER in line else told).update(ADDRESS.findall(line))
    return told, promised
