// Completes @member and #city while one types: arrows choose, Enter or Tab takes, Escape leaves. Asks
// data-mentions-url?q=@cl for [{ insert: "@claire-vasseur", name: "Claire Vasseur", label: "Claire Vasseur, Lyon" }].
import { ask } from "../../lib/asking.js"
import { Choices } from "../../lib/choices.js"
import { begunAt } from "./begun-name.js"
import { Called } from "./called.js"
import { fits } from "./fitting.js"

const PAUSE = 150
const MOST = 8  // as the server: of more it leaves some out

export default class Mention {
  constructor(area) {
    this.area = area
    new Called(area)
    this.choices = new Choices(area, (choice) => this.take(choice), () => this.start)
    area.addEventListener("input", () => this.listen())
    area.addEventListener("click", () => this.narrow())
    area.addEventListener("blur", () => this.leave())
    area.addEventListener("keydown", (event) => this.steer(event))
  }

  get begun() {
    return begunAt(this.area)
  }

  listen() {
    this.forget()
    this.awaited = this.begun
    this.narrow()
    if (this.begun) this.timer = setTimeout(() => this.begun && this.ask(this.begun), PAUSE)
  }

  get start() { return this.area.selectionStart - (this.begun?.length ?? 0) }

  // Until the answer comes, what stands in the list is for another question. It may be taken where that was asked at
  // this place and answered to the end, and the letters since only go on: then who fits them is who will be in it.
  narrow() {
    const { begun, answered } = this
    const isHere = begun && answered?.start === this.start && begun.startsWith(answered.begun)
    if (isHere && begun === answered.begun) return
    this.choices.narrow((choice) => isHere && answered.isWhole && fits(choice, begun))
  }

  async ask(begun) {
    const url = new URL(this.area.dataset.mentionsUrl, location)
    url.searchParams.set("q", begun)
    const answer = await ask(url, { headers: { Accept: "application/json" } }).catch(() => null)
    const items = answer?.ok ? await answer.json().catch(() => null) : null
    // A slow answer to an earlier letter must not replace the newer list, nor open it where one has turned away.
    if (!items || begun !== this.awaited || begun !== this.begun) return
    this.answered = { begun, start: this.start, isWhole: items.length < MOST }
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
