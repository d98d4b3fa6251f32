// Writing: each message is kept in this browser until the server has it, and sent in the order it was written.
import { Pursuit } from "../../lib/asking.js"
import { part } from "./message.js"
import { isRefusal, keep, recall } from "./unsent.js"

const SAY_TYPING_EVERY = 3000

export default class Composer {
  constructor(form, room) {
    Object.assign(this, { form, room, field: form.elements.text })
    this.template = room.element.querySelector("template[data-template=waiting]")
    this.sending = new Pursuit(() => this.sendAll())
    this.unsent = recall(room.unsentKey)
    for (const message of this.unsent) this.show(message)
    form.addEventListener("submit", (event) => this.submit(event))
    this.field.addEventListener("input", () => this.sayTyping())
    this.flush()
    form.dataset.isReady = ""
  }

  submit(event) {
    event.preventDefault()
    const text = this.field.value
    this.field.value = ""
    this.field.dispatchEvent(new Event("input"))
    this.send(text)
  }

  send(text) {
    if (!text.trim()) return
    const reply = Number(this.form.elements.reply_to.value)
    this.form.elements.reply_to.value = ""
    part(this.form, "answered")?.remove()
    const nonce = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`
    const message = { nonce, text, ...(reply && { reply_to: reply }) }
    this.keep([...this.unsent, message])
    this.show(message)
    this.flush()
  }

  keep(unsent) {
    keep(this.room.unsentKey, this.unsent = unsent)
  }

  show({ nonce, text }) {
    const item = this.template.content.firstElementChild.cloneNode(true)
    item.dataset.nonce = nonce
    part(item, "text").textContent = text
    part(item, "retry").addEventListener("click", () => this.flush())
    this.room.messages.addWaiting(item)
  }

  // One at a time; what is not taken now is sent again after a pause, or when the line is back.
  flush() { if (this.unsent.length) this.sending.begin() }

  async sendAll() {
    while (this.unsent.length) {
      this.room.messages.mark(this.unsent[0].nonce, "waiting")
      const answer = await this.room.connection.post(this.unsent[0], this.room.id).catch(() => null)
      if (isRefusal(answer)) this.room.messages.mark(this.unsent[0].nonce, "refused")
      else if (!answer?.ok) throw this.wait(this.unsent[0], answer)
      else if (!this.room.connection.isLive) await this.room.connection.pursuit.anew()
      if (answer.ok) this.room.messages.forgetWaiting(this.unsent[0].nonce)
      this.keep(this.unsent.slice(1))
    }
  }

  // Who writes faster than the room takes it waits a moment, and need not know.
  wait({ nonce }, answer) {
    const wait = 1000 * (answer?.retry_after ?? 0)
    if (!wait) this.room.messages.mark(nonce, "failed")
    return { wait }
  }

  sayTyping() {
    if (!this.field.value || Date.now() - (this.saidTyping ?? 0) < SAY_TYPING_EVERY) return
    this.saidTyping = Date.now()
    this.room.connection.tell("room:typing", { room_id: this.room.id })
  }
}
