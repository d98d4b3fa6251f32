"""The walls around who asks: one Protocol says what policies, lists and pages may ask of them."""

import ast
import re

from tests.architecture.walls import FUNCTIONS, modules, nodes

READERS_BESIDE = {
    "policy": ("member", "guest"),
    **dict.fromkeys(("boards", "bookmarks", "listing", "reading", "registrants"), ("member",)),
}
"""What else than `reader` those who ask are called, by the name of the module."""


def who_asks_is_a_reader(root):
    """Mypy compares what is asked of them with what a Reader answers, or OneReader where it is the one."""
    for path, name, text in modules(root):
        called = {"reader", *READERS_BESIDE.get(path.stem, ())}
        for function in nodes(text, *FUNCTIONS):
            every = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
            for one in (one for one in every if one.arg.lstrip("_") in called):
                words = re.findall(r"\w+", ast.unparse(one.annotation)) if one.annotation else ()
                if not {"Reader", "OneReader"} & set(words):
                    yield f"{name}: {function.name} does not say that its {one.arg} is a Reader"


WALLS = [who_asks_is_a_reader]
