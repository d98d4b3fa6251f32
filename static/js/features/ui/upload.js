// Sends the chosen files one by one with progress, and puts what the server answers (HTML) into [data-upload-list].
// <form data-behaviour="upload" data-upload-url="/files"> or any element around input[type=file], <progress hidden>,
// [data-upload-list] and a hidden [data-upload-failed]. Without this module the form simply carries its files.
import { csrfToken } from "../../lib/csrf.js"

export default class Upload {
  constructor(element) {
    this.url = element.dataset.uploadUrl
    this.input = element.querySelector('input[type="file"]')
    this.progress = element.querySelector("progress")
    this.list = element.querySelector("[data-upload-list]")
    this.failed = element.querySelector("[data-upload-failed]")
    this.input.addEventListener("change", () => this.sendAll())
  }

  async sendAll() {
    const files = [...this.input.files]
    this.failed.hidden = true
    this.progress.hidden = false
    try {
      for (const file of files) this.list.insertAdjacentHTML("beforeend", await this.send(file))
      this.input.value = ""
    } catch {
      this.failed.hidden = false
    }
    this.progress.hidden = true
  }

  send(file) {
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append(this.input.name, file)
    request.upload.addEventListener("progress", ({ loaded, total }) => Object.assign(this.progress, { max: total, value: loaded }))
    request.open("POST", this.url)
    request.setRequestHeader("X-CSRFToken", csrfToken())
    request.setRequestHeader("HX-Request", "true")
    return new Promise((done, failed) => {
      request.addEventListener("load", () => (request.status < 300 ? done(request.responseText) : failed(request.status)))
      request.addEventListener("error", failed)
      request.send(body)
    })
  }
}
