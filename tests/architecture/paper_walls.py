"""The walls around what is committed: commands, lists of imports, and what no file may contain."""

import re
import subprocess
import tomllib

REGISTRIES = re.compile(
    "|".join(
        (r"pypi\." + "org", r"python" + r"hosted\.org", r"npm" + r"js\.(?:org|com)", r"deb\.debian\." + "org")
    )
)
MACHINE_PATHS = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:" + "work|farm|root" + r")/", re.M)
NEVER_COMMITTED = re.compile(
    r"\.(?:mo|pyc|sqlite)$|^(?:static/vendor|node_modules|\.venv|instance|build)(?:/|$)"
)


def tracked(root):
    """The names of what git tracks, or of all files where there is no repository."""
    if (root / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
        )
        return [name for name in listed.stdout.split("\0") if (root / name).is_file()]
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def texts(root):
    for name in tracked(root):
        content = (root / name).read_bytes()
        if b"\0" not in content[:8000]:
            yield name, content.decode("utf-8", "replace")


def no_registry_is_named(root):
    for name, text in texts(root):
        if found := REGISTRIES.search(text):
            yield f"{name} names {found[0]}; each machine has its own registry"


def no_path_of_one_machine_is_named(root):
    for name, text in texts(root):
        if found := MACHINE_PATHS.search(text):
            yield f"{name} names {found[0].strip()!r}, a path of one machine"


def locks_name_no_address(root):
    lock = root / "package-lock.json"
    if lock.exists() and '"resolved"' in lock.read_text():
        yield "package-lock.json says where packages came from; .npmrc should have left that out"


def what_is_made_is_not_committed(root):
    for name in tracked(root):
        if NEVER_COMMITTED.search(name):
            yield f"{name} is made by the set-up and must not be committed"


def ci_runs_what_the_readme_says(root):
    """README's test command is `make test`; .ci/run calls `make check`, which ends by calling it."""
    readme, ci, makefile = ((root / name).read_text() for name in ("README.md", ".ci/run", "Makefile"))
    if not re.search(r"^(?:    |\$ )?make test\b", readme, re.M):
        yield "README.md does not give `make test` as a line of its own"
    if not re.search(r"^make check$", ci, re.M):
        yield ".ci/run does not call make check"
    check = re.search(r"^check:.*\n((?:\t.*\n)*)", makefile, re.M)
    if not check or not re.search(r"\$\(MAKE\).* test\b", check[1]):
        yield "make check does not end with make test"


def the_import_walls_have_no_door(root):
    """import-linter stays exhaustive; `migrations` is the only package outside, and no single import is excused."""
    settings = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = settings["contracts"][0]
    if not layers.get("exhaustive") or layers.get("exhaustive_ignores") != ["migrations"]:
        yield "the layers are not exhaustive, or more than migrations stands outside"
    for contract in settings["contracts"]:
        if contract.get("ignore_imports"):
            yield f"{contract['name']!r} excuses imports; move the layer instead"


def catalogues_are_fed_from_everywhere(root):
    settings = (root / "translations" / "babel.cfg").read_text()
    for sources in ("cityexchange/**.py", "templates/**.html", "templates/**.txt"):
        if sources not in settings:
            yield f"translations/babel.cfg does not read {sources}"


def every_setting_is_explained(root):
    """What config.py reads from the environment stands in README.md's table; what Flask sets for itself need not."""
    readme = (root / "README.md").read_text()
    for name in re.findall(r"\bsetting\(\s*\"(\w+)\"", (root / "config.py").read_text()):
        if f"`{name}`" not in readme and not name.startswith("FLASK_"):
            yield f"README.md does not explain the setting {name}"


def every_dependency_is_explained(root):
    words = (root / "docs" / "dependencies.md").read_text().lower()
    for lock in sorted(root.glob("requirements*.in")):
        for name in re.findall(r"^[a-z][\w.-]*", lock.read_text(), re.M | re.I):
            if not re.search(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", words):
                yield f"docs/dependencies.md does not say what {name} is for"


def the_way_in_leads_somewhere(root):
    """Files that ARCHITECTURE.md names, from the root, the package or the templates."""
    places = root, root / "cityexchange", root / "templates"
    for name in re.findall(r"`([\w-][\w.-]*/[\w./-]*\.\w+)`", (root / "ARCHITECTURE.md").read_text()):
        if not any((place / name).exists() for place in places):
            yield f"ARCHITECTURE.md names {name}, which is not there"


def good_lines_stand_in_the_code(root):
    """Those that STYLE.md quotes, in the file that is named behind them, or behind the line they go on from; in their order."""
    style = root / "STYLE.md"
    file, place = None, 0
    for mark, line in QUOTED.findall(style.read_text() if style.exists() else ""):
        if mark:
            file = None
        if mark == "bad":
            continue
        words, _, named = re.fullmatch(r"(.*?)(\s{2,}([\w./-]+\.\w+))?", line.strip()).groups()
        file, place = (named, 0) if named else (file, place)
        text = _text_of(root, file) if file else ""
        for part in (" ".join(part.split()) for part in words.split("...") if file):
            found = text.find(part, place)
            if found < 0:
                yield f"STYLE.md quotes {part!r} of {file}, where it does not stand"
            place = max(place, found + len(part))


QUOTED = re.compile(r"^(?:    (good|bad)| {8}) {4,}(.*)$", re.M)


def _text_of(root, name):
    found = [path for place in ("", "cityexchange", "templates") if (path := root / place / name).is_file()]
    return " ".join(found[0].read_text().split()) if found else ""


WALLS = [
    no_registry_is_named, no_path_of_one_machine_is_named, locks_name_no_address, what_is_made_is_not_committed,
    ci_runs_what_the_readme_says, the_import_walls_have_no_door, catalogues_are_fed_from_everywhere,
    every_setting_is_explained, every_dependency_is_explained, the_way_in_leads_somewhere, good_lines_stand_in_the_code,
]  # fmt: skip
