// What the frame of every page does: menus that close, light and dark, the bell. One file, as every page fetches it.
const YEAR = 60 * 60 * 24 * 365
const MOST = 99

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

// How much is unread, in the header and the title: as this page came with it, as a line of any tab hears it, and as a
// newer page knows it. One that was gone back to knows less than the others.
export class Bell {
  constructor(link) {
    Object.assign(this, { link, key: `unread:${document.body.dataset.member}` })
    addEventListener("unread", ({ detail }) => { this.keep(detail); this.show(detail) })
    addEventListener("storage", ({ key, newValue }) => key === this.key && newValue && this.show(Number(newValue)))
    addEventListener("pageshow", ({ persisted }) => persisted && this.catchUp())
    const [{ type }] = performance.getEntriesByType("navigation")
    if (type === "back_forward") this.catchUp()
    else this.keep(link.dataset.unread)
  }

  keep(unread) { localStorage.setItem(this.key, unread) }

  catchUp() { this.show(Number(localStorage.getItem(this.key) ?? this.link.dataset.unread)) }

  show(unread) {
    const before = Number(this.link.dataset.unread)
    const [counter, words] = [this.link.querySelector(".counter"), unread > MOST ? `${MOST}+` : `${unread}`]
    this.link.dataset.unread = unread
    counter.textContent = words
    counter.hidden = !unread
    document.title = (unread ? `(${words}) ` : "") + document.title.replace(/^\(\d+\+?\) /, "")
    if (unread > before) this.say(words)
  }

  say(words) {
    const [aloud, template] = document.querySelectorAll("[data-part=bell-aloud], [data-template=bell-aloud]")
    aloud.replaceChildren(template.content.cloneNode(true))
    aloud.querySelector("b").textContent = words
  }
}
