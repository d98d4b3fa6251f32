// What was written and not yet taken, in the order it was written: kept in this browser for the room, by each tab for
// itself. What the room refused is kept as well, until who wrote it discards it.
import { keep, leftBehind, recall } from "../../lib/kept.js"

export class Unsent {
  constructor(place) {
    Object.assign(this, { place, messages: recall(place)?.messages ?? [] })
  }

  // What tabs have left here that are not open any more.
  async takeLeft() {
    const left = (await leftBehind(this.place)).flatMap((one) => one.take().messages)
    if (left.length) this.keep([...left, ...this.messages])
    return left
  }

  get next() { return this.messages.find(({ isRefused }) => !isRefused) }

  keep(messages) {
    this.messages = messages
    keep(this.place, messages.length ? { messages } : null)
  }

  add(message) { this.keep([...this.messages, message]) }

  drop(nonce) { this.keep(this.messages.filter((one) => one.nonce !== nonce)) }

  refuse(nonce) {
    this.keep(this.messages.map((one) => (one.nonce === nonce ? { ...one, isRefused: true } : one)))
  }
}

// The server will not take it however often it is asked.
export function isRefusal(answer) {
  return [403, 404, 409, 413, 422].includes(answer?.status)
}
