"""Joins the icons that we use into one sprite: `python deploy/icons.py`.

Reads the names in static/img/icons.txt; takes each from static/img/<name>.svg if we drew it ourselves, else from the npm
package lucide-static. Writes static/vendor/icons.svg, which is fetched once by a browser and never committed.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "static" / "img"
THEIRS = ROOT / "node_modules" / "lucide-static" / "icons"
SPRITE = ROOT / "static" / "vendor" / "icons.svg"
STROKES = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


def names() -> list[str]:
    lines = (OURS / "icons.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def symbol(name: str) -> str:
    is_ours = (OURS / f"{name}.svg").exists()
    drawing = ((OURS if is_ours else THEIRS) / f"{name}.svg").read_text("utf-8")
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
    if not shapes:
        sys.exit(f"{name}.svg is not an SVG drawing.")
    look = 'fill="currentColor"' if is_ours else STROKES
    return f'<symbol id="{name}" viewBox="0 0 24 24" {look}>{" ".join(shapes[1].split())}</symbol>'


def sprite() -> str:
    body = "\n".join(symbol(name) for name in names())
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def main() -> None:
    if not THEIRS.is_dir():
        sys.exit("The icons are not here yet: `make run` fetches them from npm.")
    SPRITE.parent.mkdir(parents=True, exist_ok=True)
    SPRITE.write_text(sprite(), "utf-8")


if __name__ == "__main__":
    main()
