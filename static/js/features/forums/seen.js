// What of a list of numbered items came into view: the end of an item stood on the screen for a moment, within what
// scrolls around it. Told in batches, and when the page is left, as ranges without a gap: what was jumped over was not
// seen.
import { csrfToken } from "../../lib/asking.js"

const MOMENT = 1000

export default class Seen {
  constructor(list, tell, batch, isLooked = () => !document.hidden) {
    Object.assign(this, { list, tell, batch, isLooked, frame: list.closest("[role=log]"), told: new Set() })
    const soon = () => this.lookSoon()
    addEventListener("scroll", soon, { passive: true, capture: true })
    addEventListener("focus", soon)
    addEventListener("pagehide", () => this.send())
    document.addEventListener("visibilitychange", () => document.hidden ? this.send() : soon())
    new MutationObserver(soon).observe(list, { childList: true })
    soon()
  }

  // Also from a page that goes.
  static note(url, { since, until }) {
    const body = new FormData()
    body.append("position", until)
    body.append("since", since)
    body.append("csrf_token", csrfToken())
    navigator.sendBeacon(url, body)
  }

  lookSoon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.look(), MOMENT)
  }

  look() {
    const numbers = this.isLooked() ? this.inView() : []
    if (!numbers.length) return
    for (const number of numbers) this.told.add(number)
    const [since, until] = [Math.min(...numbers), Math.max(...numbers)], { range } = this
    if (range && (since > range.until + 1 || until < range.since - 1)) this.send()
    const { range: own = { since, until } } = this
    this.range = { since: Math.min(since, own.since), until: Math.max(until, own.until) }
    this.waiting ??= setTimeout(() => this.send(), this.batch())
  }

  // Whose end is in view, and was not yet.
  inView() {
    const frame = this.frame?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight }
    const [top, end] = [Math.max(0, frame.top), Math.min(innerHeight, frame.bottom) + 1]
    const isInView = (item) => {
      const { bottom } = item.getBoundingClientRect()
      return bottom > top && bottom < end
    }
    const numberOf = ({ dataset }) => Number(dataset.position ?? dataset.number)
    const isNew = (item) => numberOf(item) && !this.told.has(numberOf(item))
    return [...this.list.children].filter((item) => isNew(item) && isInView(item)).map(numberOf)
  }

  send() {
    clearTimeout(this.waiting)
    const { range } = this
    this.waiting = this.range = undefined
    if (range) this.tell(range)
  }
}
