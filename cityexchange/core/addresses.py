"""E-mail addresses and domains in one form: compared, kept and mailed as they come out of here.

Domains by IDNA 2008 (RFC 5891) with the mapping of UTS 46, non-transitional: faß.example is not fass.example, σίγμας.example
not σίγμασ.example, and a joiner within a word of Persian or Sinhala counts. Python's own codec "idna" is that of 2003, which
takes each of these for another domain, with another owner.
"""

import re
import unicodedata
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from cityexchange.core.later import later
from cityexchange.core.unseen import without_unseen_ends

idna = later("idna")
LONGEST_LOCAL, LONGEST_DOMAIN = 64, 253
MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069\u200b\u2060\ufeff]")
"""Within, the marks that turn what is shown around (202D, 202E) are no part of what anybody meant: refused."""
LONGEST_TYPED = 500
"""More signs than an address has with all that is copied along: beyond, nobody looks at them, for some ways of looking take time with
the square of their number."""


class NoAddress(ValueError):
    """Nothing that mail could be sent to."""


def normal_address(typed: str) -> str:
    """What was typed, in the one form: small letters, the domain as its owner writes it. NoAddress for what is none.

    Mail goes to names of ASCII letters alone: few servers take others (SMTPUTF8), and none of them may be guessed at.
    """
    if len(typed) > LONGEST_TYPED:
        raise NoAddress(typed[:LONGEST_TYPED])
    local, _sign, domain = _widths_of_keyboards(without_unseen_ends(typed)).rpartition("@")
    coded = ascii_domain(domain)
    # The library would refuse joiners also where IDNA has them: of the domain it sees only how long its names are.
    letters = coded.replace("xn--", "xn00")
    try:
        validate_email(f"{local}@{letters}", check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise NoAddress(typed) from None
    if len(local) > LONGEST_LOCAL:
        raise NoAddress(typed)
    return f"{local.lower()}@{readable_domain(coded)}"


def compared_address(typed: str) -> str:
    """As `normal_address`, and for what is none something that no account has: to look an address up, never to keep it."""
    try:
        return normal_address(typed)
    except NoAddress:
        return typed[:LONGEST_TYPED].strip().lower()


def ascii_domain(name: str) -> str:
    """A domain as servers of mail and names take it (xn--fa-hia.example), without the dot at its end; "" for what is none."""
    return _ascii_domain(name) if len(name) <= LONGEST_TYPED else ""


@lru_cache(maxsize=4096)
def _ascii_domain(name):
    plain = _widths_of_keyboards(name).removesuffix(".")
    try:
        coded = (
            plain.lower() if _is_plain(plain) else idna.encode(plain, uts46=True).decode().removesuffix(".")
        )
    except UnicodeError:
        return ""
    return coded if _has_names(coded) else ""


@lru_cache(maxsize=4096)
def readable_domain(coded: str) -> str:
    """As its owner writes it: faß.example, for what `ascii_domain` gave."""
    return idna.decode(coded) if "xn--" in coded else coded


def _widths_of_keyboards(typed):
    """Full-width letters, signs and dots of Chinese, Japanese and Korean keyboards as all others write them; without what texts of two
    directions put around an address, and nobody sees in one that was copied."""
    return unicodedata.normalize("NFKC", MARKS.sub("", typed).strip()).replace("。", ".")


def _is_plain(name):
    return name.isascii() and "xn--" not in name.lower()


def _has_names(coded):
    names = coded.split(".")
    is_short = len(coded) <= LONGEST_DOMAIN and all(0 < len(name) <= 63 for name in names)
    return is_short and all(name.replace("-", "").isalnum() and name == name.strip("-") for name in names)
