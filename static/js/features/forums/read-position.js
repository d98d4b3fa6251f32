// Notes how far a member has really read in a topic, or on an earlier page of a room, and of what there may be news.
import { csrfToken } from "../../lib/asking.js"
import Seen from "./seen.js"

const BATCH = 5000

export default class ReadPosition {
  constructor(element) {
    this.url = element.dataset.readUrl
    this.until = Number(element.dataset.readUntil)
    const list = element.querySelector("[data-read-list]")
    if (csrfToken()) new Seen(list, (range) => this.tell(range), () => BATCH)
  }

  // Of what was read long ago there may be news at the bell: an answer that was marked, whom somebody can help.
  tell(range) {
    const { until } = range
    if (until <= this.until && !document.querySelector(".masthead [data-unread]:not([data-unread='0'])")) return
    this.until = Math.max(this.until, until)
    Seen.note(this.url, range)
  }
}
