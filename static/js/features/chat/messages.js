// The list of a room: ordered by the server's numbers, each number once. Scrolls only for who is at its end.
import { render } from "./message.js"
import News from "./news.js"

const NEAR = 120
const UNSENT = ["waiting", "failed", "refused"]

export default class Messages {
  constructor(room) {
    this.log = room.querySelector("[data-part=messages]")
    this.list = this.log.querySelector("ol")
    this.template = room.querySelector("template[data-template=message]")
    this.me = Number(room.dataset.memberId)
    this.isLatest = "latest" in this.log.dataset
    this.known = Number(this.log.dataset.newest)
    this.news = new News(room, this.log)
    if (this.isLatest && !location.hash) this.scroll()
  }

  // The number up to which nothing is missing.
  get newest() { return this.known }

  find(number) { return this.list.querySelector(`[data-number="${number}"]`) }

  addAll(messages, oldest = 1) {
    if (oldest - 1 > this.known) this.known = oldest - 1
    for (const message of messages) this.add(message)
  }

  add(message) {
    if (message.number <= this.known) return
    this.known = message.number
    const isMine = Boolean(this.waiting(message.nonce))
    this.forgetWaiting(message.nonce)
    if (!this.isLatest) return
    const wasNear = this.isNearEnd()
    const unsent = this.list.querySelector(UNSENT.map((state) => `.message--${state}`).join(", "))
    const item = render(this.template, { ...message, isMine }, this.me)
    this.list.insertBefore(item, unsent)
    this.list.querySelector("[data-part=empty]")?.remove()
    if (wasNear) this.scroll()
    this.news.add(item, wasNear)
  }

  addWaiting(item) {
    this.list.append(item)
    this.scroll()
  }

  waiting(nonce) { return this.list.querySelector(`[data-nonce="${CSS.escape(nonce ?? "")}"]`) }

  forgetWaiting(nonce) { this.waiting(nonce)?.remove() }

  // "waiting" for the server, "failed" until the line is back, or "refused" for good.
  mark(nonce, state) {
    const wasNear = this.isNearEnd()
    for (const one of UNSENT) this.waiting(nonce)?.classList.toggle(`message--${one}`, one === state)
    if (wasNear) this.scroll()
  }

  change(message) {
    const item = this.find(message.number)
    item?.replaceWith(render(this.template, { ...message, author: null }, this.me, item))
    this.news.count()
  }

  remove(message) { this.change({ ...message, removed_at: true }) }

  isNearEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR }

  scroll() { this.log.scrollTop = this.log.scrollHeight }
}
