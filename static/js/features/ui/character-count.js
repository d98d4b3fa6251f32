// Shows how many characters are left, from the last fifth on, so that it does not disturb before it matters, and how
// many there are too many: all of them stay. Who listens hears it near the end, once nobody types for a moment.
import { excessOf } from "../../lib/length.js"

const PAUSE = 1000
const language = document.documentElement.lang
const inWords = (number) => new Intl.NumberFormat(language).format(number)

export default class CharacterCount {
  constructor(field) {
    Object.assign(this, { field, most: Number(field.dataset.most) })
    const parts = document.getElementById("character-count").content.cloneNode(true)
    ;[this.line, this.status] = parts.children
    field.after(parts)
    field.addEventListener("input", () => this.count())
    field.form?.addEventListener("reset", () => requestAnimationFrame(() => this.count()))
    this.count()
  }

  count() {
    const excess = excessOf(this.field)
    this.line.hidden = -excess > this.most / 5
    this.line.classList.toggle("counted__left--over", excess > 0)
    this.show(excess > 0 ? new Intl.PluralRules(language).select(excess) : "left", Math.abs(excess))
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.tell(-excess > this.most / 20), PAUSE)
  }

  show(form, number) {
    const all = [...this.line.querySelectorAll("[data-words]")]
    const words = all.find((one) => one.dataset.words === form) ?? all.at(-1)
    for (const one of all) one.hidden = one !== words
    words.querySelector("[data-left]").textContent = inWords(number)
    const most = words.querySelector("[data-most]")
    if (most) most.textContent = inWords(this.most)
    this.said = words.textContent
  }

  tell(isFar) { this.status.textContent = isFar ? "" : this.said }
}
