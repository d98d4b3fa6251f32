#!/bin/sh
# Chromium 156 moves the text of a closed select to its other side when the chosen option has a direction of its own.
# dir on an option, or dir="auto" for names in several scripts, should order the letters of the name alone, as on a bdi in a line of text.
# Seen with Debian's chromium 156.0.8078.108: the closed select takes the direction of the chosen option for text-align: start as well. In
# a form from right to left "Lyon" stands at the left end and the Arabic name of Tunis at the right, and from left to right Tunis stands
# at the right: a column of selects is ragged, and a name jumps as it is chosen. text-align: right on the select keeps "Lyon" at the
# right. Needs Debian's package chromium; Pillow 13.0.0 looks at the picture.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
"$folder/venv/bin/python" - "$folder" <<'PROGRAM'
import subprocess
import sys
from pathlib import Path

from PIL import Image

TUNIS = "\u062a\u0648\u0646\u0633"
WIDE, HIGH = 300, 40
STYLE = "body { margin: 0 } select, p { appearance: none; border: 0; margin: 0; width: 300px; height: 40px; display: block }"
LINES = (
    ('<p dir="rtl"><bdi dir="ltr">Lyon</bdi></p>', "right"),
    ('<select dir="rtl"><option>Lyon</option></select>', "right"),
    ('<select dir="rtl"><option dir="ltr">Lyon</option></select>', "left"),
    ('<select dir="rtl"><option dir="auto">Lyon</option></select>', "left"),
    (f'<select dir="rtl"><option dir="auto">{TUNIS}</option></select>', "right"),
    (f'<select dir="ltr"><option>{TUNIS}</option></select>', "left"),
    (f'<select dir="ltr"><option dir="auto">{TUNIS}</option></select>', "right"),
    ('<select dir="rtl" style="text-align: right"><option dir="auto">Lyon</option></select>', "right"),
)
folder = Path(sys.argv[1])
page, picture = folder / "page.html", folder / "page.png"
page.write_text(f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>" + "".join(line for line, _ in LINES), encoding="utf-8")


def chromium(*arguments):
    command = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}", *arguments)
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout.strip()


print(chromium("--version"))
chromium("--window-size=800,800", "--force-device-scale-factor=1", f"--screenshot={picture}", page.as_uri())
ink = Image.open(picture).convert("L").point(lambda level: 255 if level < 128 else 0)
for number, (line, side) in enumerate(LINES):
    # A block of fixed width stands at the left of a page from left to right.
    left, _, right, _ = ink.crop((0, number * HIGH, WIDE, (number + 1) * HIGH)).getbbox()
    seen = "left" if right < WIDE / 2 else "right" if left > WIDE / 2 else "between"
    print(f"{ascii(line)}: {seen}")
    assert seen == side
PROGRAM
echo "As described."
