// An open topic hears that something came, and asks for it by its position, each page at a moment of its own: what
// comes until then is one question. New posts stand at the end of the last page; on other pages a bar tells how many
// came, so that nothing moves what is read. A page that nobody looks at asks when somebody does; after a lost line it
// asks for all that it shows, if anything changed. What is refused or lost is asked for again.
import { Pursuit } from "../../lib/asking.js"
import Following from "./following.js"
import News from "./news.js"
import { fetchPosts, place, spanning } from "./posts.js"
import ReadPosition from "./read-position.js"

export default class Topic {
  constructor(element) {
    const { topicId, newest, version, isLast, postsUrl } = element.dataset
    this.list = element.querySelector('[data-topic="posts"]')
    Object.assign(this, { newest: Number(newest), fresh: 0, version: Number(version), url: postsUrl })
    this.known = this.newest
    this.end = isLast === "yes" ? Infinity : Number(this.list.lastElementChild.dataset.position)
    this.news = new News(element, this.list)
    this.pursuit = new Pursuit(() => this.catchUp(), element.querySelector("[data-part=behind]"))
    this.reading = new ReadPosition(element)
    this.line = new Following(Number(topicId), (...news) => this.hear(...news), () => this.pursuit.begin())
    this.pursuit.begin()
    document.addEventListener("visibilitychange", () => this.askWithin(0))
  }

  get isWanting() { return Boolean(this.wanted) && !document.hidden }

  async catchUp() {
    do {
      if (!this.line.isEntered) await this.enter()
      if (this.isWanting) await this.fetchWanted()
    } while (!this.line.isEntered || this.isWanting)
  }

  async enter() {
    const { newest, version, spread, fresh } = await this.line.enter(this.known, this.pursuit.failures > 0)
    if (newest >= this.newest) this.fresh = fresh
    if (version === this.version) return
    this.want(this.list.start, newest)
    await new Promise((done) => setTimeout(done, Math.random() * spread))
  }

  // What stands between the newest known and this one was missed: how much of it still stands, the server knows.
  hear(event, { position, spread }) {
    if (position > this.newest + 1) this.line.doubt()
    else if (position > this.newest) this.fresh += 1
    if (event === "post:removed" && position > this.known) this.fresh -= 1
    this.want(Math.min(position, this.newest + 1), position)
    this.askWithin(spread)
  }

  want(from, until) {
    this.newest = Math.max(this.newest, until)
    if (this.end < this.newest) this.news.tell(this.fresh)
    this.remember(Math.max(from, this.list.start), Math.min(until, this.end))
  }

  remember(from, until) {
    if (from <= until) this.wanted = spanning(this.wanted, from, until)
  }

  askWithin(spread) {
    const isNeeded = this.isWanting || !this.line.isEntered
    if (isNeeded) this.timer ??= setTimeout(() => { this.timer = null; this.pursuit.begin() }, Math.random() * spread)
  }

  async fetchWanted() {
    const { from, until } = this.wanted
    this.wanted = null
    const keep = (lost) => { this.remember(from, until); throw lost }
    const posts = await fetchPosts(this.url, from - 1, until).catch(keep)
    const last = Number(posts.lastElementChild?.dataset.position ?? until)
    for (const post of [...posts.children]) if (place(this.list, post)) this.news.add(post)
    if (this.end === Infinity) this.news.count()
    if (last < until) this.remember(last + 1, until)
    else if (from === this.list.start) this.version = Number(posts.dataset.version)
  }
}
