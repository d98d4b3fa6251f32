"""Several files at once: each is sent for itself, and named where it is not taken."""

import pytest
from playwright.sync_api import expect

from tests.browser.uploading import FORM, choose, open_form
from tests.browser.waiting import until
from tests.files.factories import PDF, picture

MANY = {
    "photo.png": (b"MZ\x90\x00 a program", "This kind of file is not taken"),
    "plan à pied.png": (picture(), None),
    "خطة.txt": (b"a" * (2 * 2**20 + 1), "plain text at most 2 MB"),
    "計画.pdf": (PDF, None),
    "leer.txt": (b"", "This file is empty"),
    "film.pdf": (PDF + b"\0" * 20 * 2**20, "at most 20 MB"),
    "last.pdf": (PDF, None),
}


@pytest.fixture
def form(visit_as):
    return open_form(visit_as)


def test_of_several_files_each_refusal_names_its_file_and_the_others_go_in(form, tmp_path):
    for name, (content, _) in MANY.items():
        (tmp_path / name).write_bytes(content)
    form.fill("[name=text]", "What I had typed")
    form.set_input_files("input[type=file]", [tmp_path / name for name in MANY])
    expect(form.locator(".upload-sent")).to_have_count(3)
    expect(form.locator("progress")).to_be_hidden()
    for refusal, (name, reason) in zip(
        form.locator("[data-upload-failed] li").all(),
        [(name, reason) for name, (_, reason) in MANY.items() if reason],
        strict=True,
    ):
        expect(refusal).to_contain_text(name)
        expect(refusal).to_contain_text(reason)
    assert form.locator("[name=text]").input_value().count("](/files/") == 3
    assert form.eval_on_selector("input[type=file]", "field => field.files.length") == 0


def test_where_the_line_breaks_among_several_files_the_next_are_sent(form):
    sendings = []
    form.route(
        "**/files",
        lambda route: route.abort() if sendings.append(1) or len(sendings) == 1 else route.continue_(),
    )
    files = [{"name": f"{name}.pdf", "mimeType": "", "buffer": PDF} for name in ("lost", "second")]
    form.set_input_files("input[type=file]", files)
    expect(form.locator(".upload-sent", has_text="second.pdf")).to_be_visible()
    expect(form.locator("[data-upload-failed] li")).to_have_count(1)
    expect(form.locator("[data-upload-failed]")).to_contain_text("lost.pdf")
    expect(form.locator("[data-upload-failed]")).to_contain_text("could not be sent")


def test_what_is_chosen_while_others_are_on_their_way_waits_for_its_turn(form):
    waiting = []
    form.route("**/files", lambda route: waiting.append(route))
    choose(form, PDF, "first.pdf")
    assert until(form, lambda: waiting)
    choose(form, PDF, "second.pdf")
    assert form.eval_on_selector(
        "input[type=file]", "field => [...field.files].map((file) => file.name)"
    ) == [
        "first.pdf",
        "second.pdf",
    ], "what a form that is sent now carries itself"
    for sent in (1, 2):
        assert until(form, lambda: waiting)
        waiting.pop().continue_()
        expect(form.locator(".upload-sent")).to_have_count(sent)
    expect(form.locator("progress")).to_be_hidden()


@pytest.mark.parametrize("touch", ["press", "drop", "key"])
def test_files_are_sent_by_the_script_however_the_field_is_reached(visit_as, touch):
    """Safari gives a field for files no focus when it is pressed, and nobody focuses what they drop something on."""
    page = visit_as("claire")
    page.goto(FORM)
    expect(page.locator("[data-behaviour=upload]")).not_to_have_attribute("data-alive", "upload")
    if touch == "key":
        page.focus("input[type=file]")
    if touch == "press":
        page.dispatch_event("input[type=file]", "pointerdown", {"bubbles": True})
        expect(page.locator("[data-behaviour=upload]")).to_have_attribute("data-alive", "upload")
    choose(page, PDF, "plan.pdf")
    expect(page.locator(".upload-sent", has_text="plan.pdf")).to_be_visible()
