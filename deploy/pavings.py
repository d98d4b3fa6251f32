"""Draws the stones of all cities into one picture: `python deploy/pavings.py` writes static/img/pavings.svg.

Thirteen pavements of town squares, one below the other, each a <view> of its own: a style fetches the picture once, and takes
`pavings.svg#m5` of it as what it repeats. They are white, and the glaze shines through; there is no cross, no six-pointed
star, no crescent, and nothing that a flag carries. Which city has which is found by cityexchange/cities/paving.py.
"""

from pathlib import Path

PICTURE = Path(__file__).resolve().parent.parent / "static" / "img" / "pavings.svg"

# Width, height, what is filled, what is a line; the sizes stand in static/css/components/paving.css again.
# fmt: off
MOTIFS = [
    (32, 32, "",  # fans
     "M0 16a16 16 0 0 1 32 0M6 16a10 10 0 0 1 20 0M-16 32a16 16 0 0 1 32 0 16 16 0 0 1 32 0"
     "M-10 32a10 10 0 0 1 20 0M22 32a10 10 0 0 1 20 0"),
    (40, 20, "M0 5c7-7 13-7 20 0s13 7 20 0v10c-7 7-13 7-20 0s-13-7-20 0z", ""),  # waves
    (32, 32, "",  # herringbone
     "M0 0h16v8H0zM8 8h16v8H8zM16 16h16v8H16zM24 24h16v8H24zM-8 24H8v8H-8zM16-8h8V8h-8zM24 0h8v16h-8z"
     "M0 8h8v16H0zM8 16h8v16H8zM16 24h8v16h-8z"),
    (32, 32, "",  # basket
     "M3 4h10M3 8h10M3 12h10M19 20h10M19 24h10M19 28h10M20 3v10M24 3v10M28 3v10M4 19v10M8 19v10M12 19v10"),
    (28, 48, "M7 20l7-4 7 4v8l-7 4-7-4zM-7-4l7-4 7 4v8l-7 4-7-4zM21-4l7-4 7 4v8l-7 4-7-4z"  # hexagons
     "M-7 44l7-4 7 4v8l-7 4-7-4zM21 44l7-4 7 4v8l-7 4-7-4z",
     "M0 16l14-8 14 8v16l-14 8-14-8zM14 0v8M14 40v8"),
    (24, 24, "M7 12l5-5 5 5-5 5z", "M0 12L12 0l12 12-12 12z"),  # lattice
    (40, 40, "M8 8h24v24H8zM20 3l17 17-17 17L3 20z",  # eight-point tiles
     "M20 12l8 8-8 8-8-8zM0 20h3M37 20h3M20 0v3M20 37v3"),
    (32, 32, "M0 0c10 0 16 6 16 16C6 16 0 10 0 0zM32 0c0 10-6 16-16 16C16 6 22 0 32 0z"  # petals
     "M0 32c0-10 6-16 16-16 0 10-6 16-16 16zM32 32c-10 0-16-6-16-16 10 0 16 6 16 16z", ""),
    (28, 48, "M0 24L14 0l14 24zM-14 48L0 24l14 24zM14 48l14-24 14 24z", ""),  # triangles
    (32, 32, "",  # arcs
     "M0 8a8 8 0 0 0 8-8M0 16A16 16 0 0 0 16 0M0 24A24 24 0 0 0 24 0M32 24a8 8 0 0 0-8 8"
     "M32 16a16 16 0 0 0-16 16M0 32A32 32 0 0 0 32 0"),
    (32, 32, "M0 9l9-9H0zM23 0h9v9zM32 23v9h-9zM9 32H0v-9z",  # octagons
     "M9 0h14l9 9v14l-9 9H9l-9-9V9zM10 16a6 6 0 1 1 12 0 6 6 0 1 1-12 0"),
    (24, 24, "M0 0h8v8h8v8h8v8h-8v-8H8V8H0z", ""),  # steps
    (32, 32, "M13 16a3 3 0 1 1 6 0 3 3 0 1 1-6 0",  # rings
     "M4 16a12 12 0 1 1 24 0 12 12 0 1 1-24 0M-8 0A12 12 0 0 0 0 12 12 12 0 0 0 12 0"
     "M20 0a12 12 0 0 0 12 12M0 20a12 12 0 0 1 12 12M32 20a12 12 0 0 0-12 12"),
]
# fmt: on


def picture() -> str:
    parts, top = [], 0
    for number, (width, height, filled, lined) in enumerate(MOTIFS):
        shapes = f'<path fill="#fff" fill-opacity=".6" d="{filled}"/>' if filled else ""
        shapes += f'<path fill="none" stroke="#fff" stroke-width="1.5" d="{lined}"/>' if lined else ""
        box = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        parts.append(f'<view id="m{number}" viewBox="0 {top} {width} {height}"/>')
        parts.append(f'<svg y="{top}" {box}>{shapes}</svg>')
        top += height
    body = "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" opacity=".5">\n{body}\n</svg>\n'


if __name__ == "__main__":
    PICTURE.write_text(picture(), "utf-8")
