"""That a limit is counted before the slow work it is there for: counted after it, many at the same moment are as many hashes, files and mails."""

import ast

from tests.architecture.lists import WITHOUT_LIMIT
from tests.architecture.walls import FUNCTIONS, _is_public, _routes, modules

COUNTING = {"take", "spend"}
"""Verbs of a `Limit`, whose name is in capitals, and the function that takes several."""
SLOW = {"hashed", "verified_member", "discovered", "claims_of", "stream.read", "data.read"}
"""Passwords hashed, other machines asked, files read."""
MAILING = {"queue_mail"}
"""To an address that somebody without an account typed."""
DEEPEST = 6


def slow_work_comes_after_its_limit(root):
    """Through the functions of ours that a view calls by their names, and `validate` of the forms it makes, in the order they are called."""
    known = {name.removesuffix(".py").replace("/", "."): Module(text) for _, name, text in modules(root)}
    for name, module in known.items():
        for view in module.views:
            slow = SLOW | MAILING if _is_public(view) and view.name not in WITHOUT_LIMIT else SLOW
            first = next(
                (step for step in steps(view, module, known) if step in slow or step == "limit"), None
            )
            if first in slow:
                yield f"{name}: {view.name} comes to {first} before a limit is counted; take one first (core/limits)"


class Module:
    """What stands in a module, and where the names come from that it brings in."""

    def __init__(self, text):
        tree = ast.parse(text)
        self.functions = {node.name: node for node in tree.body if isinstance(node, FUNCTIONS)}
        self.classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        self.brought = {
            alias.asname or alias.name: (node.module, alias.name)
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        self.views = [function for function in self.functions.values() if _routes(function)]


def steps(function, module, known, within=None, depth=0):
    """ "limit" or the name of each call, in the order they are made; with what is in those functions of ours."""
    for call in calls(function.body):
        target, words = call.func, ast.unparse(call.func).split(".")
        if words[-1] in COUNTING and _is_of_limit(target):
            yield "limit"
            continue
        yield from (words[-1], ".".join(words[-2:]))
        for inner, place, owner in _inside(target, function, module, known, within):
            if depth < DEEPEST:
                yield from steps(inner, place, known, owner, depth + 1)


def calls(body):
    """As Python makes them: what a call is given before the call."""
    for node in body:
        yield from calls(ast.iter_child_nodes(node))
        if isinstance(node, ast.Call):
            yield node


def _is_of_limit(target):
    return isinstance(target, ast.Name) or (isinstance(target.value, ast.Name) and target.value.id.isupper())


def _inside(target, function, module, known, within):
    """(function, its module, its class) of what is called, as far as it is ours."""
    if isinstance(target, ast.Name):
        yield from _named(target.id, module, known)
    elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        if target.value.id == "self" and within:
            yield from ((method, module, within) for method in _methods(within, target.attr))
        elif target.attr == "validate":
            yield from _validations(function, module, known)
        elif target.value.id in module.brought:
            other = known.get(".".join(module.brought[target.value.id]))
            yield from _named(target.attr, other, known) if other else ()


def _named(name, module, known):
    if name in module.functions:
        yield module.functions[name], module, None
    elif name in module.brought:
        where, what = module.brought[name]
        other = known.get(where) or known.get(f"{where}.__init__")
        if other and other is not module:
            yield from _named(what, other, known)


def _validations(function, module, known):
    """Of all forms that the function names: one of them is asked."""
    for name in sorted({node.id for node in ast.walk(function) if isinstance(node, ast.Name)}):
        yield from (
            (method, place, form)
            for form, place in _forms(name, module, known)
            for method in _methods(form, "validate")
        )


def _forms(name, module, known):
    """The class of this name and those that it is made of."""
    if name in module.classes:
        form = module.classes[name]
        yield form, module
        for base in form.bases:
            if isinstance(base, ast.Name):
                yield from _forms(base.id, module, known)
    elif name in module.brought:
        where, what = module.brought[name]
        other = known.get(where) or known.get(f"{where}.__init__")
        if other and other is not module:
            yield from _forms(what, other, known)


def _methods(owner, name):
    return [node for node in owner.body if isinstance(node, FUNCTIONS) and node.name == name]


WALLS = [slow_work_comes_after_its_limit]
