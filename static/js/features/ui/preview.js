// In place of the text what it will look like, and back: as the server draws it.
import { ask, csrfToken } from "../../lib/asking.js"

export default class Preview {
  constructor(area, button) {
    Object.assign(this, { area, button, word: button.textContent, tools: button.parentElement.firstElementChild })
    this.place = document.createElement("div")
    Object.assign(this.place, { className: "writing__preview", tabIndex: -1, hidden: true })
    this.place.setAttribute("role", "region")
    this.place.setAttribute("aria-label", this.word)
    area.after(this.place)
  }

  // Whether it could.
  async turn() {
    if (this.place.hidden) return this.open()
    this.show(false)
    this.area.focus()
    return true
  }

  async open() {
    const body = new URLSearchParams({ text: this.area.value }), headers = { "X-CSRFToken": csrfToken() }
    const answer = await ask(this.button.dataset.previewUrl, { method: "POST", body, headers }).catch(() => null)
    if (!answer?.ok || answer.redirected) return false
    this.place.innerHTML = await answer.text()
    this.show(true)
    this.place.focus()
    return true
  }

  show(isPreview) {
    this.place.style.minBlockSize = `${this.area.offsetHeight}px`
    this.tools.inert = isPreview
    this.place.hidden = !isPreview
    this.area.hidden = isPreview
    this.button.textContent = isPreview ? this.button.dataset.back : this.word
  }
}
