#!/bin/sh
# email-validator 2.4.0 refuses every address at a domain that needs a joiner, with idna 3.20.
# IDNA 2008 (RFC 5892, appendix A) allows U+200C and U+200D where the letters beside them ask for one, as Persian and Sinhala are written:
# without it the label is another label, and another domain. Expected: as idna.encode, since the README says "conforms to IDNA 2008 using
# the idna module". Seen: "The email address contains unsafe characters", for the domain as it is typed and for its xn-- form too, which
# is plain ASCII. The README has formatting characters refused because they can "alter the display order"; these two never do, and
# idna refuses them itself where they have no place. No argument of validate_email lets such a domain through.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check email-validator==2.4.0 idna==3.20 dnspython==2.9.2
"$folder/venv/bin/python" - <<'PROGRAM'
import email_validator
import idna
from email_validator import EmailSyntaxError, validate_email

print("email-validator", email_validator.__version__, "idna", idna.__version__)


def seen(domain):
    try:
        answer = validate_email(f"desk@{domain}", check_deliverability=False).ascii_domain
    except EmailSyntaxError as refusal:
        answer = str(refusal)
    print(f"{ascii(domain)}: {answer}")
    return answer


for label, joiner, name, encoded, bare in (
    ("نامه{}ای", "\u200c", "ZERO WIDTH NON-JOINER", "xn--mgba3gch31f060k", "xn--mgba3gch31f"),
    ("ශ්{}රී", "\u200d", "ZERO WIDTH JOINER", "xn--10cl1a0b660p", "xn--10cl1a0b"),
):
    typed = label.format(joiner)
    assert idna.encode(typed, uts46=True).decode() == encoded and idna.decode(encoded) == typed
    assert seen(f"{typed}.example.com") == seen(f"{encoded}.example.com") == f"The email address contains unsafe characters: {name}."
    assert seen(label.format("") + ".example.com") == f"{bare}.example.com"

try:
    idna.encode("city\u200chall", uts46=True)
except idna.InvalidCodepointContext as refusal:
    print(f"idna, where no letter asks for a joiner: {refusal}")
else:
    raise SystemExit("idna takes a joiner anywhere.")
PROGRAM
echo "As described."
