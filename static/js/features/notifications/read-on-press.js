// A press on a line marks what it leads to as read on its way, and nothing that stands on other pages of the same
// conversation: the page that it leads to waits for nothing, and nobody waits for the answer. Also where it opens in
// another tab, with the middle button too.
import { ask } from "../../lib/asking.js"

export default class ReadOnPress {
  constructor(list) {
    for (const type of ["click", "auxclick"]) list.addEventListener(type, (press) => this.mark(press))
  }

  mark({ target, button }) {
    const row = target.closest(".row__title a")?.closest(".row")
    const form = row?.querySelector("form")
    if (!form || button > 1) return
    const headers = { Accept: "application/json" }
    const { onward } = form.querySelector("[data-onward]").dataset
    ask(onward, { method: "POST", body: new FormData(form), headers, keepalive: true }).catch(console.warn)
  }
}
