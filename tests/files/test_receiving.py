"""Abuse cases 31 to 33: what we take, what we refuse, and what is left of a picture."""

import io
import threading
import time

import pytest
from PIL import Image

from cityexchange.core.db import db
from cityexchange.core.files import File, images
from cityexchange.core.files.kinds import Refused
from cityexchange.core.files.receiving import look_at
from tests.factories import MemberFactory
from tests.files import factories as made
from tests.files.conftest import address

TAKEN = {
    "a.png": (made.picture("PNG"), "image/webp"),
    "a.jpg": (made.picture("JPEG"), "image/webp"),
    "a.gif": (made.picture("GIF", mode="P"), "image/webp"),
    "a.webp": (made.picture("WEBP"), "image/webp"),
    "a.pdf": (made.PDF, "application/pdf"),
    "a.docx": (made.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "a.odt": (made.odt(), "application/vnd.oasis.opendocument.text"),
    "a.csv": ("ville;habitants\nصفاقس;330440\n".encode(), "text/csv"),
    "a.txt": ("Bonjour à tous".encode(), "text/plain"),
}
REFUSED = {
    "svg": (made.SVG, "not_taken"),
    "svg named png": (b"\n " + made.SVG, "not_taken"),
    "page": (b"<!doctype html><script>alert(1)</script>", "not_taken"),
    "page behind a byte order mark": (b"\xef\xbb\xbf<html>", "not_taken"),
    "program": (b"\x7fELF\x02\x01\x01" + b"\0" * 99, "not_taken"),
    "plain zip": (made.archive({"a.exe": b"MZ"}), "not_taken"),
    "macros": (made.docx(**{"word/vbaProject.bin": b"x"}), "has_macros"),
    "half a picture": (made.picture("PNG", (400, 400))[:60], "broken"),
    "half a document": (made.docx()[:-30], "broken"),
    "empty": (b"", "empty"),
    "latin text": ("é".encode("latin-1"), "not_taken"),
}
BOMBS = {
    "900 megapixels": made.png_of_900_megapixels,
    "gif of 65535 by 65535": lambda: made.gif(65535, 65535),
    "60000 frames": lambda: made.gif(1, 1, frames=60_000),
    "zTXt": made.png_with_a_text_of_2_gigabytes,
    "docx of 300 megabytes": lambda: made.docx(**{"word/a.xml": b"\0" * 300 * 2**20}),
    "docx of many parts": lambda: made.zip_with_many_parts(30_000),
    "too many bytes": lambda: made.PDF + b"\0" * 21 * 2**20,
}


@pytest.mark.parametrize("name", TAKEN)
def test_the_content_says_what_a_file_is(sent, sign_in, name):
    content, content_type = TAKEN[name]
    member = MemberFactory()
    file = sent(member, content, name)
    answer = sign_in(member).get(address(file))

    assert file.content_type == answer.mimetype == content_type
    assert file.is_image or answer.data == content


def test_a_wrong_name_changes_nothing(sent):
    file = sent(MemberFactory(), made.picture("JPEG"), "page.html")
    assert (file.content_type, file.name) == ("image/webp", "page.webp")


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_on_the_list_is_refused(send, what):
    content, reason = REFUSED[what]
    answer = send(MemberFactory(), content, "holiday.png")

    assert (answer.status_code, answer.json["reason"]) == (422, reason)
    assert db.session.scalar(db.select(db.func.count(File.id))) == 0


@pytest.fixture(scope="module")
def large_picture():
    return made.picture("PNG", (5000, 4000))


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_and_costs_less_than_a_large_picture_that_is_taken(send, bomb, large_picture):
    content, member = BOMBS[bomb](), MemberFactory()
    with Watch() as taking:
        assert send(member, large_picture, "holiday.png").status_code == 201
    with Watch() as refusing:
        answer = send(member, content, "holiday.png")

    assert answer.status_code in {413, 422}
    assert refusing.cpu_seconds < taking.cpu_seconds
    assert refusing.megabytes < 200


@pytest.mark.parametrize(
    ("format", "mode", "size", "options"),
    [("PNG", "RGBA", (5000, 4000), {}), ("JPEG", "RGB", (8000, 4000), {"progressive": True})],
)
def test_the_largest_picture_we_take_stays_within_memory(format, mode, size, options):
    content = made.picture(format, size, mode, **options)
    with Watch() as watch:
        look_at(content, "large")
    assert watch.megabytes < 200
    with pytest.raises(Refused):
        look_at(made.picture(format, (size[0] + 1, size[1]), "L"), "larger")


class Watch:
    """What it cost this process: seconds of CPU, to be compared with another cost, and by how much it grew at the most."""

    def __enter__(self):
        self.before = self.peak = resident()
        self.is_over = threading.Event()
        self.watcher = threading.Thread(target=self.look)
        self.began = time.process_time()
        self.watcher.start()
        return self

    def look(self):
        while not self.is_over.wait(0.005):
            self.peak = max(self.peak, resident())

    def __exit__(self, *_):
        self.cpu_seconds = time.process_time() - self.began
        self.is_over.set()
        self.watcher.join()
        self.megabytes = self.peak - self.before


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 2**20


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", ["large", "small"])
def test_a_photo_keeps_nothing_but_its_pixels(sent, sign_in, app, format, size):
    original = made.photo(format)
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825) == made.PLACE
    member = MemberFactory()
    file = sent(member, original, "photo.jpg")
    served = sign_in(member).get(address(file, size)).data

    image = Image.open(io.BytesIO(served))
    assert dict(image.getexif()) == {} and image.getexif().get_ifd(0x8825) == {}
    for secret in (b"EXIF", b"Exif", b"XMP", b"ICCP", b"SECRET", b"Nour", b"Camera"):
        assert secret not in served
    assert max(image.size) == {"large": images.LARGE, "small": images.SMALL}[size]


def test_no_storage_keeps_the_original(sent, app):
    file = sent(MemberFactory(), made.photo(), "photo.jpg")
    kept = [place for place, _ in app.extensions["files"].places() if place.startswith(file.place)]
    assert sorted(kept) == [f"{file.place}-large", f"{file.place}-small"]
    assert all(b"Nour" not in app.extensions["files"].source(place).read_bytes() for place in kept)


def test_a_photo_taken_sideways_stands_upright():
    upright = look_at(made.photo(orientation=6), "photo.jpg")
    assert (upright.width, upright.height) == (1067, 1600)
    image = Image.open(io.BytesIO(upright.large))
    red, blue = image.getpixel((500, 100)), image.getpixel((500, 1500))
    assert red[0] > 150 > red[2] and blue[2] > 150 > blue[0]


def test_a_small_picture_is_not_made_larger_and_stays_transparent():
    received = look_at(made.picture("PNG", (30, 20), "RGBA"), "a.png")
    image = Image.open(io.BytesIO(received.large))
    assert (image.size, image.mode) == ((30, 20), "RGBA")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\rapport.pdf", "rapport.pdf"),
        ("évaluation finale.pdf", "évaluation finale.pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("gpj.\u202efdp.exe", "gpj.fdp.pdf"),
        ('quote".pdf', 'quote".pdf'),
        ("<b>.html", "<b>.pdf"),
        ("...", "file.pdf"),
        ("x" * 400, "x" * 140 + ".pdf"),
    ],
)
def test_a_name_is_shown_and_never_a_path(given, kept):
    assert look_at_name(given) == kept


def look_at_name(name):
    from cityexchange.core.files.kinds import kind_of, shown_name

    return shown_name(name, kind_of(made.PDF, name))


@pytest.mark.parametrize(
    "name", ["évaluation finale.pdf", "تقرير المدينة.pdf", 'a "b"; c, d.pdf', "100%.pdf", "a/b#c?.pdf"]
)
def test_a_name_comes_back_as_it_was(sent, sign_in, name):
    member = MemberFactory()
    answer = sign_in(member)
    file = sent(member, made.PDF, name)
    from urllib.parse import quote, unquote

    header = answer.get(f"/files/{file.id}/{quote(file.name)}").headers["Content-Disposition"]
    assert header.startswith("attachment; filename=") and "\n" not in header
    if "filename*=" in header:
        assert unquote(header.split("UTF-8''")[1]) == file.name


def test_too_large_an_upload_is_told_so(send):
    assert send(MemberFactory(), made.PDF + b"\0" * 26 * 2**20, "a.pdf").status_code == 413


def test_a_packed_request_is_not_unpacked(sign_in):
    import gzip

    body = gzip.compress(b"\0" * 50 * 2**20)
    answer = sign_in(MemberFactory()).post(
        "/files",
        data=body,
        headers={"Content-Encoding": "gzip", "Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 422


def test_entities_are_never_resolved(sent):
    lol = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Types>&b;</Types>'
    assert sent(MemberFactory(), made.docx(**{"[Content_Types].xml": lol}), "a.docx").size


def test_the_markdown_of_a_hostile_name_is_one_link(send):
    answer = send(MemberFactory(), made.PDF, "a](javascript:alert(1))[b.pdf")
    assert answer.json["markdown"].startswith("[a\\](javascript:alert(1))\\[b.pdf](/files/")
