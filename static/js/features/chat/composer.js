// Writing: each message is kept in this browser until the server has it, and sent in the order it was written.
import { Pursuit } from "../../lib/asking.js"
import { newId } from "../../lib/kept.js"
import { excessOf } from "../../lib/length.js"
import { write } from "./field.js"
import { part } from "./message.js"
import { isRefusal, Unsent } from "./unsent.js"
import { showWaiting } from "./waiting.js"
import { tellTyping } from "./typing.js"

export default class Composer {
  constructor(form, room) {
    Object.assign(this, { form, room, field: form.elements.text })
    this.template = room.element.querySelector("template[data-template=waiting]")
    this.sending = new Pursuit(() => this.sendAll())
    this.unsent = new Unsent(room.unsentPlace)
    form.addEventListener("submit", (event) => this.submit(event))
    tellTyping(this.field, () => room.connection.tell("room:typing", { room_id: room.id }))
    this.takeUp(this.unsent.messages)
    this.unsent.takeLeft().then((left) => this.takeUp(left))
    form.dataset.isReady = ""
  }

  takeUp(messages) { for (const message of messages) this.show(message); this.flush() }

  // What is too long stays where it is: the line under it says by how much.
  submit(event) {
    event.preventDefault()
    const text = this.field.value
    if (excessOf(this.field) > 0) return
    write(this.field, "")
    this.send(text)
  }

  send(text) {
    if (!text.trim()) return
    if (excessOf({ value: text, dataset: this.field.dataset }) > 0) return write(this.field, text + this.field.value)
    const { reply_to: answered } = this.form.elements, reply = Number(answered.value)
    answered.value = ""
    part(this.form, "answered")?.remove()
    const message = { nonce: newId(), text, ...(reply && { reply_to: reply }) }
    this.unsent.add(message)
    this.show(message)
    this.flush()
  }

  show(message) { showWaiting(this, message, () => this.flush()) }

  // One at a time; what is not taken now is sent again after a pause, or when the line is back.
  flush() { if (this.unsent.next) this.sending.begin() }

  async sendAll() {
    for (let message = this.unsent.next; message; message = this.unsent.next) {
      this.room.messages.mark(message.nonce, "waiting")
      const answer = await this.room.connection.post(message, this.room.id).catch(() => null)
      if (isRefusal(answer)) this.refuse(message)
      else if (!answer?.ok) throw this.wait(message, answer)
      else await this.finish(message)
    }
  }

  async finish({ nonce }) {
    if (!this.room.connection.isLive) await this.room.connection.pursuit.anew()
    this.room.messages.forgetWaiting(nonce)
    this.unsent.drop(nonce)
  }

  refuse({ nonce }) { this.room.messages.mark(nonce, "refused"); this.unsent.refuse(nonce) }

  // Who writes faster than the room takes it waits a moment, and need not know.
  wait({ nonce }, answer) {
    if (!answer?.retry_after) this.room.messages.mark(nonce, "failed")
    return { wait: 1000 * (answer?.retry_after ?? 0) }
  }
}
