#!/bin/sh
# markdown-it-py 4.3.0 writes a host of an address in Punycode as it was typed, without lower-casing or normalising it first.
# So links to one and the same host go to different names, of which only one is registered:
#   https://münchen.example      -> xn--mnchen-3ya.example
#   https://MÜNCHEN.example      -> xn--MNCHEN-psa.example, of the capital letter: another name
#   the same with u + U+0308     -> xn--munchen-gie.example, of the loose accent: another name
# Browsers and the URL standard take all three for the first.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check markdown-it-py==4.3.0
"$folder/venv/bin/python" - <<'PROGRAM'
import re
from importlib.metadata import version

from markdown_it import MarkdownIt

print("markdown-it-py", version("markdown-it-py"))


def host(typed):
    return re.search(r'href="https://([^"/]+)', MarkdownIt().render(f"[x](https://{typed}.example/)"))[1]


seen = [host("m\u00fcnchen"), host("M\u00dcNCHEN"), host("mu\u0308nchen")]
print(*seen, sep="\n")
assert seen[0] == "xn--mnchen-3ya.example"
assert len({name.lower() for name in seen}) == 3, "one name now"
PROGRAM
echo "As described."
