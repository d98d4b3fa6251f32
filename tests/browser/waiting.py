"""What a test waits for in a page: that something has happened, never that some time has gone by."""

from contextlib import contextmanager

from playwright.sync_api import expect

from tests.patience import PATIENCE, wait_until

# What the page's script gives life to. The patient of app.js wait until they are touched.
AT_WORK = """() => {
  const patient = new Set(["ask", "autosize", "character-count", "mention", "quoting", "upload", "writing", "city-map"])
  const isAlive = (element, name) => patient.has(name) || element.matches(`[data-alive~=${name}]`)
  const isAtWork = (element) => element.dataset.behaviour.split(/\\s+/).every((name) => isAlive(element, name))
  const asks = document.querySelector("[data-hx-get], [data-hx-post], [data-hx-put], [data-hx-patch], [data-hx-delete]")
  return [...document.querySelectorAll("[data-behaviour]")].every(isAtWork) && (!asks || Boolean(window.htmx))
}"""
DRAWN = """async () => {
  await document.fonts.ready
  for (let frames = 2; frames; frames -= 1) await new Promise(requestAnimationFrame)
}"""
WATCH_SHIFTS = """
window.shifts = new PerformanceObserver((list) => list.getEntries().forEach(noteShift))
window.seenShifts = []
window.noteShift = ({ value, hadRecentInput, sources }) => {
  const what = ({ node }) => (node?.outerHTML ?? node?.textContent ?? "what is gone").slice(0, 100)
  if (!hadRecentInput) seenShifts.push({ value, of: sources.map(what) })
}
shifts.observe({ type: "layout-shift", buffered: true })
"""


def patient(browser):
    """A browser whose every wait takes PATIENCE, also those of `expect`."""
    expect.set_options(timeout=PATIENCE * 1000)
    browser.on("context", lambda profile: profile.set_default_timeout(PATIENCE * 1000))
    return browser


def until_at_work(page):
    """Scripts have come and hear what is pressed, and what they changed is drawn."""
    assert wait_until(lambda: page.evaluate(AT_WORK)), "some of the page's scripts did not come to work"
    until_drawn(page)


def until_drawn(page):
    """What has been said to the page so far is done and on the screen."""
    page.evaluate(DRAWN)


def shifts_of(page):
    """[{value, of}]: what moved without anybody's doing until now. The page was opened with WATCH_SHIFTS."""
    return page.evaluate("() => { shifts.takeRecords().forEach(noteShift); return seenShifts }")


def until(page, is_so):
    """As wait_until, for what the browser tells: Playwright hears of it only while something is asked of the browser."""
    return wait_until(lambda: (page.context.cookies(), is_so())[1])


def hold(page, address):
    """Lets what this page asks for at `address` wait on its way; the function given back lets it go on."""
    waiting, is_over = [], []
    page.route(address, lambda route: route.continue_() if is_over else waiting.append(route))

    def go_on():
        is_over.append(True)
        for route in waiting:
            route.continue_()

    return go_on


@contextmanager
def answered(page, address):
    """Within, an answer that was held goes on; afterwards the page has had it and done with it what it does."""
    with page.expect_event("requestfinished", lambda request: address.search(request.url)):
        yield
    page.evaluate("url => fetch(url).then((answer) => answer.text())", page.url)
    until_drawn(page)


def stop_clock(page):
    """From now on the page's timers ring only when the test lets time go by: page.clock.run_for(milliseconds)."""
    page.clock.install(time=0)
    page.clock.pause_at(3_600_000)


@contextmanager
def entering(page):
    """Within, a page with a live line is opened. Afterwards it is entered: the server has answered its first question."""
    heard = []
    page.on("websocket", lambda line: line.on("framereceived", lambda frame: heard.append(frame)))
    yield
    assert until(page, lambda: any(str(frame).startswith("43") for frame in heard))
