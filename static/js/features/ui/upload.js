// Sends the chosen files one by one with progress, and puts their links into the text of the form. Without this
// module the form carries its file itself. See templates/ui/files.html.
import { csrfToken } from "../../lib/csrf.js"

export default class Upload {
  constructor(element) {
    this.url = element.dataset.uploadUrl
    this.input = element.querySelector('input[type="file"]')
    this.progress = element.querySelector("progress")
    this.failed = element.querySelector("[data-upload-failed]")
    this.broken = element.querySelector("[data-upload-broken]").innerHTML
    this.text = element.closest("form").querySelector("textarea")
    this.input.addEventListener("change", () => this.sendAll())
  }

  async sendAll() {
    this.failed.hidden = true
    this.progress.hidden = false
    try {
      for (const file of [...this.input.files]) this.link(await this.send(file))
      this.input.value = ""
    } catch (reason) {
      this.failed.textContent = typeof reason === "string" ? reason : this.broken
      this.failed.hidden = false
    }
    this.progress.hidden = true
  }

  link({ markdown }) {
    this.text.value += (this.text.value.trim() ? "\n\n" : "") + markdown
    this.text.dispatchEvent(new Event("input", { bubbles: true }))
  }

  send(file) {
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append("file", file)
    request.upload.addEventListener("progress", ({ loaded, total }) => Object.assign(this.progress, { max: total, value: loaded }))
    request.open("POST", this.url)
    request.responseType = "json"
    request.setRequestHeader("Accept", "application/json")
    request.setRequestHeader("X-CSRFToken", csrfToken())
    return new Promise((done, failed) => {
      request.addEventListener("load", () => (request.status < 300 ? done(request.response) : failed(request.response?.error)))
      request.addEventListener("error", failed)
      request.send(body)
    })
  }
}
