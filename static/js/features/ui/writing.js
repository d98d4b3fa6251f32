// A long text: its tools and their keys, and its preview. Its form is sent by everywhere.js.
import { isCommand } from "../../everywhere.js"
import { link, prefix, wrap } from "../../lib/marks.js"

const DEEDS = {
  bold: (area) => wrap(area, "**"),
  italic: (area) => wrap(area, "*"),
  link,
  list: (area) => prefix(area, "- "),
  quote: (area) => prefix(area, "> "),
}
const KEYS = { b: "bold", i: "italic", k: "link" }

export default class Writing {
  constructor(box) {
    this.box = box
    this.area = box.querySelector("textarea")
    this.tools = [...box.querySelectorAll("[data-tool]")]
    box.addEventListener("click", (event) => this.press(event))
    box.addEventListener("keydown", (event) => this.steer(event))
  }

  press(event) {
    const tool = event.target.closest("[data-tool]"), look = event.target.closest("[data-preview-url]")
    if (tool) DEEDS[tool.dataset.tool](this.area)
    if (!look) return
    event.preventDefault()
    this.show(look)
  }

  // Where the part does not come, the form is sent for it: the server then says in words what it has to say.
  async show(button) {
    this.preview ??= import("./preview.js").then(({ default: Preview }) => new Preview(this.area, button))
    const isShown = await this.preview.then((preview) => preview.turn(), () => false)
    if (!isShown) button.form.requestSubmit(button)
  }

  steer(event) {
    const { key, code, target } = event
    if (target.matches("[data-tool]")) return this.step(event)
    if (!isCommand(event)) return
    // Where letters are others (Arabic, Cyrillic), the place of the key says which one is meant.
    const tool = KEYS[/^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace("Key", "").toLowerCase()]
    if (target !== this.area || !tool || !this.tools.length) return
    event.preventDefault()
    DEEDS[tool](this.area)
  }

  step(event) {
    const on = getComputedStyle(this.box).direction === "rtl" ? -1 : 1, at = this.tools.indexOf(event.target)
    const to = { Home: 0, End: -1, ArrowLeft: at - on, ArrowRight: at + on }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = this.tools.at(to % this.tools.length)
    for (const tool of this.tools) tool.tabIndex = tool === next ? 0 : -1
    next.focus()
  }
}
