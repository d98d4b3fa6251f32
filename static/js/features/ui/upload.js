// Sends the chosen files one by one, and puts their links into the text (ui/files.html). Without it the form does it.
import { sendFile, takeBack } from "./sending.js"
import { askForEncoding, askForWords } from "./sent-file.js"

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
      for (const file of [...this.input.files]) this.take(await this.send(file), file)
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

  take(file, source) {
    this.write(this.text.value + (this.text.value.trim() ? "\n\n" : "") + file.markdown)
    const item = this.words("sent").firstElementChild.cloneNode(true)
    item.querySelector("bdi").textContent = file.name
    item.querySelector("button").addEventListener("click", () => this.remove(file, item))
    const ask = (how, name, answer) => how(file, item.querySelector(`[data-${name}]`), answer)
    if (file.markdown.startsWith("!")) ask(askForWords, "words", (...words) => this.replace(...words))
    if (file.encoding) ask(askForEncoding, "read-as", (encoding) => this.sendAgain(file, source, encoding))
    this.list.append(item)
  }

  replace(before, after) {
    this.write(this.text.value.replace(before, () => after))
  }

  write(words) {
    this.text.value = words
    this.text.dispatchEvent(new Event("input", { bubbles: true }))
  }

  async remove({ id, markdown }, item) {
    item.remove()
    this.input.focus()
    this.write(this.text.value.split(markdown).map((part) => part.trim()).filter(Boolean).join("\n\n"))
    await takeBack(this.url, id)
  }

  async sendAgain(file, source, encoding) {
    this.failed.hidden = true
    const { id, markdown } = file
    try {
      Object.assign(file, await this.send(source, encoding))
      this.replace(markdown, file.markdown)
      await takeBack(this.url, id)
    } catch (reason) {
      this.tell(reason)
    }
  }

  async send(file, encoding = "") {
    if (file.size > this.most) throw this.words("too-large").textContent
    const show = ({ loaded: value, total: max }) => Object.assign(this.progress, { max, value })
    return sendFile(this.url, { file, encoding }, show)
  }
}
