// The button for what is selected in a post. Where the one in the post's foot is in sight it comes forward; else one
// stands at the edge of the window, and covers nothing of the lines around what is selected.
const EDGE = 16

export class QuoteButton {
  constructor(posts, take) {
    this.button = document.createElement("button")
    const looks = "button button--primary button--small quote-button"
    Object.assign(this.button, { type: "button", className: looks, hidden: true })
    posts.after(this.button)
    // A press takes the selection away before it is one.
    this.button.addEventListener("mousedown", (event) => event.preventDefault())
    this.button.addEventListener("click", take)
  }

  // `chosen`: { post, words, box } of what is selected, or nothing.
  offer(chosen) {
    const foot = chosen?.words ? chosen.post.querySelector("[data-quote]") : null
    const { top, bottom } = foot?.getBoundingClientRect() ?? {}
    const isSeen = top >= 0 && bottom <= document.documentElement.clientHeight
    this.bringForward(isSeen ? foot : null)
    this.button.hidden = !foot || isSeen
    if (!this.button.hidden) this.place(foot.textContent, chosen)
  }

  bringForward(foot) {
    if (foot === this.foot) return
    this.foot?.classList.replace("button--primary", "button--quiet")
    foot?.classList.replace("button--quiet", "button--primary")
    this.foot = foot
  }

  place(words, { post, box }) {
    const { button } = this, { clientHeight } = document.documentElement, { left, right } = post.getBoundingClientRect()
    button.textContent = words
    const low = clientHeight - button.offsetHeight - EDGE
    const isFromRight = getComputedStyle(post).direction === "rtl"
    button.style.top = `${box.bottom < low - EDGE ? low : EDGE}px`
    button.style.left = `${isFromRight ? right - EDGE - button.offsetWidth : left + EDGE}px`
  }
}
