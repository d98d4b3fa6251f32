// Sends the chosen files one by one with progress, and puts their links into the text of the form; each may be taken
// out again. Without this module the form carries its files itself. See templates/ui/files.html.
import { ask, send } from "../../lib/asking.js"
import { csrfToken } from "../../lib/csrf.js"

export default class Upload {
  constructor(element) {
    Object.assign(this, { url: element.dataset.uploadUrl, most: Number(element.dataset.mostBytes) })
    this.input = element.querySelector('input[type="file"]')
    this.progress = element.querySelector("progress")
    this.list = element.querySelector("[data-upload-sent]")
    this.failed = element.querySelector("[data-upload-failed]")
    this.words = (name) => element.querySelector(`template[data-upload="${name}"]`).content
    this.text = element.closest("form").querySelector("textarea")
    this.input.addEventListener("change", () => this.sendAll())
    if (this.input.files.length) this.sendAll()  // chosen while this module was on its way
  }

  async sendAll() {
    this.failed.hidden = true
    this.progress.hidden = false
    try {
      for (const file of [...this.input.files]) this.take(await this.send(file))
    } catch (reason) {
      this.tell(reason)
    }
    this.input.value = ""
    this.progress.hidden = true
  }

  // A reason is the server's own sentence, or nothing where the line broke.
  tell(reason) {
    this.failed.textContent = typeof reason === "string" ? reason : this.words("broken").textContent
    this.failed.hidden = false
  }

  take(file) {
    this.write(this.text.value + (this.text.value.trim() ? "\n\n" : "") + file.markdown)
    const item = this.words("sent").firstElementChild.cloneNode(true)
    item.querySelector("bdi").textContent = file.name
    item.querySelector("button").addEventListener("click", () => this.remove(file, item))
    if (file.markdown.startsWith("!")) this.askForWords(file, item.querySelector("[data-words]"))
    this.list.append(item)
  }

  // What a picture shows stands in the text, in place of the name of its file. Enter here must not send the form.
  askForWords(file, label) {
    label.hidden = false
    label.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault())
    label.addEventListener("input", ({ target }) => {
      const before = file.markdown, words = target.value.replace(/[\\[\]]/g, "\\$&") || file.name
      file.markdown = `![${words}](${file.url})`
      this.write(this.text.value.replace(before, () => file.markdown))
    })
  }

  write(words) {
    this.text.value = words
    this.text.dispatchEvent(new Event("input", { bubbles: true }))
  }

  async remove({ id, markdown }, item) {
    item.remove()
    this.input.focus()
    this.write(this.text.value.split(markdown).map((part) => part.trim()).filter(Boolean).join("\n\n"))
    const proof = { method: "POST", headers: { "X-CSRFToken": csrfToken() } }
    await ask(`${this.url}/${id}/remove`, proof).catch(() => null)
  }

  async send(file) {
    if (file.size > this.most) throw this.words("too-large").textContent
    const body = new FormData()
    body.append("file", file)
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() }
    const show = ({ loaded: value, total: max }) => Object.assign(this.progress, { max, value })
    const { status, response } = await send(this.url, body, headers, show)
    if (!response || status >= 300) throw response?.error ?? response?.text
    return response
  }
}
