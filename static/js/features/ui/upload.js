// Sends the chosen files one by one with progress, and puts their links into the text of the form; each may be taken
// out again. Without this module the form carries its file itself. See templates/ui/files.html.
import { csrfToken } from "../../lib/csrf.js"

export default class Upload {
  constructor(element) {
    this.url = element.dataset.uploadUrl
    this.most = Number(element.dataset.mostBytes)
    this.input = element.querySelector('input[type="file"]')
    this.progress = element.querySelector("progress")
    this.failed = element.querySelector("[data-upload-failed]")
    this.list = element.querySelector("[data-upload-sent]")
    this.words = (name) => element.querySelector(`template[data-upload="${name}"]`).content
    this.text = element.closest("form").querySelector("textarea")
    this.input.addEventListener("change", () => this.sendAll())
    if (this.input.files.length) this.sendAll() // chosen while this module was on its way
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
    this.list.append(item)
  }

  write(words) {
    this.text.value = words
    this.text.dispatchEvent(new Event("input", { bubbles: true }))
  }

  async remove({ id, markdown }, item) {
    item.remove()
    this.input.focus()
    this.write(this.text.value.split(markdown).map((part) => part.trim()).filter(Boolean).join("\n\n"))
    const headers = { "X-CSRFToken": csrfToken() }
    await fetch(`${this.url}/${id}/remove`, { method: "POST", headers }).catch(() => null)
  }

  send(file) {
    if (file.size > this.most) throw this.words("too-large").textContent
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append("file", file)
    const show = ({ loaded, total }) => Object.assign(this.progress, { max: total, value: loaded })
    request.upload.addEventListener("progress", show)
    request.open("POST", this.url)
    request.responseType = "json"
    request.setRequestHeader("Accept", "application/json")
    request.setRequestHeader("X-CSRFToken", csrfToken())
    return new Promise((done, failed) => {
      request.addEventListener("load", () => {
        const { status, response } = request
        return status < 300 ? done(response) : failed(response?.error ?? response?.text)
      })
      request.addEventListener("error", failed)
      request.send(body)
    })
  }
}
