// While one types what to ask: topics like it are shown, and the forums and themes that its words suggest come forward.
// Nothing is ticked but by a press: where something belongs decides who can read it.
import { ask } from "../../lib/asking.js"

const PAUSE = 400
const SHORTEST = 4
const GROUPS = ["forum", "themes"]

export default class Ask {
  constructor(form) {
    this.form = form
    this.title = form.elements.namedItem("title")
    this.order = new Map([...form.querySelectorAll(".field__rest .tick")].map((tick, at) => [tick, at]))
    this.title.addEventListener("input", () => this.wait())
    if (this.words && !this.part("similar").childElementCount) this.wait()
  }

  get words() { return this.title.value.trim() }

  part(name) { return this.form.querySelector(`[data-ask=${name}]`) }

  wait() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(this.words), PAUSE)
  }

  async ask(words) {
    if (words.length < SHORTEST || words === this.asked) return
    this.asked = words
    const url = new URL(this.form.dataset.suggestionsUrl, location)
    url.searchParams.set("title", words)
    const answer = await ask(url).catch(() => null)
    const page = answer?.ok && !answer.redirected ? await answer.text().catch(() => null) : null
    // A slow answer to earlier words is none to these; without one the page stays as it is.
    if (page === null || words !== this.words) return
    this.show(new DOMParser().parseFromString(page, "text/html").body.firstElementChild)
  }

  show(found) {
    for (const name of GROUPS) this.bringForward(name, found.dataset[name].split(" "))
    const similar = this.part("similar"), isOpen = similar.querySelector("details")?.open
    if (similar.contains(document.activeElement)) return
    this.part("told").textContent = found.querySelector("summary")?.textContent ?? ""
    similar.replaceChildren(...found.children)
    if (isOpen) similar.querySelector("details")?.setAttribute("open", "")
  }

  // What was chosen, and where somebody is, stays where it is.
  bringForward(name, keys) {
    const group = this.form.querySelector(`#${name}`)
    if (!group || group.contains(document.activeElement)) return
    const more = group.querySelector(".field__more"), rest = more.querySelector(".field__rest")
    for (const tick of group.querySelectorAll(".tick")) {
      const { value, checked } = tick.querySelector("input")
      if (checked) continue
      if (keys.includes(value)) more.before(tick)
      else if (!rest.contains(tick)) this.putBack(tick, rest)
    }
  }

  putBack(tick, rest) {
    const at = this.order.get(tick) ?? -1
    rest.insertBefore(tick, [...rest.children].find((one) => (this.order.get(one) ?? -1) > at) ?? null)
  }
}
