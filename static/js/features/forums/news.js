// Tells of replies that came and are not on the screen: on a page further on, or further up or down on this one. The
// bar leads there; nothing scrolls by itself, and the focus stays where it is. Who listens hears who replied.
import { holding } from "./posts.js"

const MOST_ALOUD = 3

export default class News {
  constructor(topic, list) {
    const part = (name) => topic.querySelector(`[data-topic="${name}"]`)
    Object.assign(this, { list, bar: part("news"), aloud: part("aloud"), words: part("reply-by").content })
    this.link = this.bar.querySelector("a")
    this.screen = new IntersectionObserver((posts) => this.look(posts))
  }

  tell(count) {
    this.bar.querySelector("[data-count]").textContent = count
    holding(this.list, () => { this.bar.hidden = count < 1 })
  }

  add(post) {
    if (post.matches(".post--removed")) return
    post.dataset.isUnseen = ""
    this.screen.observe(post)
    this.say(post.querySelector(".person__name").textContent.trim())
  }

  look(posts) {
    for (const { target, isIntersecting } of posts.filter(({ isIntersecting }) => isIntersecting)) {
      delete target.dataset.isUnseen
      this.screen.unobserve(target)
    }
    this.count()
  }

  // After a change other elements stand there: they are looked for anew.
  count() {
    const unseen = this.list.querySelectorAll("[data-is-unseen]:not(.post--removed)")
    for (const post of unseen) this.screen.observe(post)
    if (unseen.length) this.link.href = `#${unseen[0].id}`
    this.tell(unseen.length)
  }

  // Of many at once only the last: an hour's worth of names helps nobody.
  say(name) {
    const sentence = this.words.firstElementChild.cloneNode(true)
    sentence.querySelector("bdi").textContent = name
    this.aloud.append(sentence)
    while (this.aloud.children.length > MOST_ALOUD) this.aloud.firstElementChild.remove()
  }
}
