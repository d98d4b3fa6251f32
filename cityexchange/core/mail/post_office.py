"""The conversation with the mail server, cut in two just before the dot that makes the server responsible.

MAIL_URL is smtp://user:password@host:port (STARTTLS when the server offers it; ?starttls=required insists) or
smtps://user:password@host:port. A password never travels in clear except to this machine.
"""

import re
import smtplib
import ssl
from urllib.parse import parse_qs, unquote, urlsplit

TIMEOUT = 30
"""Seconds for each step of the conversation."""
LOCAL = {"127.0.0.1", "::1", "localhost"}


class Refusal(Exception):
    """The server said no. `is_final`: to this recipient and mail it will always say no (5xx)."""

    def __init__(self, code: int, is_about_us: bool = False):
        super().__init__(f"SMTP {code}")
        self.is_final = code >= 500 and not is_about_us
        self.is_closing = code == 421


def open_line(url: str, own_name: str) -> "PostOffice":
    """Connects, raises OSError or smtplib.SMTPException when the server cannot be talked to."""
    parts = urlsplit(url)
    starttls = parse_qs(parts.query).get("starttls", ["offered"])[0]
    context = ssl.create_default_context()
    server = parts.hostname or "localhost"
    smtp: smtplib.SMTP
    if parts.scheme == "smtps":
        smtp = smtplib.SMTP_SSL(server, parts.port or 465, own_name, timeout=TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(server, parts.port or 25, own_name, timeout=TIMEOUT)
    smtp.ehlo_or_helo_if_needed()
    if parts.scheme != "smtps" and (
        starttls == "required" or (starttls != "off" and smtp.has_extn("starttls"))
    ):
        smtp.starttls(context=context)
        smtp.ehlo()
    if parts.username:
        if server not in LOCAL and not isinstance(smtp.sock, ssl.SSLSocket):
            raise smtplib.SMTPException("the mail server offers no encryption: the password stays here")
        smtp.login(unquote(parts.username), unquote(parts.password or ""))
    return PostOffice(smtp)


class PostOffice:
    def __init__(self, smtp: smtplib.SMTP):
        self.smtp = smtp

    def offer(self, letter) -> None:
        """Everything but the last dot: until then the server forgets the mail if we vanish."""
        self._expect(250, *self.smtp.mail(letter.sender), is_about_us=True)
        self._expect(250, *self.smtp.rcpt(letter.recipient))
        self._expect(354, *self.smtp.docmd("DATA"))
        self.smtp.send(re.sub(rb"(?m)^\.", b"..", letter.as_bytes().rstrip(b"\r\n")) + b"\r\n")

    def hand_over(self) -> None:
        """The dot, by which the mail becomes the server's. Refusal when the answer is a no."""
        self.smtp.send(b".\r\n")
        self._expect(250, *self.smtp.getreply())

    def give_up(self) -> None:
        """Breaks off within a mail: nothing was handed over."""
        self.smtp.close()

    def hang_up(self) -> None:
        try:
            self.smtp.quit()
        except (OSError, smtplib.SMTPException):
            self.smtp.close()

    def _expect(self, code, got, _words, is_about_us=False):
        if got == code or (code == 250 and 250 <= got < 260):
            return
        if got not in {421, -1}:
            self.smtp.rset()
        raise Refusal(got if got > 0 else 421, is_about_us)
