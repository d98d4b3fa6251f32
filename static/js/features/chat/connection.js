// How this page hears and speaks, and that in the page's own words: over the live line (WebSocket or long-polling),
// over HTTP every ten seconds where no line holds, or not at all.
import { socket } from "../../lib/socket.js"
import { part } from "./message.js"

const PATIENCE = 10_000
const TIME_TO_UPGRADE = 2500

export default class Connection {
  constructor(element) {
    this.element = element
    this.address = element.dataset.messagesUrl
    this.show("connecting")
    addEventListener("signed-out", () => this.show("signed-out"))
  }

  async open() {
    this.line = await socket()
    this.line.on("connect", () => this.greet())
    this.line.on("disconnect", () => this.show("none"))
    if (this.line.connected) this.greet()
    return this.line
  }

  get isLive() { return Boolean(this.line?.connected) }

  tell(event, payload) { if (this.isLive) this.line.emit(event, payload) }

  ask(event, payload) { return this.line.timeout(PATIENCE).emitWithAck(event, payload) }

  // All that was said after what the room knows, in as many questions as it takes.
  async catchUp(room) {
    let answer
    do {
      answer = await this.ask("room:enter", { room_id: room.id, after: room.messages.newest })
      if (answer.ok) room.takeAll(answer)
    } while (answer.more)
  }

  // What was said after a number, without the line; null when that fails too.
  async fetch(after) {
    const headers = { Accept: "application/json" }
    const response = await fetch(`${this.address}?after=${after}`, { headers }).catch(() => null)
    if (!this.isLive) this.show(response?.ok ? "fetching" : "none")
    return response?.ok ? response.json() : null
  }

  async post(message, room) {
    if (this.isLive) return this.ask("message:post", { room_id: room, ...message })
    const { csrfToken } = await import("../../lib/csrf.js")
    const body = new URLSearchParams({ csrf_token: csrfToken(), ...message })
    return (await fetch(this.address, { method: "POST", body, headers: { Accept: "application/json" } })).json()
  }

  // A press on a sign under a message; without a line the form goes its plain way.
  react(event) {
    const { name, value, dataset } = event.submitter ?? {}
    if (name !== "emoji" || !this.isLive) return
    event.preventDefault()
    this.tell("message:react", { id: Number(dataset.message), emoji: value })
  }

  // A line that begins by long-polling may become a WebSocket in a moment; that it polls is news where it stays so.
  greet() {
    const { engine } = this.line.io
    engine.on("upgrade", () => this.showTransport())
    if (engine.transport.name === "websocket") this.showTransport()
    else setTimeout(() => this.isLive && this.showTransport(), TIME_TO_UPGRADE)
  }

  showTransport() { this.show(this.line.io.engine.transport.name === "websocket" ? "live" : "polling") }

  show(mode) {
    if (this.element.dataset.mode === mode) return
    this.element.dataset.mode = mode
    const words = this.element.querySelector(`template[data-template="mode-${mode}"]`)
    part(this.element, "status").replaceChildren(words.content.cloneNode(true))
  }
}
