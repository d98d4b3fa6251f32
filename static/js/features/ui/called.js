// Under a text stands whom it names, by name: what is typed are handles. The words are the server's. In the chat, where
// a line is sent as soon as it is written, there is no room for it.
import { ask } from "../../lib/asking.js"

const PAUSE = 600, MOST = 20
const HANDLES = /(?<![\w/.&+-])[@＠﹫][A-Za-z0-9][\w-]*/g

export class Called {
  constructor(area) {
    const box = area.closest(".writing")
    if (!box) return
    Object.assign(this, { area, line: document.createElement("p"), asked: "" })
    Object.assign(this.line, { className: "field__help", role: "status" })
    box.after(this.line)
    area.addEventListener("input", () => this.wait())
    this.wait()
  }

  wait() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.look(), PAUSE)
  }

  async look() {
    const handles = [...new Set(this.area.value.match(HANDLES))].slice(0, MOST), asked = handles.join(" ")
    if (asked === this.asked) return
    this.asked = asked
    const html = handles.length ? await this.names(handles) : ""
    if (asked !== this.asked) return
    this.line.innerHTML = html ?? ""
    if (html === null) this.asked = ""
  }

  // Nothing where no answer comes: with the next letter it is asked again.
  async names(handles) {
    const url = new URL(`${this.area.dataset.mentionsUrl}/called`, location)
    for (const handle of handles) url.searchParams.append("name", handle)
    const answer = await ask(url).catch(() => null)
    return answer?.ok && !answer.redirected ? answer.text() : null
  }
}
