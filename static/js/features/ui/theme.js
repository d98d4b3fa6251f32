// Light, dark or as the device says. Kept in a cookie, so that the server draws the next page right from its first byte.
const YEAR = 60 * 60 * 24 * 365

export default class Theme {
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
