// An open topic hears that something came, and asks for it by its position, each page at a moment of its own: what
// comes until then is one question. New posts stand at the end of the last page; on other pages a bar tells how many
// came, so that nothing moves what is read. A page that nobody looks at asks when somebody does; after a lost line it
// asks for all that it shows, if anything changed.
import { socket } from "../../lib/socket.js"
import { fetchPosts, place } from "./posts.js"

export default class Topic {
  constructor(element) {
    const { topicId, newest, version, isLast, postsUrl } = element.dataset
    this.list = element.querySelector('[data-topic="posts"]')
    this.news = element.querySelector('[data-topic="news"]')
    Object.assign(this, { id: Number(topicId), newest: Number(newest), version: Number(version), url: postsUrl })
    this.known = this.newest
    this.end = isLast === "yes" ? Infinity : Number(this.list.lastElementChild.dataset.position)
    socket().then((line) => this.listen(line))
    document.addEventListener("visibilitychange", () => this.askWithin(0))
  }

  listen(line) {
    this.line = line
    const hear = (news) => news.topic_id === this.id && this.hear(news)
    for (const event of ["post:posted", "post:changed", "post:removed"]) line.on(event, hear)
    line.on("connect", () => this.enter())
    if (line.connected) this.enter()
  }

  enter() {
    this.line.emit("topic:enter", { topic_id: this.id, after: this.newest }, ({ ok, newest, version, spread }) => {
      if (ok && version !== this.version) this.want(this.list.start, newest, spread)
    })
  }

  // What stands between the newest known and this one was missed.
  hear({ position, spread }) {
    this.want(Math.min(position, this.newest + 1), position, spread)
  }

  want(from, until, spread) {
    this.newest = Math.max(this.newest, until)
    if (this.newest > this.known && this.end < this.newest) this.announce(this.newest - this.known)
    this.remember(Math.max(from, this.list.start), Math.min(until, this.end))
    this.askWithin(spread)
  }

  announce(count) {
    this.news.querySelector("[data-count]").textContent = count
    this.news.hidden = false
  }

  remember(from, until) {
    if (from > until) return
    const { from: first = from, until: last = until } = this.wanted ?? {}
    this.wanted = { from: Math.min(first, from), until: Math.max(last, until) }
  }

  askWithin(spread) {
    if (this.wanted && !document.hidden) this.timer ??= setTimeout(() => this.ask(), Math.random() * spread)
  }

  // One question at a time. What is not answered stays wanted: until more comes, or the line comes back.
  async ask() {
    const { from, until } = this.wanted
    this.wanted = null
    const posts = await fetchPosts(this.url, from - 1, until).catch(() => null)
    this.timer = null
    if (!posts) return this.remember(from, until)
    this.show(posts, from, until)
    this.askWithin(0)
  }

  show(posts, from, until) {
    const last = Number(posts.lastElementChild?.dataset.position ?? until)
    for (const post of [...posts.children]) place(this.list, post)
    if (last < until) this.remember(last + 1, until)
    else if (from === this.list.start) this.version = Number(posts.dataset.version)
  }
}
