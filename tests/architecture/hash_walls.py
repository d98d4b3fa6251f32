"""That nobody hashes where others wait for it."""

import re

from tests.architecture.walls import modules


def passwords_are_hashed_in_one_place(root):
    """`security.hashed` leaves the event loop and insists on being called before the unit's first change. Commands have neither."""
    for _, name, text in modules(root):
        is_there = name.startswith(("cityexchange/members/security.py", "cityexchange/demo/"))
        if not is_there and (
            found := re.search(r"\bhash_password\b|\bargon2\b|pwd_context|\bscrypt\b|pbkdf2", text)
        ):
            yield f"{name} hashes by {found[0]}; use security.hashed, before the first change"


WALLS = [passwords_are_hashed_in_one_place]
