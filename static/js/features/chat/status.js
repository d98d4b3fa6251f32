// Says in the page's own words how it hears and speaks.
import { part } from "./message.js"

const TIME_TO_UPGRADE = 2500

export default class Status {
  constructor(element) {
    this.element = element
    this.show("connecting")
    addEventListener("signed-out", () => this.show("signed-out"))
  }

  // A line that begins by long-polling may become a WebSocket in a moment; that it polls is news where it stays so.
  greet(line) {
    const { engine } = line.io
    engine.on("upgrade", () => this.showTransport(line))
    if (engine.transport.name === "websocket") this.showTransport(line)
    else setTimeout(() => line.connected && this.showTransport(line), TIME_TO_UPGRADE)
  }

  showTransport({ io }) { this.show(io.engine.transport.name === "websocket" ? "live" : "polling") }

  show(mode) {
    if (this.element.dataset.mode === mode) return
    this.element.dataset.mode = mode
    const words = this.element.querySelector(`template[data-template="mode-${mode}"]`)
    part(this.element, "status").replaceChildren(words.content.cloneNode(true))
  }
}
