// Completes @member and #city while one types. The list is a combobox's: arrows choose, Enter or Tab takes, Escape leaves.
// Asks data-mentions-url?q=@cl for [{ insert: "@claire-vasseur", label: "Claire Vasseur, Lyon" }].
import { Choices } from "../../lib/choices.js"

const BEGUN = /(?:^|[\s(])([@#][\p{L}\p{N}._-]{1,40})$/u
const PAUSE = 150

export default class Mention {
  constructor(area) {
    this.area = area
    this.choices = new Choices(area, (choice) => this.take(choice))
    area.addEventListener("input", () => this.listen())
    area.addEventListener("blur", () => this.choices.hide())
    area.addEventListener("keydown", (event) => this.choices.steer(event))
  }

  get begun() {
    return this.area.value.slice(0, this.area.selectionStart).match(BEGUN)?.[1]
  }

  listen() {
    clearTimeout(this.timer)
    if (!this.begun) return this.choices.hide()
    this.timer = setTimeout(() => this.ask(this.begun), PAUSE)
  }

  async ask(begun) {
    if (!begun) return
    const url = new URL(this.area.dataset.mentionsUrl, location)
    url.searchParams.set("q", begun)
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null)
    // A slow answer to an earlier letter must not replace the newer list.
    if (answer?.ok && begun === this.begun) this.choices.show(await answer.json())
  }

  take({ insert }) {
    const end = this.area.selectionStart
    this.area.setRangeText(`${insert} `, end - this.begun.length, end, "end")
    this.area.dispatchEvent(new Event("input", { bubbles: true }))
    this.choices.hide()
  }
}
