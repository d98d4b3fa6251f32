// A list of choices at the caret of a text field, by the combobox pattern: the focus stays in the field,
// aria-activedescendant moves. `begin`: the place of the text that they complete.
import { staysBeside } from "./caret.js"

let lists = 0

export class Choices {
  constructor(field, take, begin) {
    Object.assign(this, { field, take, items: [], at: 0 })
    this.list = document.createElement("ul")
    Object.assign(this.list, { id: `choices-${++lists}`, className: "mentions", role: "listbox", hidden: true })
    this.list.setAttribute("aria-label", field.dataset.mentionsLabel ?? "")
    field.parentElement.classList.add("mention-host")
    field.after(this.list)
    field.setAttribute("aria-autocomplete", "list")
    field.setAttribute("aria-controls", this.list.id)
    // Pointer down, not click: the field must not lose the focus before the choice is taken.
    this.list.addEventListener("pointerdown", (event) => this.press(event))
    this.place = staysBeside(this.list, field, begin)
  }

  // What was marked stays so where it is still offered: a list that comes late must not change what a key takes.
  show(items) {
    const marked = this.items[this.at]?.insert
    this.items = items
    this.list.replaceChildren(...items.map(({ label }, index) => this.option(label, index)))
    this.list.hidden = items.length === 0
    this.place()
    this.mark(Math.max(0, items.findIndex(({ insert }) => insert === marked)))
  }

  narrow(isWanted) {
    const wanted = this.items.filter(isWanted)
    if (wanted.length < this.items.length) this.show(wanted)
  }

  option(label, index) {
    const option = document.createElement("li")
    Object.assign(option, { id: `${this.list.id}-${index}`, role: "option", textContent: label, dir: "auto" })
    return option
  }

  hide() {
    this.items = []
    this.list.hidden = true
    this.field.removeAttribute("aria-activedescendant")
  }

  mark(at) {
    if (this.list.hidden) return this.hide()
    this.at = (at + this.items.length) % this.items.length
    const chosen = this.list.children[this.at]
    for (const option of this.list.children) option.setAttribute("aria-selected", option === chosen)
    this.field.setAttribute("aria-activedescendant", chosen.id)
  }

  steer(event) {
    // What an input method takes for itself; Safari tells the last of it by its code alone.
    if (this.list.hidden || event.isComposing || event.keyCode === 229) return
    const deeds = {
      ArrowDown: () => this.mark(this.at + 1),
      ArrowUp: () => this.mark(this.at - 1),
      Enter: () => this.take(this.items[this.at]),
      Tab: () => this.take(this.items[this.at]),
      Escape: () => this.hide(),
    }
    if (!deeds[event.key]) return
    event.preventDefault()
    event.stopImmediatePropagation()
    deeds[event.key]()
  }

  press(event) {
    const option = event.target.closest("[role=option]")
    if (!option) return
    event.preventDefault()
    this.take(this.items[[...this.list.children].indexOf(option)])
  }
}
