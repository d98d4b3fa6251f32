// The live line of an open topic: entered once for each time that it connects.
import { askLine, yes } from "../../lib/asking.js"
import { socket } from "../../lib/socket.js"

const EVENTS = ["post:posted", "post:changed", "post:removed"]

export default class Following {
  constructor(id, hear, changed) {
    Object.assign(this, { id, hear, changed })
  }

  get isEntered() { return this.line?.connected && this.line.id === this.entered }

  // What is known is not enough any more: the server is asked again.
  doubt() { this.entered = null }

  async enter(after, isRetry) {
    this.line ??= await this.listen()
    if (isRetry && !this.line.active) this.line.connect()  // was signed out, and may be signed in again
    const answer = yes(await askLine(this.line, "topic:enter", { topic_id: this.id, after }))
    this.entered = this.line.id
    return answer
  }

  async listen() {
    const line = await socket()
    const hear = (event) => (news) => news.topic_id === this.id && this.hear(event, news)
    for (const event of EVENTS) line.on(event, hear(event))
    for (const event of ["connect", "disconnect"]) line.on(event, this.changed)
    return line
  }
}
