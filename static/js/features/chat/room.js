// One chat room. Numbers tell what is missing, and what is missing is asked for: after a pause, a restart, a gap.
import Connection from "./connection.js"
import { write } from "./field.js"
import Messages from "./messages.js"
import Reactions from "./reactions.js"
import Reading from "./reading.js"

const PAUSE = 10_000

export default class Room {
  constructor(element) {
    Object.assign(this, { element, id: Number(element.dataset.roomId) })
    this.messages = new Messages(element)
    this.connection = new Connection(element, this)
    new Reading(this)
    this.awaitWriter(element.querySelector("[data-part=composer]"))
    new Reactions(element, this.connection)
    element.addEventListener("toggle", ({ target }) => target.scrollIntoView({ block: "nearest" }), true)
    setInterval(() => this.connection.isLive || this.fetchNews(), PAUSE)
    this.listen()
  }

  async listen() {
    const line = await this.connection.open()
    const on = (event, deed) => line.on(event, (payload) => payload.room_id === this.id && deed(payload))
    on("message:posted", (message) => this.take(message))
    on("message:changed", (message) => this.messages.change(message))
    on("message:removed", (message) => this.messages.remove(message))
    on("room:typing", ({ member }) => this.inCompany((company) => company.seeTyping(member)))
    on("room:presence", (payload) => {
      if (this.company ?? payload.count > 1) this.inCompany((company) => company.seePresence(payload))
    })
    line.on("connect", () => this.fetchNews())
    if (line.connected) this.fetchNews()
  }

  // The composer's module is fetched when somebody begins to write, or has left something unsent.
  awaitWriter(form) {
    if (!form) return
    this.unsentPlace = `${form.getAttribute("action")}#unsent`
    const take = ({ default: Composer }) => { this.composer = new Composer(form, this) }
    const begin = () => (this.writing ??= import("./composer.js").then(take))
    const isLeft = (key) => key.endsWith(this.unsentPlace)
    if (Object.keys(localStorage).some(isLeft) || form.contains(document.activeElement)) begin()
    form.addEventListener("focusin", begin, { once: true })
    form.addEventListener("submit", (event) => this.composer || this.sendOnce(begin, event))
  }

  // Sent before the module has come, it is sent by it; where that does not come, the words are back in the field.
  sendOnce(begin, event) {
    event.preventDefault()
    const { text: field } = event.target.elements, words = field.value
    write(field, "")
    const giveBack = () => { this.writing = null; write(field, [words, field.value].filter(Boolean).join("\n")) }
    begin().then(() => this.composer.send(words), giveBack)
  }

  // There is no company to speak of until somebody else comes.
  async inCompany(deed) {
    deed(await (this.company ??= import("./company.js").then(({ default: Company }) => new Company(this.element))))
  }

  fetchNews() { return this.connection.pursuit.begin() }

  takeAll({ messages, oldest }) {
    this.messages.addAll(messages, oldest)
    this.composer?.flush()
  }

  take(message) {
    this.company?.then((company) => company.forget(message.author.id))
    if (message.number <= this.messages.newest + 1) return this.messages.add(message)
    this.connection.doubt()
    this.fetchNews()
  }
}
