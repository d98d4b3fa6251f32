// Words of a post in the reply: those that are selected in it, else its beginning, by the button in the post's foot
// or the one that stands for it (quote-button.js). Nobody's name goes along (cityexchange/forums/quoting.py).
import { put } from "../../lib/marks.js"
import { QuoteButton } from "./quote-button.js"

const MOST = 2000, BEGINNING = 300
const BLOCKS = ["p", "li", "pre", "tr", "h2", "h3", "h4", "h5", "h6"].join()

// A mention says the name here, and the handle in what is written.
function wordsIn(part) {
  for (const link of part.querySelectorAll("[data-handle]")) link.textContent = link.dataset.handle
  for (const end of part.querySelectorAll("br")) end.replaceWith("\n")
  for (const block of part.querySelectorAll(BLOCKS)) block.append("\n\n")
  return part.textContent.replace(/[ \t]*\n\s*\n\s*/g, "\n\n").trim()
}

function selected() {
  const selection = getSelection()
  if (!selection.rangeCount || selection.isCollapsed) return null
  const range = selection.getRangeAt(0), { commonAncestorContainer: inner } = range
  const text = (inner.closest ? inner : inner.parentElement)?.closest(".post .written")
  if (!text) return null
  return { post: text.closest(".post"), words: wordsIn(range.cloneContents()), box: range.getBoundingClientRect() }
}

function beginningOf(post) {
  const part = post.querySelector(".post__text").cloneNode(true)
  for (const quote of part.querySelectorAll("blockquote")) quote.remove()
  const words = wordsIn(part)
  return words.length > BEGINNING ? `${words.slice(0, BEGINNING).replace(/\s\S*$/, "")}…` : words
}

export default class Quoting {
  constructor(posts) {
    this.posts = posts
    this.area = document.querySelector("#reply [name=text]")
    const note = () => { this.at = this.area.selectionEnd }
    if ("alive" in this.area.dataset) note()
    for (const event of ["input", "keyup", "pointerup"]) this.area.addEventListener(event, note)
    this.button = new QuoteButton(posts, () => this.take(this.chosen))
    // A press takes the selection away before it is one.
    posts.addEventListener("pointerdown", () => { this.last = selected() })
    posts.addEventListener("click", (event) => this.press(event))
    document.addEventListener("selectionchange", () => this.offer())
    addEventListener("scroll", () => this.offer(), { passive: true })
  }

  press(event) {
    const link = event.target.closest("[data-quote]"), post = link?.closest(".post")
    if (!link || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const here = [selected(), this.last].find((one) => one?.post === post && one.words)
    this.take(here ?? { post, words: beginningOf(post) })
  }

  offer() {
    this.chosen = selected()
    this.button.offer(this.chosen)
  }

  take({ post, words }) {
    const { area } = this, at = Math.min(this.at ?? Infinity, area.value.length)
    const before = area.value.slice(0, at).trimEnd()
    const from = this.posts.dataset.quoteFrom.replace("{number}", post.dataset.position)
    const lines = [...words.slice(0, MOST).split("\n"), "", from.replace("{id}", post.id.replace("post-", ""))]
    const quote = lines.map((line) => `> ${line}`.trimEnd()).join("\n")
    put(area, before.length, at, `${before && "\n\n"}${quote}\n\n`)
  }
}
