"""The walls around who asks: one Protocol says what policies, lists and pages may ask of them; cities bear the names of their language."""

import ast
import re

from tests.architecture.lists import NAMED_AS_KEPT
from tests.architecture.page_walls import files, without_comments
from tests.architecture.walls import FUNCTIONS, modules, nodes

READERS_BESIDE = {
    "policy": ("member", "guest"),
    **dict.fromkeys(("boards", "bookmarks", "listing", "reading", "registrants"), ("member",)),
}
"""What else than `reader` those who ask are called, by the name of the module."""
ONE_NAME = re.compile(r"(?<!on_change\()\b(?:\w*_)?[cC]ity\.name\b")


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


def cities_are_called_in_the_readers_language(root):
    """`city.name` is one name for all: what is shown is `city.called`, in statements `City.called`, in later mails `city.name_in(locale)`."""
    shown = files(root, "templates", ".html", ".txt")
    kept = (module for module in modules(root) if module[1] not in NAMED_AS_KEPT)
    for _, name, text in (*shown, *kept):
        for found in ONE_NAME.findall(without_comments(text)):
            yield f"{name} takes {found}: a reader of another language knows another name; take `called` (core/called.py)"


WALLS = [who_asks_is_a_reader, cities_are_called_in_the_readers_language]
