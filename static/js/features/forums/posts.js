// Posts of an open topic as the server renders them for this reader: asked for by position, put where they stand.
import { ask, yes } from "../../lib/asking.js"

export async function fetchPosts(url, after, until) {
  const answer = yes(await ask(`${url}?after=${after}&until=${until}`, { redirect: "error" }))
  const page = document.createElement("template")
  page.innerHTML = await answer.text()
  return page.content.firstElementChild
}

export function spanning(range, from, until) {
  return { from: Math.min(range?.from ?? from, from), until: Math.max(range?.until ?? until, until) }
}

// In place of what stands there, if it differs, or at the end of the list: whether it is new there.
export function place(list, post) {
  const old = document.getElementById(post.id)
  if (old) renew(old, post)
  else holding(list, () => append(list, post))
  return !old
}

// Whoever writes below the posts finds the line where it was; browsers hold by themselves what stands above.
export function holding(list, change) {
  const { activeElement: focus } = document
  const { top, bottom } = focus.getBoundingClientRect()
  change()
  const isWriting = focus.matches("textarea, input") && top < innerHeight && bottom > 0
  const isBelow = list.compareDocumentPosition(focus) & Node.DOCUMENT_POSITION_FOLLOWING
  if (isWriting && isBelow) scrollBy({ top: focus.getBoundingClientRect().top - top, behavior: "instant" })
}

function renew(old, post) {
  bringOver(old, post)
  if (old.isEqualNode(post)) return
  const focused = old.contains(document.activeElement) ? document.activeElement : null
  old.replaceWith(post)
  if (focused) counterpart(post, focused)?.focus({ preventScroll: true })
}

function append(list, post) {
  post.classList.add("post--new")
  list.append(post)
}

// What the reader did with the post, or has seen of it: an original that was opened, the marks of a new one.
function bringOver(old, post) {
  if (old.matches(".post--new")) post.classList.add("post--new")
  if (old.matches("[data-is-unseen]")) post.dataset.isUnseen = ""
  if (old.querySelector("details[open]")) post.querySelector("details")?.setAttribute("open", "")
}

function counterpart(post, { tagName, textContent }) {
  return [...post.querySelectorAll(tagName)].find((one) => one.textContent === textContent)
}
