import email.utils
import random

import pytest

from cityexchange.core.mail import queue_mail
from cityexchange.core.mail.letters import mailbox, one_line
from tests.factories import MemberFactory, SpaceFactory
from tests.mail.conftest import unwanted

NASTY = [
    "Eve\r\nBcc: victim@city.example",
    "Eve\nSubject: changed",
    "Eve\u2028Bcc: victim@city.example",
    "Eve\u0085X: y",
    "=?utf-8?q?Eve=0D=0ABcc:_victim=40city.example?=",
    "Eve, victim@city.example",
    "Étienne, victim@city.example, Ω" * 3,
    'Eve" <victim@city.example>, "',
    "Eve <victim@city.example>",
    "Eve; victim@city.example (x",
    "نور، البلدية",
    "市" * 120,
    "a" * 300,
    "Eve\x07\x1b[2J",
]


@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_a_name_and_not_a_header(sink, deliver_to, name):
    member = MemberFactory(name=name[:120], email="eve@city.example")
    space = SpaceFactory(name=name[:120])
    queue_mail("key", member, "test/reply", record=space, conversation=name[:120], number=1)
    deliver_to(sink.url)

    [mail], [envelope] = sink.mails, sink.envelopes
    assert envelope.rcpt_tos == ["eve@city.example"]
    assert [address for _, address in email.utils.getaddresses([mail["To"]])] == ["eve@city.example"]
    assert sorted(mail.keys()) == sorted(
        [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "X-Auto-Response-Suppress",
            "In-Reply-To",
            "References",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "MIME-Version",
            "Content-Type",
        ]
    )
    head = envelope.content.split(b"\r\n\r\n")[0]
    assert all(len(line) <= 998 and line.isascii() for line in head.split(b"\r\n"))
    assert mail["Subject"].startswith(one_line(member.name)[:10].strip())


def test_no_mixture_of_special_characters_makes_a_second_recipient():
    dice = random.Random(7)
    for _ in range(2000):
        name = "".join(dice.choice('aé,;:<>@"\\()[]\r\n\u2028=?_ .市') for _ in range(dice.randrange(60)))
        header = email.message_from_string(f"To: {mailbox(name, 'a@b.example')}\n\n")["To"]
        assert [address for _, address in email.utils.getaddresses([header])] == ["a@b.example"], name


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "[press](https://evil.example)", "{{ 7777*7777 }}", "<b>&amp;"]
)
def test_names_and_titles_are_plain_text_in_both_parts(sink, deliver_to, name):
    member, space = MemberFactory(name=name), SpaceFactory(name=name)
    queue_mail("key", member, "test/reply", record=space, number=1)
    deliver_to(sink.url)

    [mail] = sink.mails
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert name in text
    assert "<script" not in html and "<b>" not in html and 'href="https://evil' not in html
    assert "60481729" not in html + text


def test_a_mail_says_what_it_is_and_where_it_belongs(sink, deliver_to):
    member, space = MemberFactory(), SpaceFactory()
    for number in (1, 2):
        queue_mail(f"key:{number}", member, "test/reply", record=space, conversation=space, number=number)
    queue_mail("code", None, "test/code", address="new@city.example", locale="en", code="1")
    deliver_to(sink.url)

    first, second, code = sink.mails
    assert first["Message-ID"] != second["Message-ID"]
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert code["List-Unsubscribe"] is None and code["References"] is None
    assert "<img" not in first.as_string()


def test_one_press_in_the_mail_program_switches_a_kind_off(sink, deliver_to, visitor, states):
    member, space = MemberFactory(), SpaceFactory()
    queue_mail("before", member, "test/reply", record=space, number=1)
    deliver_to(sink.url)
    path = sink.mails[0]["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")

    assert visitor.get(path).status_code == 200
    assert visitor.head(path).status_code == 200
    assert unwanted == set()
    answer = visitor.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert unwanted == {member.id}
    queue_mail("after", member, "test/reply", record=space, number=2)
    queue_mail("code", member, "test/code", code="1")
    deliver_to(sink.url)
    assert states() == [("sent", None), ("dropped", "switched_off"), ("sent", None)]
    visitor.post(f"{path}/undo")
    assert unwanted == set()


def test_a_link_of_ones_own_making_switches_nothing_off(visitor):
    assert visitor.get("/mail/unsubscribe/WzEsInRlc3QiXQ.AAAA").status_code == 404
    assert visitor.post("/mail/unsubscribe/WzEsInRlc3QiXQ.AAAA").status_code == 404
