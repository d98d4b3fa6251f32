// Sends each of the chosen files for itself, with progress, and puts its link into the text of the form. What is not
// taken is named, with its reason, and the others go in all the same. Without this module the form carries its files
// itself; with it, those that are still on their way. See templates/ui/files.html.
import { sendFile } from "./sending.js"
import { showSent } from "./sent-file.js"

export default class Upload {
  constructor(element) {
    Object.assign(this, { url: element.dataset.uploadUrl, most: Number(element.dataset.mostBytes), waiting: [] })
    this.input = element.querySelector('input[type="file"]')
    this.progress = element.querySelector("progress")
    this.sent = element.querySelector("[data-upload-sent]")
    this.failed = element.querySelector("[data-upload-failed]")
    this.words = (name) => element.querySelector(`template[data-upload="${name}"]`).content
    this.text = element.closest("form").querySelector("textarea")
    this.input.addEventListener("change", () => this.takeUp())
    if (this.input.files.length) this.takeUp()  // chosen while this module was on its way
  }

  // What is chosen while others are on their way waits for its turn.
  takeUp() {
    this.waiting.push(...this.input.files)
    this.leave()
    this.sending ??= this.sendAll().finally(() => { this.sending = null })
  }

  async sendAll() {
    this.forgive()
    this.progress.hidden = false
    for (; this.waiting.length; this.leave()) {
      const [file] = this.waiting
      await this.send(file).then((sent) => this.take(sent, file), (reason) => this.refuse(file, reason))
      this.waiting.shift()
    }
    this.progress.hidden = true
  }

  // A form that is sent meanwhile carries what has not come yet, and that alone.
  leave() {
    const rest = new DataTransfer()
    for (const file of this.waiting) rest.items.add(file)
    this.input.files = rest.files
  }

  // A reason is the server's own sentence, or nothing where the line broke.
  refuse({ name }, reason) {
    const item = this.words("refused").firstElementChild.cloneNode(true)
    item.querySelector("bdi").textContent = name
    const words = typeof reason === "string" ? reason : this.words("broken").textContent
    item.querySelector("[data-reason]").textContent = words
    this.failed.append(item)
  }

  forgive() { this.failed.replaceChildren() }

  take(file, source) {
    this.write(this.text.value + (this.text.value.trim() ? "\n\n" : "") + file.markdown)
    this.sent.append(showSent(file, source, this))
  }

  replace(before, after) { this.write(this.text.value.replace(before, () => after)) }

  write(words) {
    this.text.value = words
    this.text.dispatchEvent(new Event("input", { bubbles: true }))
  }

  async send(file, encoding = "") {
    if (file.size > this.most) throw this.words("too-large").textContent
    const show = ({ loaded: value, total: max }) => Object.assign(this.progress, { max, value })
    return sendFile(this.url, { file, encoding }, show)
  }
}
