// How this page hears and speaks: over the live line (WebSocket or long-polling), over HTTP every ten seconds where no
// line holds, or not at all. What is missing is asked for until it comes.
import { Pursuit, ask, askLine, csrfToken, tellLine, yes } from "../../lib/asking.js"
import { socket } from "../../lib/socket.js"
import Status from "./status.js"

const HEADERS = { Accept: "application/json" }

export default class Connection {
  constructor(element, room) {
    Object.assign(this, { room, address: element.dataset.messagesUrl, status: new Status(element) })
    this.pursuit = new Pursuit(() => this.catchUp(), element.querySelector("[data-part=behind]"))
  }

  async open() {
    this.line = await socket()
    this.line.on("connect", () => this.status.greet(this.line))
    this.line.on("disconnect", () => this.status.show("none"))
    if (this.line.connected) this.status.greet(this.line)
    return this.line
  }

  get isLive() { return Boolean(this.line?.connected) }

  // Whether the line as it is now was entered, and nothing has told since that something was missed.
  get isEntered() { return this.isLive && this.entered === this.line.id }

  doubt() { this.entered = null }

  tell(event, payload) { if (this.isLive) tellLine(this.line, event, payload) }

  // The line may come, or tell of a gap, while something is asked: then it is asked once more.
  async catchUp() {
    do {
      if (this.isLive) await this.enter()
      else await this.look()
    } while (this.isLive && !this.isEntered)
  }

  // All that was said after what the room knows, in as many questions as it takes.
  async enter() {
    this.entered = this.line.id
    const refuse = (reason) => { this.doubt(); throw reason }
    let answer
    do {
      const known = { room_id: this.room.id, after: this.room.messages.newest }
      answer = await askLine(this.line, "room:enter", known).then(yes).catch(refuse)
      this.room.takeAll(answer)
    } while (answer.more)
  }

  // What was said after what the room knows, without the line.
  async look() {
    const address = `${this.address}?after=${this.room.messages.newest}`
    const response = await ask(address, { headers: HEADERS }).catch(() => null)
    if (!this.isLive) this.status.show(response?.ok ? "fetching" : response?.status === 401 ? "signed-out" : "none")
    this.room.takeAll(await yes(response ?? {}).json())
  }

  async post(message, room) {
    if (this.isLive) return askLine(this.line, "message:post", { room_id: room, ...message })
    const body = new URLSearchParams({ csrf_token: csrfToken(), ...message })
    return (await ask(this.address, { method: "POST", body, headers: HEADERS })).json()
  }
}
