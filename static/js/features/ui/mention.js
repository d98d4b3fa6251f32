// Completes @member and #city while one types: arrows choose, Enter or Tab takes, Escape leaves. Asks
// data-mentions-url?q=@cl for [{ insert: "@claire-vasseur", name: "Claire Vasseur", label: "Claire Vasseur, Lyon" }].
import { Choices } from "../../lib/choices.js"

// What may stand before is the server's rule (core/text/addresses.py): 谢谢@al begins a name, josé@al does not.
const BEGUN = /(?:^|[^A-Za-z0-9\u00c0-\u0556\u0560-\u0588\u1e00-\u1fff_/@#&.+-])([@#][\p{L}\p{M}\p{N}._-]{1,40})$/u
const PAUSE = 150
// Without accents and case: less than the server's fold, which has the last word.
const bare = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()

// By any part of the name or of the handle, as the server finds them.
function fits({ insert, name }, begun) {
  const [sign, letters] = [begun[0], bare(begun.slice(1))]
  const parts = bare(`-${insert.slice(1)} ${name}`)
  return insert[0] === sign && (parts.includes(`-${letters}`) || parts.includes(` ${letters}`))
}

export default class Mention {
  constructor(area) {
    this.area = area
    this.choices = new Choices(area, (choice) => this.take(choice))
    area.addEventListener("input", () => this.listen())
    area.addEventListener("blur", () => this.leave())
    area.addEventListener("keydown", (event) => this.steer(event))
  }

  get begun() {
    return this.area.value.slice(0, this.area.selectionStart).match(BEGUN)?.[1]
  }

  listen() {
    this.forget()
    this.awaited = this.begun
    this.narrow()
    if (this.begun) this.timer = setTimeout(() => this.ask(this.begun), PAUSE)
  }

  // Until the answer comes, what stands in the list is for earlier letters: only what fits those of now may be taken.
  narrow() {
    const { begun } = this
    if (!begun || begun !== this.answered) this.choices.narrow((choice) => begun && fits(choice, begun))
  }

  async ask(begun) {
    if (!begun) return
    const url = new URL(this.area.dataset.mentionsUrl, location)
    url.searchParams.set("q", begun)
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null)
    const items = answer?.ok ? await answer.json().catch(() => null) : null
    // A slow answer to an earlier letter must not replace the newer list, nor open it where one has turned away.
    if (!items || begun !== this.awaited || begun !== this.begun) return
    this.answered = begun
    this.choices.show(items)
  }

  steer(event) {
    this.narrow()
    if (event.key === "Escape") this.forget()
    this.choices.steer(event)
  }

  leave() {
    this.forget()
    this.choices.hide()
  }

  // What was asked for and has not come yet.
  forget() {
    clearTimeout(this.timer)
    this.awaited = null
  }

  take({ insert }) {
    if (!this.begun) return this.choices.hide()
    const end = this.area.selectionStart
    this.area.setRangeText(`${insert} `, end - this.begun.length, end, "end")
    this.area.dispatchEvent(new Event("input", { bubbles: true }))
    this.choices.hide()
  }
}
