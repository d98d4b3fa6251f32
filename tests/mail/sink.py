"""A real mail server on loopback that keeps what it is given, or says no when told to."""

import asyncio
import email
import email.policy
import socket
from collections import Counter

from aiosmtpd.controller import Controller

from tests.patience import PATIENCE


class Sink:
    """`replies`: address or step ("MAIL", "RCPT", "DATA") -> what the server answers instead of taking the mail.

    `then` is called for each mail that was taken, before the server says so.
    """

    def __init__(self, **options):
        self.taken, self.envelopes, self.replies = [], [], {}
        self.seconds_a_mail = 0.0
        self.then = lambda: None
        where = {"hostname": "127.0.0.1", "port": free_port(), "ready_timeout": PATIENCE}
        self.controller = Controller(self, **where, **options)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.controller.port}"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if no := self.replies.get("RCPT"):
            return no
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if no := self.replies.get("DATA"):
            return no
        await asyncio.sleep(self.seconds_a_mail)
        self.envelopes.append(envelope)
        self.taken.append(envelope.content)
        self.then()
        return "250 OK"

    @property
    def mails(self):
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.taken]

    def by_message_id(self):
        return Counter(mail["Message-ID"] for mail in self.mails)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
