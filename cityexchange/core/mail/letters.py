"""From row to letter: the words in the recipient's language, the headers safe whatever a name holds."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale, get_locale

from cityexchange.core.addresses import ascii_domain
from cityexchange.core.db import utcnow
from cityexchange.core.mail.kinds import kinds_of
from cityexchange.core.mail.tokens import token_for
from cityexchange.core.policy import can
from cityexchange.core.urls import base_url, host, link

UTF8 = Charset("utf-8")
UTF8.body_encoding = QP
# Unfolded: some programs misread a folded List-Unsubscribe. `encoded` and `mailbox` keep the long ones short.
WIRE = compat32.clone(linesep="\r\n", max_line_length=None)


@dataclass(frozen=True)
class Letter:
    """Ready to send. `text` and `html` are the parts, `headers` what stands above them, encoded, in order."""

    subject: str
    sender: str
    recipient: str
    headers: dict[str, str]
    text: str
    html: str

    def as_bytes(self) -> bytes:
        message = MIMEMultipart("alternative", policy=compat32)
        for name, value in self.headers.items():
            message[name] = value
        message.attach(_part(self.text, "plain"))
        message.attach(_part(self.html, "html"))
        return message.as_bytes(policy=WIRE)


def _part(words: str, subtype: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", subtype, charset="utf-8")
    part.set_payload(words, UTF8)
    return part


class BadAddress(ValueError):
    """No server could take a mail to this address."""


class NothingToSay(Exception):
    """What the mail was to tell is gone since it was queued."""


def compose(mail) -> Letter:
    """Renders a mail as it is now; raises what its template raises (NothingToSay, for one), BadAddress for an impossible recipient."""
    recipient = postal(mail.address or mail.member.email)
    with force_locale(mail.locale or mail.member.locale):
        context = _context(mail, mail.record, mail.facts)
        subject, text, html = (
            _render(mail.template, part, context) for part in ("subject.txt", "txt", "html")
        )
    subject = one_line(subject)
    name = mail.member.display_name if mail.member else ""
    return Letter(
        subject=subject,
        sender=postal(parseaddr(current_app.config["MAIL_SENDER"])[1]),
        recipient=recipient,
        headers=_headers(mail, subject, name, recipient),
        text=re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n",
        html=html,
    )


def words_of(mail, template: str, part: str, record, facts) -> str:
    """What another template says to the same recipient, without what stands around it: for a mail that gathers several. `part`
    is one of subject.txt, txt and html."""
    return _render(template, part, _context(mail, record, facts) | {"is_part": True}).strip()


def subject_of(template: str, member: Any, record: Any, facts: dict[str, Any]) -> str:
    """What the mail about it would be called, for a page that tells the same: one line, in the language of the page."""
    return one_line(_render(template, "subject.txt", _words(member, record, facts)))


def _context(mail, record, facts):
    return _words(mail.member, record, facts) | {"mail": mail, "unsubscribe_url": _unsubscribe_url(mail)}


def _words(member, record, facts):
    locale = get_locale()
    return facts | {
        "member": member,
        "record": record,
        "url_for": link,
        "zone": getattr(member, "timezone", "UTC"),
        "locale": str(locale),
        "text_direction": locale.text_direction,
        "site": urlsplit(base_url()).netloc,
        "one_line": one_line,
        "can": partial(can, member),
    }


def _render(template, part, context):
    # Without Flask's context processors: the same words in the worker as on the page that shows kept mails.
    return current_app.jinja_env.get_template(f"mail/{template}.{part}").render(context)


def _unsubscribe_url(mail):
    kinds = kinds_of(mail)
    if not kinds or mail.member is None:
        return None
    return link("mail_unsubscribing.show_unsubscribing", token=token_for(mail.member_id, *kinds))


def _headers(mail, subject, name, recipient):
    sender_name, sender = parseaddr(current_app.config["MAIL_SENDER"])
    headers = {
        "From": mailbox(sender_name, sender),
        "To": mailbox(name, recipient),
        "Subject": encoded(subject),
        "Date": format_datetime(utcnow()),
        "Message-ID": message_id(mail),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if mail.conversation:
        # All point at one root that was never sent: threads hold together whichever mail arrives first.
        headers["In-Reply-To"] = headers["References"] = root_id(mail.conversation)
    if url := _unsubscribe_url(mail):
        headers["List-Unsubscribe"] = f"<{url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def message_id(mail) -> str:
    """The same for every attempt, so that a receiver knows a repetition for what it is."""
    return f"<{_digest('mail', mail.key)}@{host()}>"


def root_id(conversation: str) -> str:
    return f"<{_digest('conversation', conversation)}@{host()}>"


def _digest(purpose, text):
    return hashlib.sha256(f"{purpose}:{text}".encode()).hexdigest()[:40]


def one_line(text: Any) -> str:
    """No line break of any kind, no control or direction character: nothing that starts a new header or line."""
    visible = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in str(text))
    return " ".join("".join(c for c in visible if unicodedata.category(c) != "Cs").split())


def encoded(text: str) -> str:
    """A header's words in printable ASCII; plain words stay readable, the rest becomes RFC 2047 words."""
    if all(c.isascii() and (c.isalnum() or c in " .!?'-:") for c in text) and len(text) < 60:
        return text
    return Header(text, "utf-8", maxlinelen=60).encode()


def mailbox(name: str, address: str) -> str:
    """'Name <address>'. A name with anything but plain words is encoded whole: no comma can become a recipient."""
    name = one_line(name)[:80]
    if not name:
        return address
    is_plain = all(c.isascii() and (c.isalnum() or c in " '-") for c in name)
    return f"{name if is_plain else Header(name, 'utf-8', maxlinelen=60).encode()} <{address}>"


def postal(address: str) -> str:
    """The address as the envelope takes it, its domain in ASCII. BadAddress when it is none, or more than one."""
    local, at, domain = address.rpartition("@")
    domain = ascii_domain(domain)
    is_plain = local.isascii() and all(c.isalnum() or c in "!#$%&'*+-/=?^_`{|}~." for c in local)
    if not (at and local and is_plain and domain):
        raise BadAddress
    return f"{local}@{domain}"
