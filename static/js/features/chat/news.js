// What came while one reads further up: a button tells how many and leads down; nothing scrolls by itself, and the
// focus stays where it is. Who listens hears who said what, or nothing for a while.
import { part } from "./message.js"

const MOST_ALOUD = 3

export default class News {
  constructor(room, log) {
    Object.assign(this, { log, button: part(room, "news"), aloud: part(room, "aloud") })
    this.words = room.querySelector("template[data-template=said]").content.firstElementChild
    this.button.addEventListener("click", () => this.lead())
    log.addEventListener("scroll", () => this.count(), { passive: true })
    this.offerPause(document.querySelector("[data-part=pause]"))
  }

  add(item, isSeen) {
    if (item.matches(".message--own, .message--removed")) return
    this.say(part(item, "name"), part(item, "text"))
    if (isSeen) return
    item.dataset.isUnseen = ""
    this.count()
  }

  get unseen() { return [...this.log.querySelectorAll("[data-is-unseen]:not(.message--removed)")] }

  count() {
    const end = this.log.getBoundingClientRect().bottom
    for (const item of this.unseen) if (item.getBoundingClientRect().top < end) delete item.dataset.isUnseen
    const { length } = this.unseen
    part(this.button, "count").textContent = new Intl.NumberFormat(document.documentElement.lang).format(length)
    this.button.hidden = !length
  }

  lead() {
    const [first] = this.unseen
    this.log.focus({ preventScroll: true })
    this.log.scrollTop += first.getBoundingClientRect().top - this.log.getBoundingClientRect().top
  }

  // Of many at once only the last.
  say(name, text) {
    const sentence = this.words.cloneNode(true)
    part(sentence, "name").textContent = name.textContent.trim()
    Object.assign(part(sentence, "text"), { textContent: text.textContent.trim(), lang: text.lang })
    this.aloud.append(sentence)
    while (this.aloud.children.length > MOST_ALOUD) this.aloud.firstElementChild.remove()
  }

  offerPause(button) {
    button.hidden = false
    button.addEventListener("click", () => {
      const isPaused = button.getAttribute("aria-pressed") !== "true"
      button.setAttribute("aria-pressed", isPaused)
      this.aloud.setAttribute("aria-live", isPaused ? "off" : "polite")
    })
  }
}
