// What the frame of every page does: menus that close, light and dark. One file, because every page fetches it.
const YEAR = 60 * 60 * 24 * 365

// A <details> menu that closes on Escape, on a press elsewhere and when the focus leaves it.
export class MenuClose {
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

// Light, dark or as the device says. Kept in a cookie, so that the server renders the next page right from its first
// byte.
export class Theme {
  constructor(group) {
    this.buttons = group.querySelectorAll("[data-theme-choice]")
    for (const button of this.buttons) button.addEventListener("click", () => this.choose(button.dataset.themeChoice))
    this.mark(document.documentElement.dataset.theme ?? "")
    group.hidden = false
  }

  choose(theme) {
    const secure = location.protocol === "https:" ? "; secure" : ""
    document.cookie = `theme=${theme}; path=/; max-age=${theme ? YEAR : 0}; samesite=lax${secure}`
    if (theme) document.documentElement.dataset.theme = theme
    else delete document.documentElement.dataset.theme
    this.mark(theme)
  }

  mark(theme) {
    for (const button of this.buttons) button.setAttribute("aria-pressed", button.dataset.themeChoice === theme)
  }
}
