// Notes how far a member has really read: the end of a post was on screen for a moment. Sent in batches, and when the
// page is left.
import { csrfToken } from "../../lib/csrf.js"

const MOMENT = 1000
const BATCH = 5000

export default class ReadPosition {
  constructor(element) {
    this.url = element.dataset.readUrl
    this.list = element.querySelector('[data-topic="posts"]')
    this.position = Number(element.dataset.readUntil)
    // Of what was read long ago there may be news at the bell: an answer that was marked, whom somebody can help.
    this.sent = document.querySelector(".masthead [data-unread]:not([data-unread='0'])") ? 0 : this.position
    if (!csrfToken()) return
    addEventListener("scroll", () => this.lookSoon(), { passive: true })
    addEventListener("pagehide", () => this.send())
    document.addEventListener("visibilitychange", () => document.hidden ? this.send() : this.lookSoon())
    new MutationObserver(() => this.lookSoon()).observe(this.list, { childList: true })
    this.lookSoon()
  }

  lookSoon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.look(), MOMENT)
  }

  look() {
    if (document.hidden) return
    for (const post of this.list.children) {
      const { bottom } = post.getBoundingClientRect()
      if (bottom > 0 && bottom < innerHeight + 1) this.position = Math.max(this.position, Number(post.dataset.position))
    }
    this.batch ??= setTimeout(() => this.send(), BATCH)
  }

  // Posts above the first one on screen were passed by, so that the number says "read up to here".
  send() {
    clearTimeout(this.batch)
    this.batch = undefined
    if (this.position <= this.sent) return
    this.sent = this.position
    const body = new FormData()
    body.append("position", this.position)
    body.append("csrf_token", csrfToken())
    navigator.sendBeacon(this.url, body)
  }
}
