// Presses on the signs under messages, over the live line; without it the form goes its plain way. What was not taken,
// or may not have been, is said at its message, and may be pressed again.
import { askLine, yes } from "../../lib/asking.js"
import { part } from "./message.js"

export default class Reactions {
  constructor(element, connection) {
    Object.assign(this, { element, connection, waiting: new Set() })
    document.getElementById("message-act").addEventListener("submit", (event) => this.press(event))
  }

  press(event) {
    const { name, value: emoji, dataset } = event.submitter ?? {}
    if (name !== "emoji" || !this.connection.isLive) return
    event.preventDefault()
    this.send({ id: Number(dataset.message), emoji })
  }

  // A second press would take back what the first one gave, so it waits for the answer to it.
  async send(reaction) {
    const sign = `${reaction.id} ${reaction.emoji}`
    if (this.waiting.has(sign)) return
    this.waiting.add(sign)
    const isRefused = ({ wait }) => wait !== undefined
    const tell = (reason) => this.tell(reaction, isRefused(reason) ? "refused" : "lost")
    this.forget(reaction)
    await askLine(this.connection.line, "message:react", reaction).then(yes).catch(tell)
    this.waiting.delete(sign)
  }

  // Asked for anew each time: what happens to a message meanwhile draws it afresh.
  item({ id }) { return this.element.querySelector(`#message-${id}`) }

  forget(reaction) { this.item(reaction)?.querySelector("[data-part=reaction-note]")?.remove() }

  tell(reaction, fate) {
    const item = this.item(reaction)
    if (!item) return
    const template = this.element.querySelector(`template[data-template="reaction-${fate}"]`)
    const note = template.content.firstElementChild.cloneNode(true)
    part(note, "sign").textContent = reaction.emoji
    this.forget(reaction)
    const foot = part(item, "foot")
    if (foot) foot.after(note)
    else item.append(note)
  }
}
