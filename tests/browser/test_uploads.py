"""Files in a real browser: sent with progress, taken out again, refused in words."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.uploading import FORM, HTML, choose, open_form
from tests.browser.waiting import WATCH_SHIFTS, shifts_of, until
from tests.files.factories import PDF, SVG, picture


@pytest.fixture
def form(visit_as):
    return open_form(visit_as)


def slow_down(page, bytes_per_second):
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    speed = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_per_second}
    line.send("Network.emulateNetworkConditions", {"offline": False, **speed})


NOTE_PROGRESS = """() => {
  window.progressSeen = []
  const line = document.querySelector("progress")
  new MutationObserver(() => line.hidden || progressSeen.push(line.position)).observe(line, { attributes: true })
}"""


def test_on_a_slow_line_one_sees_how_far_the_file_is(form):
    slow_down(form, 400_000)
    form.evaluate(NOTE_PROGRESS)
    choose(form, PDF + b"\n" * 1_500_000, "report.pdf")
    expect(form.locator("progress")).to_be_visible()
    expect(form.locator("progress")).to_be_hidden()
    seen = form.evaluate("progressSeen")
    steps = sorted({round(one, 3) for one in seen if 0 < one < 1})
    assert len(steps) >= 3, seen
    assert [one for one in seen if one >= 0] == sorted(one for one in seen if one >= 0)
    expect(form.locator("[name=text]")).to_have_value(
        re.compile(r"^\[report\.pdf\]\(/files/\d+/report\.pdf\)$")
    )


def test_a_file_that_was_chosen_before_the_script_came_is_sent_by_it(visit_as):
    page, waiting = visit_as("claire"), []
    page.route("**/upload.js", lambda route: waiting.append(route))
    page.goto(FORM, wait_until="domcontentloaded")
    with page.expect_request("**/upload.js"):
        page.focus("input[type=file]")
    choose(page, PDF, "early.pdf")
    for route in waiting:
        route.continue_()
    expect(page.locator(".upload-sent", has_text="early.pdf")).to_be_visible()


def test_a_file_is_taken_out_again_and_is_gone(form):
    form.fill("[name=text]", "Here is our plan.")
    choose(form, picture(), "plan.png")
    choose_again = form.locator(".upload-sent", has_text="plan.webp")
    expect(choose_again).to_be_visible()
    text = form.locator("[name=text]")
    address = re.search(r"\((/files/\d+/plan\.webp)\)", text.input_value())[1]
    assert form.request.get(address).status == 200

    with form.expect_response("**/remove") as answer:
        choose_again.get_by_role("button", name="Take out again").click()

    assert answer.value.status == 204
    expect(text).to_have_value("Here is our plan.")
    expect(form.locator(".upload-sent")).to_have_count(0)
    assert form.evaluate("document.activeElement.type") == "file"
    assert form.request.get(address).status == 404


def test_a_post_carries_its_picture_and_the_page_shows_where_it_is(form):
    form.goto("/topics/11?lang=en")
    form.focus("input[type=file]")
    form.fill("#reply [name=text]", "With a drawing")
    choose(form, picture(), "plan à pied.png")
    expect(form.locator(".upload-sent")).to_be_visible()
    form.get_by_role("button", name="Post the reply").click()
    link = form.locator(".post", has_text="With a drawing").locator("a[href^='/files/']").last
    expect(link).to_be_visible()
    link.click()
    with form.expect_download() as download:
        form.get_by_role("dialog").get_by_role("link", name="Save the picture").click()
    assert download.value.suggested_filename == "plan à pied.webp"
    assert download.value.path().read_bytes()[8:12] == b"WEBP"


def test_several_files_are_chosen_at_once_and_pictures_are_described(form):
    buffers = {"desk.png": picture(size=(900, 600)), "plan.pdf": PDF, "door.png": picture()}
    files = [{"name": name, "mimeType": "", "buffer": content} for name, content in buffers.items()]
    form.set_input_files("input[type=file]", files)
    sent = form.locator(".upload-sent")
    expect(sent).to_have_count(3)
    expect(sent.locator("[data-words]:visible")).to_have_count(2)
    words = sent.first.get_by_label("What is to be seen on it")
    words.fill("Our [one] desk, مكتب واحد")
    words.press("Enter")
    text = form.locator("[name=text]").input_value()

    assert re.match(
        r"!\[Our \\\[one\\\] desk, مكتب واحد\]\(/files/\d+/desk\.webp\)\n\n\[plan\.pdf\]", text
    ), text
    assert form.url.endswith("/new?lang=en"), "Enter has sent nothing"
    sent.first.get_by_role("button").click()
    expect(form.locator("[name=text]")).to_have_value(re.compile(r"^\[plan\.pdf\]"))


def test_a_table_that_was_read_wrongly_is_seen_to_be_and_read_anew(form):
    form.fill("[name=text]", "Our names")
    choose(form, "Rīga;Jūrmala".encode("cp1257"), "cities.csv", "text/csv")
    read = form.locator(".upload-sent [data-read-as]")
    choice = read.get_by_label("It was read as")
    expect(choice).to_have_value("cp1257")
    expect(read.locator("pre")).to_have_text("Rīga;Jūrmala")
    first = form.locator("[name=text]").input_value()

    choice.select_option(label="Western European (Windows-1252)")

    expect(read.locator("pre")).to_have_text("Rîga;Jûrmala")
    text = form.locator("[name=text]").input_value()
    assert re.fullmatch(r"Our names\n\n\[cities\.csv\]\(/files/\d+/cities\.csv\)", text) and text != first
    assert form.request.get(re.search(r"/files/[^)]*", text)[0]).text() == "Rîga;Jûrmala"
    assert until(form, lambda: form.request.get(re.search(r"/files/[^)]*", first)[0]).status == 404)

    choice.select_option("cp1255")
    expect(form.locator("[data-upload-failed]")).to_contain_text("This text is not in this encoding")
    expect(choice).to_have_value("cp1252")
    choice.select_option("cp1257")
    expect(read.locator("pre")).to_have_text("Rīga;Jūrmala")
    expect(form.locator("[data-upload-failed]")).to_be_hidden()


def test_what_needs_no_guess_asks_for_none(form):
    choose(form, "Rīga;Jūrmala".encode(), "cities.csv", "text/csv")
    expect(form.locator(".upload-sent")).to_be_visible()
    expect(form.locator("[data-read-as]")).to_be_hidden()


def test_a_picture_in_a_text_is_small_moves_nothing_and_grows_on_a_press(visit_as):
    page = visit_as("claire", width=390)
    page.add_init_script(WATCH_SHIFTS)
    page.goto("/topics/11?lang=en")
    page.focus("#reply [name=text]")
    page.focus("input[type=file]")
    choose(page, picture(size=(1200, 900)), "desk.png")
    page.locator(".upload-sent").get_by_label("What is to be seen on it").fill("A desk under a large window")
    page.get_by_role("button", name="Post the reply").click()
    small = page.get_by_role("img", name="A desk under a large window")
    expect(small).to_be_visible()
    assert until(page, lambda: small.evaluate("image => image.naturalWidth") == 320)
    assert (small.get_attribute("width"), small.get_attribute("height")) == ("320", "240")
    assert not [shift for shift in shifts_of(page) if shift["value"] > 0.01], shifts_of(page)

    link = page.locator("a.picture").last
    link.focus()
    page.keyboard.press("Enter")
    large = page.get_by_role("dialog").get_by_role("img", name="A desk under a large window")
    expect(large).to_be_visible()
    assert until(page, lambda: large.evaluate("image => image.naturalWidth") == 1200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(link).to_be_focused()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (PDF + b"\0" * 20 * 2**20, "film.pdf", "at most 20 MB"),
        (b"a" * (2 * 2**20 + 1), "log.txt", "plain text at most 2 MB"),
        (b"MZ\x90\x00 a program", "photo.png", "This kind of file is not taken"),
        (SVG, "drawing.svg", "This kind of file is not taken"),
        (HTML, "photo.png", "This kind of file is not taken"),
    ],
    ids=["too large", "too long a text", "a program", "a drawing with a script", "a page named as a picture"],
)
def test_what_is_not_taken_is_told_in_words_and_the_text_stays(form, content, name, words, tmp_path):
    form.fill("[name=text]", "What I had typed")
    (tmp_path / name).write_bytes(content)
    form.set_input_files("input[type=file]", tmp_path / name)
    expect(form.locator("[data-upload-failed]")).to_contain_text(words)
    expect(form.locator("progress")).to_be_hidden()
    expect(form.locator("[name=text]")).to_have_value("What I had typed")
    choose(form, PDF, "good.pdf")
    expect(form.locator(".upload-sent", has_text="good.pdf")).to_be_visible()
    expect(form.locator("[data-upload-failed]")).to_be_hidden()
