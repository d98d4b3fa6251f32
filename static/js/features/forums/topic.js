// An open topic hears of new posts, changes and removals. New posts stand at the end of the last page; on other pages a
// bar tells how many came, so that nothing moves what is read. What a lost line missed comes with the answer to
// topic:enter.
import { socket } from "../../lib/socket.js"
import { change, draw } from "./post.js"

export default class Topic {
  constructor(element) {
    this.element = element
    this.list = element.querySelector('[data-topic="posts"]')
    this.template = element.querySelector('template[data-topic="post"]')
    if (!this.template) return
    this.newest = Number(element.dataset.newest)
    this.waiting = 0
    const shown = { dateStyle: "medium", timeStyle: "short", timeZone: element.dataset.zone || undefined }
    this.clock = new Intl.DateTimeFormat(document.documentElement.lang, shown)
    socket().then((line) => this.listen(line))
  }

  get id() { return Number(this.element.dataset.topicId) }
  listen(line) {
    this.line = line
    const mine = (deed) => (post) => post.topic_id === this.id && deed(post)
    line.on("post:posted", mine((post) => this.arrive(post)))
    line.on("post:changed", mine((post) => this.change(post)))
    line.on("post:removed", mine((post) => this.remove(post)))
    line.on("connect", () => this.enter())
    if (line.connected) this.enter()
  }

  // One catching up at a time, until nothing is missing; what arrives meanwhile is asked for, not guessed.
  async enter() {
    if (this.isEntering) return
    this.isEntering = true
    for (let more = true; more; ) {
      const answer = await this.line.emitWithAck("topic:enter", { topic_id: this.id, after: this.newest })
      if (!answer.ok) break
      for (const post of answer.posts) this.show(post)
      more = answer.more
      this.newest = more ? this.newest + answer.step : Math.max(this.newest, answer.newest)
    }
    this.isEntering = false
  }

  arrive(post) {
    if (post.position <= this.newest) return
    if (post.position > this.newest + 1) return this.enter()
    this.newest = post.position
    this.show(post)
  }

  show(post) {
    if (this.find(post)) return
    this.waiting += 1
    if (this.element.dataset.isLast === "yes") return this.list.append(draw(this.template, post, this.clock))
    const news = this.element.querySelector('[data-topic="news"]')
    news.querySelector("[data-count]").textContent = this.waiting
    news.hidden = false
  }

  find(post) { return document.getElementById(`post-${post.id}`) }

  change(post) {
    const item = this.find(post)
    if (item) change(item, post, this.template, this.element.querySelector('template[data-topic="edited"]'))
  }

  remove(post) {
    const item = this.find(post)
    item?.classList.add("post--removed")
    item?.replaceChildren(this.element.querySelector('template[data-topic="removed"]').content.cloneNode(true))
  }
}
