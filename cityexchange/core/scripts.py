"""One request for a behaviour: a module is sent together with those of its own folder that it imports.

The files stay plain modules, and a browser could load them as they are. What lies in another folder (lib/, the vendor's) is
shared by several behaviours and may remember something, so it stays a file of its own; so does what is imported later, by `import()`.
"""

import re
from collections.abc import Callable

IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}|\w+) from "(?P<path>[^"]+)"\n', re.MULTILINE)
EXPORT = re.compile(
    r"^export (?P<default>default )?(?P<rest>(?:async )?(?:class|function|const) (?P<name>\w+))", re.MULTILINE
)


def join(name: str, read: Callable[[str], str]) -> str:
    """The text of a module with its neighbours in front of it. `read` gives the text of a module by its name.

    RecursionError for modules that import each other in a circle.
    """
    folder = name.rpartition("/")[0]
    shared: dict[str, None] = {}
    parts: dict[str, str] = {}

    def take_in(found):
        if not found["path"].startswith("./"):
            shared.update(dict.fromkeys(_one_by_one(found)))
            return ""
        neighbour = found["path"].removeprefix("./")
        if neighbour not in parts:
            text = IMPORT.sub(take_in, read(f"{folder}/{neighbour}"))
            parts[neighbour] = f"const {_variable(neighbour)} = (() => {{\n{_enclosed(text)}}})()\n"
        return f"const {_destructured(found['names'])} = {_variable(neighbour)}\n"

    own = IMPORT.sub(take_in, read(name))
    return "".join([*shared, *parts.values(), own])


def _one_by_one(found):
    """Two neighbours may ask for some of the same names of a shared module."""
    names = found["names"].strip("{} ").split(",") if found["names"].startswith("{") else []
    path = found["path"]
    return [f'import {{ {name.strip()} }} from "{path}"\n' for name in names] or [found[0]]


def _variable(name):
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))


def _destructured(names):
    return names.replace(" as ", ": ") if names.startswith("{") else f"{{ default: {names} }}"


def _enclosed(text):
    """A module as the body of a function that returns what it exports."""
    exports = [f"default: {e['name']}" if e["default"] else e["name"] for e in EXPORT.finditer(text)]
    return f"{EXPORT.sub(lambda found: found['rest'], text)}return {{ {', '.join(exports)} }}\n"
