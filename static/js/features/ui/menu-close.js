// A <details> menu that closes on Escape, on a press elsewhere and when the focus leaves it.
export default class MenuClose {
  constructor(menu) {
    this.menu = menu
    document.addEventListener("pointerdown", (event) => this.closeUnlessWithin(event.target))
    menu.addEventListener("focusout", (event) => event.relatedTarget && this.closeUnlessWithin(event.relatedTarget))
    menu.addEventListener("keydown", (event) => event.key === "Escape" && this.close())
  }

  closeUnlessWithin(target) {
    if (!this.menu.contains(target)) this.menu.open = false
  }

  close() {
    if (!this.menu.open) return
    this.menu.open = false
    this.menu.querySelector("summary").focus()
  }
}
