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
// newer page knows it. Number and moment (of the server's clock) belong together: what was counted last holds.
export class Bell {
  constructor(link) {
    Object.assign(this, { link, key: `bell:${document.body.dataset.member}` })
    addEventListener("unread", ({ detail }) => this.hear(detail))
    for (const news of ["storage", "pageshow"]) addEventListener(news, () => this.hear(this.kept))
    this.hear(this.kept)
  }

  get own() { return { unread: Number(this.link.dataset.unread), at: Number(this.link.dataset.unreadAt) } }
  get kept() { return JSON.parse(localStorage.getItem(this.key)) ?? {} }

  // Of two tabs that keep theirs in one moment, the one that knows more keeps it once more.
  hear({ unread, at }) {
    if (at >= this.own.at) this.show(unread, at)
    if (!(this.kept.at >= this.own.at)) localStorage.setItem(this.key, JSON.stringify(this.own))
  }

  show(unread, at) {
    const [counter, words] = [this.link.querySelector(".counter"), unread > MOST ? `${MOST}+` : `${unread}`]
    if (unread > this.own.unread) this.say(words)
    Object.assign(this.link.dataset, { unread, unreadAt: at })
    Object.assign(counter, { textContent: words, hidden: !unread })
    document.title = (unread ? `(${words}) ` : "") + document.title.replace(/^\(\d+\+?\) /, "")
  }

  say(words) {
    const [aloud, template] = document.querySelectorAll("[data-part=bell-aloud], [data-template=bell-aloud]")
    aloud.replaceChildren(template.content.cloneNode(true))
    aloud.querySelector("b").textContent = words
  }
}
