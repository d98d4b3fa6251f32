"""Mails about the safety of an account. They cannot be switched off, and they go to the address of before, too."""

from secrets import token_hex

from cityexchange.core.mail import queue_mail

SUBJECTS = (
    "password_changed",
    "address_changed",
    "authenticator_added",
    "authenticator_removed",
    "passkey_added",
    "passkey_removed",
    "recovery_codes_new",
    "recovery_code_used",
    "factors_reset",
    "new_sign_in",
)


def tell(member, what, address=None, **facts):
    """One mail about `what` (of SUBJECTS); to `address` where the account has another one by now."""
    if what not in SUBJECTS:
        raise ValueError(what)
    key = f"safety:{member.id}:{what}:{token_hex(6)}"
    to = {"address": address, "locale": member.locale} if address else {}
    queue_mail(key, None if address else member, "members/safety", what=what, **to, **facts)
